import { isDeepStrictEqual } from 'node:util';
import type { FieldOutcome, FieldVerdict, Problem, WantedField } from './change.ts';
import { describeSendFailure, mayStillHappen, wasRefused } from './failures.ts';

/** What is known once something was sent. */
export interface Aftermath<State> {
  /** As read back; null when it is not there. Absent: it could not be read. */
  readonly state?: State | null;
  /** Why sending failed; absent when the source took it. */
  readonly failure?: { readonly error: unknown };
  /** The source may go on showing what was. */
  readonly late: boolean;
}

export function isAsWanted<State>(field: WantedField<State>, state: State): boolean {
  const current = field.current(state);
  if (current === undefined) return false;
  return field.matches?.(current) ?? isDeepStrictEqual(current, field.wanted);
}

export function judge<State>(field: WantedField<State>, { state, failure, late }: Aftermath<State>): FieldVerdict {
  const current = state == null ? undefined : field.current(state);
  if (state != null && current !== undefined && isAsWanted(field, state)) return 'APPLIED';
  if (failure !== undefined && wasRefused(failure.error)) return 'NOT_APPLIED';
  if (state === undefined) return 'UNKNOWN';
  if (state === null || current !== undefined) return late || mayComeYet(failure) ? 'UNKNOWN' : 'NOT_APPLIED';
  // The source never tells: its word on the request is all there is, and a request that broke off has none.
  return failure === undefined ? 'ACCEPTED' : 'UNKNOWN';
}

/** Where a write failed, what is there may be what was: it would tell a stranger whether they guessed it. */
export function unseen<State>(aftermath: Aftermath<State>): Aftermath<State> {
  const { failure, late } = aftermath;
  return failure === undefined ? aftermath : { failure, late };
}

const mayComeYet = (failure: { readonly error: unknown } | undefined): boolean =>
  failure !== undefined && mayStillHappen(failure.error);

/** A field with what can be shown of it. */
export function outcomeOf<State>(
  field: WantedField<State>,
  before: State | null | undefined,
  after: State | null | undefined,
  verdict: FieldVerdict,
): FieldOutcome {
  const hidden = field.secret === true;
  const show = (state: State | null | undefined) => (hidden || state == null ? undefined : field.current(state));
  return {
    name: field.name,
    requested: hidden ? '[secret]' : field.wanted,
    before: show(before),
    after: show(after),
    verdict,
    ...(field.facet === undefined ? {} : { facet: field.facet }),
  };
}

/** What to say of the fields' verdicts taken together. */
export function problemsOf(
  fields: readonly FieldOutcome[],
  failure: { readonly error: unknown } | undefined,
  source: string,
): Problem[] {
  const named = (...verdicts: FieldVerdict[]): string[] =>
    fields.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name);
  const [applied, missing, unknown] = [named('APPLIED', 'ACCEPTED'), named('NOT_APPLIED'), named('UNKNOWN')];
  if (missing.length === 0 && unknown.length === 0) return [];
  const problems: Problem[] = [];
  if (missing.length > 0 && (applied.length > 0 || (failure === undefined && unknown.length === 0))) {
    problems.push({ kind: 'PARTLY_APPLIED', applied, missing, message: describeParts(applied, missing) });
  }
  if (unknown.length > 0) problems.push(unknownOutcome(unknown));
  if (failure !== undefined) problems.push(describeSendFailure(failure.error, source));
  return problems;
}

export function unknownOutcome(fields: readonly string[], hint?: string): Problem {
  const message = `Whether it took effect cannot be known: ${fields.join(', ')}.`;
  return { kind: 'UNKNOWN_OUTCOME', fields, message: hint === undefined ? message : `${message} ${hint}` };
}

/** Nothing applied and no failure: the source said yes and did nothing. */
const describeParts = (applied: readonly string[], missing: readonly string[]): string =>
  applied.length === 0
    ? `The source accepted it and applied nothing of it: ${missing.join(', ')}.`
    : `Applied: ${applied.join(', ')}. Not applied: ${missing.join(', ')}.`;
