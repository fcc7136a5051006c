import { attempt, attemptTwice } from './attempts.ts';
import type { Action, Problem, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure, failureOf } from './failures.ts';
import { type Aftermath, judge, outcomeOf, problemsOf, unknownOutcome } from './judging.ts';
import { foreseen, heldBack, unsent } from './outcomes.ts';
import { Refusal } from './refusals.ts';

/** Sent once and told by its receipt. Only what the source itself recognises as a repetition is ever sent a second time. */
export async function carryOutAction(action: Action, conduct: Conduct): Promise<WriteOutcome> {
  const { fields } = action;
  if (conduct.resumed && !action.repeatable) return brokenAction(action);
  const key = conduct.dryRun ? undefined : conduct.repeatKey;
  const problems = conduct.resumed ? ({ ok: true, value: [] } as const) : await attempt(() => action.foresee(key));
  if (!problems.ok) return unsent(fields, [describeFailure(problems.error)]);
  if (problems.value.length > 0) return unsent(fields, problems.value);
  if (conduct.dryRun) return foreseen(fields, null);

  const noting = await attempt(() => conduct.beforeSending());
  if (!noting.ok) return unsent(fields, [describeFailure(noting.error)]);
  const sending = await attempt(() => action.send(conduct.repeatKey), conduct.onBug);
  const held = heldBack(fields, sending, conduct);
  if (held !== undefined) return held;
  // An object that no field can be read from: what is told is the receipt alone.
  const look = async (): Promise<unknown> => (action.look === undefined ? {} : await action.look());
  const looking = await attemptTwice(look, conduct.onBug);
  if (!looking.ok && looking.error instanceof Refusal) return inVain(fields, looking.error.problem);
  const failure = failureOf(sending, conduct);
  const state = looking.ok && looking.value !== null ? { state: looking.value } : {};
  const aftermath: Aftermath<unknown> = {
    ...state,
    ...(failure === undefined ? {} : { failure }),
    late: false,
    resumed: conduct.resumed,
  };
  const outcomes = fields.map((field) => outcomeOf(field, null, aftermath.state, judge(field, aftermath)));
  return {
    fields: outcomes,
    problems: problemsOf(outcomes, failure, conduct.source),
    sent: true,
    id: null,
    receipt: sending.ok ? sending.value : {},
  };
}

function inVain(fields: Action['fields'], problem: Problem): WriteOutcome {
  const outcomes = fields.map((field) => outcomeOf(field, null, null, 'NOT_APPLIED'));
  return { fields: outcomes, problems: [problem], sent: true, id: null, receipt: {} };
}

function brokenAction(action: Action): WriteOutcome {
  const fields = action.fields.map((field) => outcomeOf(field, null, null, 'UNKNOWN'));
  const problem = unknownOutcome(
    fields.map(({ name }) => name),
    brokenOff,
  );
  return { fields, problems: [problem], sent: true, id: null, receipt: {} };
}
