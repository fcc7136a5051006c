import { isDeepStrictEqual } from 'node:util';
import type { FieldValue } from '../domain/writes.ts';
import type { FieldOutcome, FieldVerdict, Problem, WantedField } from './change.ts';
import { describeSendFailure, type Failure, wasRefused, wasRefusedBefore } from './failures.ts';

/** What is known once something was sent. */
export interface Aftermath<State> {
  /** As read back; null when it is not there. Absent: it could not be read. */
  readonly state?: State | null;
  /** Why sending failed; absent when the source took it. */
  readonly failure?: Failure;
  /** The source may go on showing what was. */
  readonly late: boolean;
  /** It may have been sent before, under the same key: what is told is what became of both. */
  readonly resumed?: boolean;
}

export function isAsWanted<State>(field: WantedField<State>, state: State): boolean {
  const current = field.current(state);
  if (current === undefined) return false;
  return field.matches?.(current) ?? isSame(current, field.wanted);
}

/** It is as wanted, and stays so without being sent. */
export const isSettled = <State>(field: WantedField<State>, state: State): boolean =>
  field.mustSend?.(state) !== true && isAsWanted(field, state);

/** What is there, and what somebody means. JSON knows no zero below zero: sent, it is a zero. */
export const isSame = (current: FieldValue | undefined, meant: FieldValue): boolean =>
  isDeepStrictEqual(current, JSON.parse(JSON.stringify(meant)));

export function judge<State>(field: WantedField<State>, { state, failure, late, resumed }: Aftermath<State>): FieldVerdict {
  const current = state == null ? undefined : field.current(state);
  if (state != null && current !== undefined && isAsWanted(field, state)) return 'APPLIED';
  const isNo = resumed === true ? wasRefusedBefore : wasRefused;
  if (failure !== undefined && isNo(failure.error)) return 'NOT_APPLIED';
  if (state === undefined) return 'UNKNOWN';
  if (state === null || current !== undefined) return late || failure?.mayStillHappen === true ? 'UNKNOWN' : 'NOT_APPLIED';
  // The source never tells: its word on the request is all there is, and a request that broke off has none.
  return failure === undefined ? 'ACCEPTED' : 'UNKNOWN';
}

/** Where a write failed, what is there may be what was: it would tell a stranger whether they guessed it. */
export function unseen<State>(aftermath: Aftermath<State>): Aftermath<State> {
  const { failure, late } = aftermath;
  return failure === undefined ? aftermath : { failure, late };
}

/** What was asked for, as it may be shown. */
export const toRequested = ({ name, wanted, secret }: Pick<WantedField<never>, 'name' | 'wanted' | 'secret'>) => ({
  name,
  requested: secret === true ? '[secret]' : wanted,
});

/** A field with what can be shown of it. */
export function outcomeOf<State>(
  field: WantedField<State>,
  before: State | null | undefined,
  after: State | null | undefined,
  verdict: FieldVerdict,
): FieldOutcome {
  const hidden = field.secret === true;
  const show = (state: State | null | undefined) => (hidden || state == null ? undefined : field.current(state));
  const current = hidden || verdict !== 'NOT_APPLIED' ? undefined : show(after);
  const shortfall = current === undefined ? undefined : field.shortfall?.(current);
  return {
    ...toRequested(field),
    before: show(before),
    after: show(after),
    verdict,
    ...(hidden ? { secret: true } : {}),
    ...(shortfall === undefined ? {} : { shortfall }),
    ...(field.facet === undefined ? {} : { facet: field.facet }),
  };
}

/** What to say of the fields' verdicts taken together. */
export function problemsOf(fields: readonly FieldOutcome[], failure: Failure | undefined, source: string): Problem[] {
  const named = (...verdicts: FieldVerdict[]): string[] =>
    fields.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name);
  const [applied, missing, unknown] = [named('APPLIED', 'ACCEPTED'), named('NOT_APPLIED'), named('UNKNOWN')];
  if (missing.length === 0 && unknown.length === 0) return [];
  const problems: Problem[] = [];
  const short = fields.flatMap(({ shortfall }) => (shortfall === undefined ? [] : [shortfall]));
  if (missing.length > 0 && (applied.length > 0 || short.length > 0)) {
    problems.push({ kind: 'PARTLY_APPLIED', applied, missing, message: describeParts(applied, missing, short) });
  } else if (missing.length > 0 && failure === undefined && unknown.length === 0) {
    const message = `The source accepted it, and nothing of it took effect: ${missing.join(', ')}.`;
    problems.push({ kind: 'NOT_APPLIED', missing, message });
  }
  if (unknown.length > 0) problems.push(unknownOutcome(unknown));
  if (failure !== undefined) problems.push(describeSendFailure(failure.error, source));
  return problems;
}

export function unknownOutcome(fields: readonly string[], hint?: string): Problem {
  const message = `Whether it took effect cannot be known: ${fields.join(', ')}.`;
  return { kind: 'UNKNOWN_OUTCOME', fields, message: hint === undefined ? message : `${message} ${hint}` };
}

/** What came of it in part, and where given, how far the rest came. */
export const describeParts = (applied: readonly string[], missing: readonly string[], short: readonly string[]): string =>
  [
    ...(applied.length === 0 ? [] : [`Applied: ${applied.join(', ')}.`]),
    `Not applied${short.length === 0 ? '' : ' in full'}: ${missing.join(', ')}.`,
    ...short,
  ].join(' ');
