import { isAccountedFor, isOpen, wrongAgain } from './accounting.ts';
import { type AimedMutation, accountsOf, aim } from './aiming.ts';
import { expectationsMissed, fieldNames, untruths } from './judging-told.ts';
import { createLastSaid, movedBy, stored } from './last-said.ts';
import { expecting, furnish } from './preparing.ts';
import { type FaultWatch, isWrite, twinNames } from './random-faults.ts';
import type { Step } from './random-mutations.ts';
import { misreadings, worldText } from './reading-back.ts';
import type { Rollcall } from './rollcall.ts';
import { createSecondWriter, meddlingWith } from './second-writer.ts';
import { mutate, type Told } from './telling.ts';
import { agrees, truthOf } from './twin-truth.ts';

/** How much has been tried so far. */
export type Counts = Record<string, number>;

/** Runs the steps one after the other, and tells what Rollcall said that is not true. */
export async function runSequence(
  rollcall: Rollcall,
  faults: FaultWatch,
  steps: readonly Step[],
  counts: Counts,
): Promise<string[]> {
  const { community } = rollcall;
  const strangers = new Set(
    [...community.mcsManager.world.users.keys()]
      .map((id) => `mcsmanager:${id}`)
      .concat(community.openWebUI.world.users.inserted().map(({ id }) => `webui:${id}`)),
  );
  const accounts = () => accountsOf(community, strangers);
  const said = createLastSaid();
  const other = createSecondWriter(community);
  // Whom somebody else changed: the Horde shows what was for a while, and only to its own writes Rollcall knows.
  const lagging = new Set<string>();
  furnish(community);
  const keyed: { readonly mutation: AimedMutation; readonly key: string; told: readonly Told[] }[] = [];
  const count = (what: string, by = 1): void => {
    counts[what] = (counts[what] ?? 0) + by;
  };
  let keys = 0;

  async function mutateOnce(mutation: AimedMutation, options: Omit<Extract<Step, { kind: 'mutate' }>, 'kind' | 'mutation'>) {
    const { dryRun, fault, second } = options;
    const key = options.keyed ? `key ${keys++}` : undefined;
    const people =
      mutation.name === 'banUser' || mutation.name === 'unbanUser' || mutation.name === 'deleteUser'
        ? [...accounts().horde, ...accounts().mcsManager, ...accounts().openWebUI]
        : [mutation.about];
    const looks = new Map(
      people.map((about) => {
        const truth = truthOf(community, { ...mutation, about });
        return [about, { truth, before: new Map(fieldNames(mutation).map((name) => [name, truth(name)])) }];
      }),
    );
    const [worldBefore, struckBefore] = [worldText(community, accounts()), faults.struck];
    rollcall.calls();
    if (fault !== null) faults.lay(mutation.twin, fault);
    const meddling = fault === null && second !== null ? meddlingWith(community, mutation, second.pick) : undefined;
    if (meddling !== undefined && second !== null) other.lieInWait(mutation.twin, second.turn, meddling.act);
    const told = await mutate(rollcall, mutation, { dryRun, key });
    await faults.settle();

    const meddled = other.settle() && meddling !== undefined ? meddling.field : undefined;
    if (meddling !== undefined && meddled !== undefined) {
      count(`second writer ${second?.turn}`);
      said.forget(meddling.thing, meddled);
    }
    if (told.some(({ sent }) => sent)) lagging.delete(mutation.about);
    const struck = faults.struck > struckBefore;
    if (fault !== null && struck) count(`fault: ${fault.kind} on ${fault.strikes}`);
    count(dryRun ? 'dry runs' : 'mutations');
    if (told.some(({ sent }) => sent)) count(`sent: ${mutation.name}`);
    if (key !== undefined && told.every(({ sent }) => sent)) keyed.push({ mutation, key, told });
    const wrong = told.flatMap((one) => {
      const look = looks.get(one.accountId ?? mutation.about);
      if (look === undefined) return [`told of ${one.accountId}, who was not asked for`];
      for (const { name, requested, verdict } of one.fields) {
        count(verdict);
        if (verdict === 'UNKNOWN') count(agrees(look.truth(name), requested) ? 'UNKNOWN, and done' : 'UNKNOWN, and not done');
      }
      for (const { __typename } of one.errors) count(__typename);
      remember(mutation, one, look.truth);
      const circumstances = { mutation, ...look, dryRun, struck, lied: struck && fault?.kind === 'lies', meddled };
      const missed = expectationsMissed(one, circumstances);
      if (mutation.input['ifUnchanged'] !== undefined) count(`expectation ${one.sent ? 'held' : 'failed, or nothing to do'}`);
      return [
        ...untruths(one, circumstances),
        ...missed.map(
          (sentence) => `${mutation.name} ${JSON.stringify(mutation.input)}: ${sentence}; told ${JSON.stringify(one)}`,
        ),
      ];
    });
    const quiet = told.every(({ sent }) => !sent);
    const same = worldText(community, accounts()) === worldBefore;
    const label = `${mutation.name} ${JSON.stringify(mutation.input)}`;
    if ((dryRun || quiet) && !same) wrong.push(`${label}: nothing was to be sent, and the world has changed`);
    const most = mutation.name === 'createMcsManagerUser' ? 2 : told.length;
    const sent = writesSent(rollcall);
    if (sent > (quiet ? 0 : most)) wrong.push(`${label}: ${sent} writes reached the twins`);
    return wrong.map((sentence) => `${sentence} [${JSON.stringify(fault)}${dryRun ? ', dry run' : ''}]`);
  }

  function remember(mutation: AimedMutation, told: Told, truth: ReturnType<typeof truthOf>): void {
    if (toldOnce.has(mutation.name)) return;
    const fields = told.fields.filter(({ name }) => !['addKudos', 'addMonthlyKudos'].includes(name));
    said.hear(thingOf(mutation, told), { ...told, fields }, truth);
    // With a user go the memberships.
    const about = told.accountId ?? mutation.about;
    if (mutation.name.startsWith('delete') && about.startsWith('webui:')) {
      for (const { groupId } of groupsHere) said.forget(groupId, `accounts.${about.slice('webui:'.length)}`);
    }
  }

  const groupsHere = community.openWebUI.world.groups.all().map(({ id }) => ({ groupId: id }));

  function meddle({ aim: what, pick }: Extract<Step, { kind: 'meddle' }>): void {
    const about = aim({ name: what === 'groups' ? 'updateOpenWebUIGroup' : '', aim: what, pick, input: {} }, accounts());
    const meddling = meddlingWith(community, about, pick);
    if (meddling === undefined) return;
    meddling.act();
    said.forget(meddling.thing, meddling.field);
    if (what === 'horde') lagging.add(about.about);
    count('second writer in between');
  }

  async function repeat(pick: number): Promise<string[]> {
    const first = keyed[pick % keyed.length];
    if (first === undefined) return [];
    rollcall.calls();
    const again = await mutate(rollcall, first.mutation, { key: first.key });
    count('repetitions');
    const label = `${first.mutation.name} again under its key`;
    // What was unknown is looked at again; the Horde recognises a transfer that is sent once more.
    const mayBeSent = first.mutation.name === 'transferHordeKudos' && first.told.some(isOpen) ? 1 : 0;
    const truth = truthOf(community, first.mutation);
    const wrong = again.flatMap((told, index) => {
      const before = first.told[index];
      if (before === undefined || !isOpen(before)) return agrees(told, before) ? [] : ['another answer'];
      return told.fields.flatMap((field, at) =>
        wrongAgain(before.fields[at], field, mayBeSent === 1 ? undefined : truth(field.name)),
      );
    });
    first.told = again;
    return [
      ...(writesSent(rollcall) <= mayBeSent ? [] : [`${label}: it was sent again`]),
      ...wrong.map((what) => `${label}: ${what}; told ${JSON.stringify(again)} after ${JSON.stringify(first.told)}`),
    ];
  }

  async function together({ aim: what, pick, inputs }: Extract<Step, { kind: 'together' }>): Promise<string[]> {
    const name =
      { horde: 'updateHordeUser', mcsManager: 'updateMcsManagerUser', openWebUI: 'updateOpenWebUIUser' }[String(what)] ?? '';
    const pair = inputs.map((input) => aim({ name, aim: what, pick, input }, accounts()));
    const tolds = (await Promise.all(pair.map((mutation) => mutate(rollcall, mutation)))).flat();
    count('pairs at once');
    const label = `${name} ${JSON.stringify(inputs)} at once`;
    const wrong = tolds.flatMap(({ errors }) =>
      errors.filter(({ __typename }) => __typename === 'UnknownOutcome').map(() => `${label}: unknown`),
    );
    const fields = tolds.flatMap((told) => told.fields.filter(({ verdict }) => verdict === 'APPLIED' || verdict === 'UNCHANGED'));
    pair.forEach((mutation, index) => {
      const truth = truthOf(community, mutation);
      for (const field of tolds[index]?.fields ?? []) {
        said.forget(mutation.about, field.name);
        if (field.name === 'education') said.forget(mutation.about, 'concurrency');
        const rivals = fields.filter((other) => stored(other.name) === stored(field.name) && other.requested !== '[secret]');
        // What the Horde moves along with another field is nobody's lost update.
        if (fields.some(({ name: other }) => movedBy[other]?.includes(field.name))) continue;
        if (rivals.includes(field) && !isAccountedFor(field, rivals, truth(field.name))) {
          wrong.push(
            `${label}: of ${field.name} an update was lost unreported; told ${JSON.stringify(tolds)}, is ${JSON.stringify(truth(field.name))}`,
          );
        }
      }
    });
    return wrong;
  }

  const wrong: string[] = [];
  for (const step of steps) {
    if (step.kind === 'mutate')
      wrong.push(...(await mutateOnce(expecting(community, aim(step.mutation, accounts()), step.mutation.pick), step)));
    else if (step.kind === 'repeat') wrong.push(...(await repeat(step.pick)));
    else if (step.kind === 'together') wrong.push(...(await together(step)));
    else if (step.kind === 'meddle') meddle(step);
    else wrong.push(...(await misreadings(rollcall, accounts(), lagging)));
  }
  count('last words compared', said.size);
  return [...wrong, ...(await misreadings(rollcall, accounts(), lagging)), ...said.untruths()];
}

/** Of sums that moved, which go on moving; and of what is new, under a name or place that can be changed. */
const toldOnce: ReadonlySet<string> = new Set([
  ...['transferHordeKudos', 'awardHordeKudos', 'createHordeSharedKey', 'createMcsManagerUser', 'addOpenWebUIUser'],
  ...['createOpenWebUIGroup', 'createOpenWebUIApiKey', 'deleteOpenWebUIApiKey'],
]);

function thingOf({ name, about, input }: AimedMutation, { accountId }: Told): string {
  if (name.includes('Group')) return String(input['groupId']);
  return accountId ?? about;
}

function writesSent({ community }: Rollcall): number {
  return twinNames.flatMap((name) => community[name].requests).filter(({ method, path }) => isWrite(method, path)).length;
}
