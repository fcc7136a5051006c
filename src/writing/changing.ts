import { isDeepStrictEqual } from 'node:util';
import { attempt, attemptTwice } from './attempts.ts';
import type { Change, Guard, Problem, WantedField, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure } from './failures.ts';
import { type Aftermath, isAsWanted, judge, outcomeOf, problemsOf, unknownOutcome, unseen } from './judging.ts';
import { foreseen, unsent } from './outcomes.ts';

/** Read, compare, send what differs, read again. */
export async function carryOutChange<State>(change: Change<State>, conduct: Conduct): Promise<WriteOutcome> {
  const { fields } = change;
  const mayCompare = comparing(conduct);
  const reading = await attempt(() => change.read());
  if (!reading.ok)
    return conduct.resumed ? brokenChange(change, null, conduct) : unsent(fields, [describeFailure(reading.error)]);
  const before = reading.value;
  if (before === null) return unsent(fields, [{ kind: 'NOT_FOUND', message: `There is no ${change.target}.` }]);
  if (conduct.resumed) return brokenChange(change, before, conduct);

  const conflicts = [...fields, ...(change.guards ?? [])].filter((field) => isStale(field, before));
  if (conflicts.length > 0) return unsent(fields, [describeConflict(conflicts, before)], before);
  const differing = fields.filter((field) => !mayCompare(field) || !isAsWanted(field, before));
  if (differing.length === 0) return foreseen(fields, before, differing);
  const problems = await attempt(async () => change.foresee?.(before, differing) ?? []);
  if (!problems.ok) return unsent(fields, [describeFailure(problems.error)], before);
  if (problems.value.length > 0) return unsent(fields, problems.value, before);
  if (conduct.dryRun) return foreseen(fields, before, differing);

  await conduct.beforeSending();
  const sending = await attempt(() => change.send(differing, before), conduct.onBug);
  const after = await attemptTwice(() => change.read(), conduct.onBug);
  const failure = sending.ok ? {} : { failure: sending };
  const aftermath: Aftermath<State> = {
    ...failure,
    ...(after.ok ? { state: after.value } : {}),
    late: (change.lateBy ?? 0) > 0,
  };
  const outcomes = fields.map((field) =>
    outcomeOf(
      field,
      before,
      aftermath.state,
      differing.includes(field) || hasMoved(field, aftermath.state)
        ? judge(field, mayCompare(field) ? aftermath : unseen(aftermath))
        : 'UNCHANGED',
    ),
  );
  const vanished = aftermath.state === null;
  return {
    fields: outcomes,
    problems: vanished ? [gone(change.target)] : problemsOf(outcomes, aftermath.failure, conduct.source),
    sent: true,
    id: null,
    receipt: {},
  };
}

/** For whom a field is hidden, it always differs: what became of a guess would tell whether it was right. */
const comparing =
  ({ mayCompare = () => true }: Conduct) =>
  ({ facet, suffices }: Pick<WantedField<never>, 'facet' | 'suffices'>): boolean =>
    suffices === true || mayCompare(facet === undefined ? {} : { facet });

/** Somebody else may have changed meanwhile what was as wanted before. */
const hasMoved = <State>(field: WantedField<State>, now: State | null | undefined): boolean =>
  now != null && field.current(now) !== undefined && !isAsWanted(field, now);

const gone = (target: string): Problem => ({ kind: 'NOT_FOUND', message: `${target} was gone when it was read back.` });

/** What is as wanted now may be called applied; of all else nobody can say whether it was sent. */
function brokenChange<State>(change: Change<State>, now: State | null, conduct: Conduct): WriteOutcome {
  const mayCompare = comparing(conduct);
  const shows = (field: WantedField<State>): boolean => now !== null && mayCompare(field) && isAsWanted(field, now);
  const fields = change.fields.map((field) => outcomeOf(field, null, now, shows(field) ? 'APPLIED' : 'UNKNOWN'));
  const unknown = fields.filter(({ verdict }) => verdict === 'UNKNOWN').map(({ name }) => name);
  return {
    fields,
    problems: unknown.length === 0 ? [] : [unknownOutcome(unknown, brokenOff)],
    sent: true,
    id: null,
    receipt: {},
  };
}

type Expecting<State> = Pick<WantedField<State>, 'name' | 'current' | 'expected' | 'facet'> | Guard<State>;

function isStale<State>(field: Expecting<State>, state: State): boolean {
  return field.expected !== undefined && !isDeepStrictEqual(field.current(state), field.expected);
}

function describeConflict<State>(fields: readonly Expecting<State>[], state: State): Problem {
  const conflicts = fields.map(({ name, expected, current, facet }) => ({
    name,
    expected: expected ?? null,
    actual: current(state) ?? null,
    ...(facet === undefined ? {} : { facet }),
  }));
  const names = [...new Set(conflicts.map(({ name }) => name))].join(', ');
  return { kind: 'CONFLICT', fields: conflicts, message: `Changed meanwhile: ${names}. Read it again and decide anew.` };
}
