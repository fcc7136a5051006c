import type { FieldOutcome, Problem, WriteOutcome } from './change.ts';
import { brokenOff } from './conduct.ts';
import { describeParts, unknownOutcome } from './judging.ts';

/**
 * What is known of a write once it was looked at again. What was known before stays, the values from before the write among it; of
 * what was not, only what shows now is taken over.
 */
export function settle(former: WriteOutcome, seen: WriteOutcome): WriteOutcome {
  // Nothing could be seen, or what is in doubt is the whole and no field of it.
  if (!seen.sent || former.problems.some((problem) => problem.kind === 'UNKNOWN_OUTCOME' && problem.fields.length === 0))
    return former;
  // Somebody else's, which has come to be under the same name since.
  if (former.id !== null && seen.id !== null && seen.id !== former.id) return former;
  const fields = former.fields.map((field) => (field.verdict === 'UNKNOWN' ? (shownIn(seen, field) ?? field) : field));
  return {
    fields,
    problems: problemsLeft(former, seen, fields),
    sent: true,
    id: former.id ?? seen.id,
    receipt: { ...seen.receipt, ...former.receipt },
  };
}

/**
 * Of an attempt that an earlier process may have sent, and which could not be looked at: it cannot be called unsent. Anything
 * else stays as it was seen.
 */
export function unlessUnseen(seen: WriteOutcome): WriteOutcome {
  if (!isUnseen(seen)) return seen;
  const names = seen.fields.map(({ name }) => name);
  return {
    ...seen,
    fields: seen.fields.map((field) => ({ ...field, verdict: 'UNKNOWN' })),
    problems: [unknownOutcome(names, brokenOff), ...seen.problems],
    sent: true,
  };
}

/** Nothing was asked, for want of time or of room in the journal. */
export const isUnseen = ({ sent, problems }: WriteOutcome): boolean =>
  !sent && problems.some((problem) => problem.kind === 'SOURCE_FAILED' && problem.code === 'SOURCE_NOT_ASKED');

function shownIn(seen: WriteOutcome, { name, before }: FieldOutcome): FieldOutcome | undefined {
  const field = seen.fields.find((each) => each.name === name);
  return field === undefined || field.verdict === 'UNKNOWN' ? undefined : { ...field, before };
}

function problemsLeft(former: WriteOutcome, seen: WriteOutcome, fields: readonly FieldOutcome[]): Problem[] {
  const named = (...verdicts: FieldOutcome['verdict'][]): string[] =>
    fields.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name);
  const [applied, missing, unknown] = [named('APPLIED', 'ACCEPTED'), named('NOT_APPLIED'), named('UNKNOWN')];
  // What stands in the way now is worth more than what stood there once.
  const [others = []] = [seen, former].map(reasonsOf).filter(({ length }) => length > 0);
  // The new look may doubt what the first one has settled: which fields took effect, or whose it is that came to be.
  const perhaps = seen.problems.find(
    (one) => one.kind === 'UNKNOWN_OUTCOME' && former.id === null && one.fields.every((name) => unknown.includes(name)),
  );
  const open: Problem[] = unknown.length > 0 ? [perhaps ?? unknownOutcome(unknown)] : [];
  if (missing.length === 0) return unknown.length > 0 ? [...open, ...others] : [];
  const partly: Problem[] =
    applied.length > 0 ? [{ kind: 'PARTLY_APPLIED', applied, missing, message: describeParts(applied, missing, []) }] : [];
  return [...partly, ...open, ...others];
}

const reasonsOf = ({ problems }: WriteOutcome): Problem[] =>
  problems.filter(({ kind }) => kind !== 'UNKNOWN_OUTCOME' && kind !== 'PARTLY_APPLIED');
