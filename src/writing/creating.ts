import { attempt, attemptTwice } from './attempts.ts';
import type { Creation, Problem, WriteOutcome } from './change.ts';
import { brokenOff, type Conduct } from './conduct.ts';
import { describeFailure } from './failures.ts';
import { type Aftermath, judge, outcomeOf, problemsOf, unknownOutcome } from './judging.ts';
import { foreseen, unsent } from './outcomes.ts';

/** Look whether it is there, send, and find it: by the id that the source gave, else by looking again. */
export async function carryOutCreation(creation: Creation, conduct: Conduct): Promise<WriteOutcome> {
  const { fields } = creation;
  const finding = await attempt(() => creation.find());
  if (conduct.resumed) return brokenCreation(creation, conduct, finding.ok ? finding.value : null);
  if (!finding.ok) return unsent(fields, [describeFailure(finding.error)]);
  if (finding.value !== null) return unsent(fields, [taken(creation.target)]);
  const problems = await attempt(async () => creation.foresee?.() ?? []);
  if (!problems.ok) return unsent(fields, [describeFailure(problems.error)]);
  if (problems.value.length > 0) return unsent(fields, problems.value);
  if (conduct.dryRun) return foreseen(fields, null);

  await conduct.beforeSending();
  const sending = await attempt(() => creation.send(), conduct.onBug);
  const given = sending.ok ? sending.value : null;
  const found = given === null ? await attemptTwice(() => creation.find(), conduct.onBug) : ({ ok: true, value: given } as const);
  const failure = sending.ok ? {} : { failure: sending };
  return compare(creation, conduct, found.ok ? found.value : undefined, failure);
}

/** An id of null: it is not there. Undefined: that could not be found out. */
async function compare(
  creation: Creation,
  { source, onBug }: Conduct,
  id: string | null | undefined,
  failure: Pick<Aftermath<unknown>, 'failure'>,
): Promise<WriteOutcome> {
  const reading = id == null ? undefined : await attemptTwice(() => creation.read(id), onBug);
  const state = id === null ? null : reading?.ok ? reading.value : undefined;
  const aftermath: Aftermath<unknown> = {
    ...failure,
    ...(state === undefined ? {} : { state }),
    late: (creation.lateBy ?? 0) > 0,
  };
  const fields = creation.fields.map((field) => {
    const verdict = judge(field, aftermath);
    // It is there though the answer was lost: what its source never tells went the same way.
    const taken = verdict === 'UNKNOWN' && state != null && field.current(state) === undefined;
    return outcomeOf(field, null, state, taken ? 'ACCEPTED' : verdict);
  });
  return { fields, problems: problemsOf(fields, aftermath.failure, source), sent: true, id: id ?? null, receipt: {} };
}

async function brokenCreation(creation: Creation, conduct: Conduct, id: string | null): Promise<WriteOutcome> {
  if (id !== null) return compare(creation, conduct, id, {});
  const fields = creation.fields.map((field) => outcomeOf(field, null, null, 'UNKNOWN'));
  const problem = unknownOutcome(
    fields.map(({ name }) => name),
    brokenOff,
  );
  return { fields, problems: [problem], sent: true, id: null, receipt: {} };
}

const taken = (target: string): Problem => ({ kind: 'CONFLICT', fields: [], message: `There is one already: ${target}.` });
