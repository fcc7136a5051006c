import { attempt, attemptTwice } from './attempts.ts';
import type { Deletion, Problem, WantedField, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure, failureOf, saysGone } from './failures.ts';
import { judge, outcomeOf, problemsOf, unknownOutcome } from './judging.ts';
import { foreseen, heldBack, unsent } from './outcomes.ts';

/** A deletion's only field: whether the thing is gone. */
export const deleted: WantedField<boolean> = { name: 'deleted', wanted: true, current: (exists) => !exists, facet: 'identity' };

/** Look whether it is there, send, and look whether it is gone. */
export async function carryOutDeletion(deletion: Deletion, conduct: Conduct): Promise<WriteOutcome> {
  const looking = await attempt(() => deletion.exists());
  if (conduct.resumed) return brokenDeletion(looking.ok ? looking.value : null);
  if (!looking.ok) return unsent([deleted], [describeFailure(looking.error)]);
  if (!looking.value && deletion.absenceSuits === true) return foreseen([deleted], false, []);
  if (!looking.value) return unsent([deleted], [{ kind: 'NOT_FOUND', message: `There is no ${deletion.target}.` }], false);
  const problems = await attempt(async () => deletion.foresee?.() ?? []);
  if (!problems.ok) return unsent([deleted], [describeFailure(problems.error)], true);
  if (problems.value.length > 0) return unsent([deleted], problems.value, true);
  if (conduct.dryRun) return foreseen([deleted], true);

  const noting = await attempt(() => conduct.beforeSending());
  if (!noting.ok) return unsent([deleted], [describeFailure(noting.error)], true);
  const sending = await attempt(() => deletion.send(), conduct.onBug);
  const held = heldBack([deleted], sending, conduct, true);
  if (held !== undefined) return held;
  const after = await attemptTwice(() => deletion.exists(), conduct.onBug);
  if (!sending.ok && saysGone(sending.error) && after.ok && !after.value)
    return foundGone(deletion.absenceSuits === true ? [] : [describeFailure(sending.error)]);
  const failure = failureOf(sending, conduct);
  const state = after.ok ? { state: after.value } : {};
  const late = (deletion.lateBy ?? 0) > 0;
  const verdict = judge(deleted, { ...state, ...(failure === undefined ? {} : { failure }), late });
  const fields = [outcomeOf(deleted, true, state.state, verdict)];
  return { fields, problems: problemsOf(fields, failure, conduct.source), sent: true, id: null, receipt: {} };
}

/** A cache still showed it, or somebody else was faster: the source had nothing to delete any more. */
const foundGone = (problems: readonly Problem[]): WriteOutcome => ({
  fields: [outcomeOf(deleted, false, false, 'UNCHANGED')],
  problems,
  sent: true,
  id: null,
  receipt: {},
});

function brokenDeletion(exists: boolean | null): WriteOutcome {
  const fields = [outcomeOf(deleted, null, exists, exists === false ? 'APPLIED' : 'UNKNOWN')];
  const problems = exists === false ? [] : [unknownOutcome([deleted.name], brokenOff)];
  return { fields, problems, sent: true, id: null, receipt: {} };
}
