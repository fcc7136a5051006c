import { type Attempt, attempt, attemptTwice } from './attempts.ts';
import type { Creation, Problem, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure, describeSendFailure, type Failure, failureOf, wasRefused } from './failures.ts';
import { type Aftermath, judge, outcomeOf, problemsOf, unknownOutcome } from './judging.ts';
import { foreseen, heldBack, unsent } from './outcomes.ts';

/** Look whether it is there, send, and compare what came to be: by the id that the source gave, and by no other for certain. */
export async function carryOutCreation(creation: Creation, conduct: Conduct): Promise<WriteOutcome> {
  const { fields } = creation;
  const finding = await attempt(() => creation.find());
  if (conduct.resumed) return tellFound(creation, conduct, finding, undefined);
  if (!finding.ok) return unsent(fields, [describeFailure(finding.error)]);
  if (finding.value !== null) return unsent(fields, [taken(creation.target)]);
  const problems = await attempt(async () => creation.foresee?.() ?? []);
  if (!problems.ok) return unsent(fields, [describeFailure(problems.error)]);
  if (problems.value.length > 0) return unsent(fields, problems.value);
  if (conduct.dryRun) return foreseen(fields, null);

  const noting = await attempt(() => conduct.beforeSending());
  if (!noting.ok) return unsent(fields, [describeFailure(noting.error)]);
  const sending = await attempt(() => creation.send(), conduct.onBug);
  const held = heldBack(fields, sending, conduct);
  if (held !== undefined) return held;
  if (sending.ok && sending.value !== null) return tellMade(creation, conduct, sending.value);
  // Whatever is found after a sure no is somebody else's.
  const failure = failureOf(sending, conduct);
  if (failure !== undefined && wasRefused(failure.error)) return tellMissing(creation, conduct, failure);
  const found = await attemptTwice(() => creation.find(), conduct.onBug);
  if (found.ok && found.value === null) return tellMissing(creation, conduct, failure);
  return tellFound(creation, conduct, found, failure);
}

/** The source has named the new thing: it is ours, and what is never shown of it went in with the rest. */
async function tellMade(creation: Creation, conduct: Conduct, id: string): Promise<WriteOutcome> {
  const { source, onBug } = conduct;
  const completing = await attempt(async () => creation.complete?.(id), onBug);
  const reading = await attemptTwice(() => creation.read(id), onBug);
  const state = reading.ok ? reading.value : undefined;
  // What a further request carries is told by what is there. Where that cannot be read, its failure says nothing of the rest.
  const failure = failureOf(completing, conduct);
  const aftermath = aftermathOf(creation, state, state === undefined ? undefined : failure);
  const fields = creation.fields.map((field) => {
    const isUnseen = state === undefined ? field.secret === true : state !== null && field.current(state) === undefined;
    return outcomeOf(field, null, state, isUnseen ? 'ACCEPTED' : judge(field, aftermath));
  });
  return { ...sentOutcome, fields, problems: problemsOf(fields, failure, source), id: state === null ? null : id };
}

function tellMissing(creation: Creation, { source }: Conduct, failure: Failure | undefined): WriteOutcome {
  const aftermath = aftermathOf(creation, null, failure);
  const fields = creation.fields.map((field) => outcomeOf(field, null, null, judge(field, aftermath)));
  return { ...sentOutcome, fields, problems: problemsOf(fields, failure, source) };
}

/** Something of this name is there, and whether this write made it or somebody else did is more than anybody can tell. */
async function tellFound(
  creation: Creation,
  { resumed, source, onBug }: Conduct,
  found: Attempt<string | null>,
  failure: Failure | undefined,
): Promise<WriteOutcome> {
  const id = found.ok ? found.value : null;
  const reading = id === null ? undefined : await attemptTwice(() => creation.read(id), onBug);
  const state = reading?.ok ? reading.value : undefined;
  // Of one that was broken off a further request may still be under way.
  const aftermath = { ...aftermathOf(creation, state, failure), ...(resumed ? { late: true } : {}) };
  const fields = creation.fields.map((field) => {
    const isUnseen = state == null || field.current(state) === undefined;
    return outcomeOf(field, null, state, isUnseen ? 'UNKNOWN' : judge(field, aftermath));
  });
  const unknown = fields.filter(({ verdict }) => verdict === 'UNKNOWN').map(({ name }) => name);
  const problems: Problem[] = [
    state == null ? unknownOutcome(unknown, resumed ? brokenOff : undefined) : perhapsAnothers(creation.target, unknown),
    ...(failure === undefined ? [] : [describeSendFailure(failure.error, source)]),
  ];
  return { ...sentOutcome, fields, problems, id: state == null ? null : id };
}

function aftermathOf(creation: Creation, state: unknown, failure: Failure | undefined): Aftermath<unknown> {
  return {
    ...(failure === undefined ? {} : { failure }),
    ...(state === undefined ? {} : { state }),
    late: (creation.lateBy ?? 0) > 0,
  };
}

const sentOutcome = { sent: true, id: null, receipt: {} } as const;

const taken = (target: string): Problem => ({ kind: 'CONFLICT', fields: [], message: `There is one already: ${target}.` });

const perhapsAnothers = (target: string, unknown: readonly string[]): Problem => ({
  kind: 'UNKNOWN_OUTCOME',
  fields: unknown,
  message: `There is one now: ${target}. Whether it came of this write, or somebody else made it meanwhile, cannot be known.`,
});
