import { isDeepStrictEqual } from 'node:util';
import { attempt, attemptTwice } from './attempts.ts';
import type { Along, Change, Guard, Problem, WantedField, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure, failureOf } from './failures.ts';
import {
  type Aftermath,
  isAsWanted,
  isSame,
  isSettled,
  judge,
  outcomeOf,
  problemsOf,
  unknownOutcome,
  unseen,
} from './judging.ts';
import { foreseen, heldBack, unsent } from './outcomes.ts';

/** Read, compare, send what differs, read again. */
export async function carryOutChange<State>(change: Change<State>, conduct: Conduct): Promise<WriteOutcome> {
  const { fields } = change;
  const mayCompare = comparing(conduct);
  const reading = await attempt(() => change.read());
  if (conduct.resumed) return brokenChange(change, reading.ok ? reading.value : undefined, conduct);
  if (!reading.ok) return unsent(fields, [describeFailure(reading.error)]);
  const looked = compare(change, reading.value, conduct);
  if ('outcome' in looked) return looked.outcome;
  const foreseeing = await attempt(async () => change.foresee?.(looked.before, looked.differing) ?? []);
  if (!foreseeing.ok) return unsent(fields, [describeFailure(foreseeing.error)], looked.before);
  if (foreseeing.value.length > 0) return unsent(fields, foreseeing.value, looked.before);
  if (conduct.dryRun) return foreseen(fields, looked.before, looked.differing);
  const ready = await lookAgain(change, looked, conduct);
  if ('outcome' in ready) return ready.outcome;

  const { before, differing, along } = ready;
  const noting = await attempt(() => conduct.beforeSending());
  if (!noting.ok) return unsent(fields, [describeFailure(noting.error)], before);
  const sending = await attempt(() => change.send(differing, before), conduct.onBug);
  const held = heldBack(fields, sending, conduct, before);
  if (held !== undefined) return held;
  const after = await attemptTwice(() => change.read(), conduct.onBug);
  const failure = failureOf(sending, conduct);
  const aftermath: Aftermath<State> = {
    ...(failure === undefined ? {} : { failure }),
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
  const problems =
    aftermath.state === null
      ? [gone(change.target)]
      : [...problemsOf(outcomes, aftermath.failure, conduct.source), ...movedAlong(along, before, aftermath.state, mayCompare)];
  return {
    fields: outcomes,
    problems,
    sent: true,
    id: null,
    receipt: {},
  };
}

interface Looked<State> {
  readonly before: State;
  readonly differing: readonly WantedField<State>[];
  readonly along: Along<State> | null;
}

/** What there is to be sent; an outcome where there is nothing, or where it must not be. */
function compare<State>(change: Change<State>, now: State | null, conduct: Conduct): Looked<State> | { outcome: WriteOutcome } {
  const { fields, guards = [], target } = change;
  if (now === null && change.absenceSuits === true) return { outcome: foreseen(fields, null, []) };
  if (now === null) return { outcome: unsent(fields, [missing(target)]) };
  const conflicts = [...fields, ...guards].filter((field) => isStale(field, now));
  if (conflicts.length > 0) return { outcome: unsent(fields, [describeConflict(conflicts, now)], now) };
  const mayCompare = comparing(conduct);
  const differing = fields.filter((field) => !mayCompare(field) || !isSettled(field, now));
  return differing.length === 0 ? { outcome: foreseen(fields, now, differing) } : { before: now, differing, along: null };
}

/** What goes back whole must be as new as can be: what others have changed meanwhile would be undone. */
async function lookAgain<State>(
  change: Change<State>,
  looked: Looked<State>,
  conduct: Conduct,
): Promise<Looked<State> | { outcome: WriteOutcome }> {
  const asking = await attempt(async () => (await change.along?.()) ?? null);
  const reading = asking.ok && asking.value !== null ? await attempt(() => change.read()) : undefined;
  const failed = [asking, reading].find((attempted) => attempted?.ok === false);
  if (failed?.ok === false) return { outcome: unsent(change.fields, [describeFailure(failed.error)], looked.before) };
  if (!asking.ok || reading?.ok !== true) return looked;
  const again = compare(change, reading.value, conduct);
  return 'outcome' in again ? again : { ...again, along: asking.value };
}

/** What was to stay and is otherwise now: somebody has written at the same moment, or the source keeps it no longer. */
function movedAlong<State>(
  along: Along<State> | null,
  before: State,
  now: State | undefined,
  mayCompare: (field: Pick<WantedField<never>, 'facet'>) => boolean,
): Problem[] {
  if (along === null || now === undefined || !mayCompare({ facet: along.facet })) return [];
  const [was, is] = [along.parts(before), along.parts(now)];
  const moved = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !isDeepStrictEqual(was[name], is[name]));
  if (moved.length === 0) return [];
  const message = `Not to be changed, and otherwise than just before: ${moved.join(', ')}. Look at it, and at what others wrote at that moment.`;
  return [{ kind: 'CONFLICT', fields: [], message }];
}

/** For whom a field is hidden, it always differs: what became of a guess would tell whether it was right. */
const comparing =
  ({ mayCompare = () => true }: Conduct) =>
  ({ facet, suffices }: Pick<WantedField<never>, 'facet' | 'suffices'>): boolean =>
    suffices === true || mayCompare(facet === undefined ? {} : { facet });

/** Somebody else may have changed meanwhile what was as wanted before. */
const hasMoved = <State>(field: WantedField<State>, now: State | null | undefined): boolean =>
  now != null && field.current(now) !== undefined && !isAsWanted(field, now);

const missing = (target: string): Problem => ({ kind: 'NOT_FOUND', message: `There is no ${target}.` });

const gone = (target: string): Problem => ({ kind: 'NOT_FOUND', message: `${target} was gone when it was read back.` });

/** What is as wanted now may be called applied; of all else nobody can say whether it was sent. Undefined: it could not be read. */
function brokenChange<State>(change: Change<State>, now: State | null | undefined, conduct: Conduct): WriteOutcome {
  if (now === null && change.absenceSuits === true) return { ...foreseen(change.fields, null, []), sent: true };
  const mayCompare = comparing(conduct);
  const shows = (field: WantedField<State>): boolean => now != null && mayCompare(field) && isSettled(field, now);
  const fields = change.fields.map((field) => outcomeOf(field, null, now, shows(field) ? 'APPLIED' : 'UNKNOWN'));
  const unknown = fields.filter(({ verdict }) => verdict === 'UNKNOWN').map(({ name }) => name);
  return {
    fields,
    problems: [
      ...(unknown.length === 0 ? [] : [unknownOutcome(unknown, brokenOff)]),
      ...(now === null ? [missing(change.target)] : []),
    ],
    sent: true,
    id: null,
    receipt: {},
  };
}

type Expecting<State> = Pick<WantedField<State>, 'name' | 'current' | 'expected' | 'facet'> | Guard<State>;

function isStale<State>(field: Expecting<State>, state: State): boolean {
  return field.expected !== undefined && !isSame(field.current(state), field.expected);
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
