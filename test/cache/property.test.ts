import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/twins/faults.ts';
import { keysAt } from '../access/people.ts';
import { startRollcall } from '../app/rollcall.ts';
import { idOf, tokenOf } from '../sources/openwebui-writing.ts';

/** What is true of one account, one value after the other. `own`: we wrote it ourselves. */
interface Moment {
  readonly at: number;
  readonly value: unknown;
  readonly own: boolean;
}

const chats = ['chidi', 'bao'].map((alias) => `webui:${idOf(alias)}`);
const hordes = ['horde:103', 'horde:104'];
const accounts = [...chats, ...hordes];
const told = 'freshness { age stale sourceLag servedFrom }';
const queries = [
  `{ nodes(ids: ${JSON.stringify(accounts)}) { id ... on OpenWebUIAccount { value: bio ${told} } ... on HordeAccount { value: workerInvited ${told} } } }`,
  `{ openWebUIAccounts(first: 30) { edges { node { id value: bio ${told} } } } }`,
  `{ hordeAccounts(first: 40) { edges { node { id value: workerInvited ${told} } } } }`,
  `{ user(id: "horde:103") { openWebUI { id value: bio ${told} } horde { id value: workerInvited ${told} } } }`,
];
const faults: Fault[] = [
  { kind: 'reset' },
  { kind: 'reply', status: 503, headers: { 'content-type': 'application/json' }, body: '{}' },
  { kind: 'reply', status: 401, headers: { 'content-type': 'application/json' }, body: '{"detail":"401 Unauthorized"}' },
  { kind: 'delay', ms: 15 },
  { kind: 'cut', share: 0.5 },
];

const read = fc.record({
  kind: fc.constant('read' as const),
  asker: fc.nat({ max: 2 }),
  query: fc.nat({ max: queries.length - 1 }),
  maxAge: fc.option(fc.constantFrom(0, 5, 20, 100), { freq: 3 }),
});
const change = fc.record({ kind: fc.constantFrom('write' as const, 'elsewhere' as const), account: fc.nat({ max: 3 }) });
const step = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 4, 9, 16, 40, 120, 700),
  fault: fc.option(
    fc.record({ source: fc.nat({ max: 1 }), which: fc.nat({ max: faults.length - 1 }), after: fc.nat({ max: 2 }) }),
    { freq: 2 },
  ),
  together: fc.array(fc.oneof({ weight: 4, arbitrary: read }, { weight: 1, arbitrary: change }), { minLength: 1, maxLength: 4 }),
});

const sequences = 80;

test(`in ${sequences} random sequences every answer was true within the age that it states, and after our own writes`, async () => {
  let time = 1_760_000_000_000;
  const now = () => time;
  await using rollcall = await startRollcall({
    size: 20,
    cache: true,
    now,
    horde: { limits: false, shiftTies: false, now },
    mcsManager: { rateLimits: false },
    openWebUI: { now },
  });
  const { horde, openWebUI } = rollcall.community;
  const keys = keysAt(rollcall.community);
  const askers: Record<string, string>[] = [
    {},
    { ...keys.horde(103), 'x-source-key-webui': tokenOf(openWebUI, 'chidi') },
    { ...keys.horde(104), ...keys.webui(idOf('ada')) },
  ];
  const moments = new Map<string, Moment[]>();
  const seen = { answers: 0, stale: 0, kept: 0, writes: 0, failures: 0 };
  let nextValue = 0;

  const note = (account: string, value: unknown, own: boolean) =>
    moments.set(account, [...(moments.get(account) ?? []), { at: time, value, own }]);
  const truthOf = (account: string): unknown => {
    const [source, id = ''] = account.split(':');
    return source === 'horde' ? horde.world.users.get(Number(id))?.workerInvited : openWebUI.world.users.get(id)?.bio;
  };
  for (const account of accounts) note(account, truthOf(account), false);

  /** Sets it behind Rollcall's back. */
  function changeElsewhere(account: string): void {
    nextValue += 1;
    const [source, id = ''] = account.split(':');
    if (source === 'horde') Object.assign(horde.world.users.get(Number(id)) ?? {}, { workerInvited: nextValue });
    else openWebUI.world.users.change(id, { bio: `bio ${nextValue}` });
    note(account, truthOf(account), false);
  }

  async function write(account: string): Promise<void> {
    nextValue += 1;
    const mutation = account.startsWith('horde')
      ? `mutation { updateHordeUser(input: { id: "${account}", workerInvited: ${nextValue} }) { fields { verdict } } }`
      : `mutation { updateOpenWebUIProfile(input: { bio: "bio ${nextValue}" }) { fields { verdict } } }`;
    // Profiles are written by their holders.
    const { 'x-source-key-webui': token = '' } = askers[1] ?? {};
    const headers: Record<string, string> = account.startsWith('horde') ? {} : { 'x-source-key-webui': token };
    await rollcall.askText(mutation, {}, headers);
    const written = account.startsWith('horde') ? account : (chats[0] ?? '');
    if (truthOf(written) !== moments.get(written)?.at(-1)?.value) note(written, truthOf(written), true);
    seen.writes += 1;
  }

  /** Everything with an age that an answer holds. */
  function aged(
    part: unknown,
  ): { id: string; value: unknown; freshness: { age: number; stale: boolean; sourceLag: number; servedFrom: string } }[] {
    if (Array.isArray(part)) return part.flatMap(aged);
    if (typeof part !== 'object' || part === null) return [];
    // What the queries ask for has these three together.
    if ('freshness' in part && part.freshness !== null) return [part as never];
    return Object.values(part).flatMap(aged);
  }

  /**
   * What is read anew behind an answer may be joined later, and is as old then as it is in real time: so time does not go on here before
   * it is over. Each asker is told of their own requests only.
   */
  async function quiet(): Promise<void> {
    const state = '{ sources { state { requests running waiting } } }';
    let before = '';
    for (let calm = 0; calm < 3; ) {
      const states = await Promise.all(askers.map(async (headers) => (await rollcall.askText(state, {}, headers)).text));
      for (const told of states) expect(told).toContain('"running":');
      const after = states.join();
      calm = after === before && !/"(running|waiting)":[1-9]/.test(after) ? calm + 1 : 0;
      before = after;
    }
  }

  async function ask(
    { asker, query, maxAge }: { asker: number; query: number; maxAge: number | null },
    ownBefore: ReadonlyMap<string, number>,
  ) {
    const directive = maxAge === null ? '' : `query @maxAge(seconds: ${maxAge})`;
    const { data, errors = [] } = await rollcall.askText(`${directive} ${queries[query]}`, {}, askers[asker]);
    if (errors.length > 0) seen.failures += 1;
    // When all that goes on at the same time is over and noted.
    return () => check(data, errors.length > 0, maxAge, ownBefore);
  }

  function check(data: unknown, failed: boolean, maxAge: number | null, ownBefore: ReadonlyMap<string, number>): void {
    for (const { id, value, freshness } of aged(data)) {
      const history = moments.get(id);
      // Null where reading it failed or was refused.
      if (history === undefined || (value === null && failed)) continue;
      const { age, sourceLag, stale, servedFrom } = freshness;
      const from = time - 1_000 * (age + sourceLag);
      // A value is true until the next one comes.
      const allowed = history.filter(
        (_, index) =>
          (history[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= from && (sourceLag > 0 || index >= (ownBefore.get(id) ?? 0)),
      );
      expect({ id, freshness, among: allowed.map((moment) => moment.value).includes(value), value }).toMatchObject({
        among: true,
      });
      // A request that is under way may be joined: the clock of requests is the real one, so that adds a moment.
      if (maxAge !== null) expect(age).toBeLessThan(maxAge + 1);
      if (servedFrom === 'SOURCE') expect(age).toBeLessThan(1);
      seen.answers += 1;
      if (stale) seen.stale += 1;
      if (servedFrom !== 'SOURCE') seen.kept += 1;
    }
  }

  const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
    for (const { seconds, fault, together } of steps) {
      await quiet();
      time += seconds * 1_000;
      if (fault !== null)
        [horde, openWebUI][fault.source]?.faults.add({
          method: 'GET',
          after: fault.after,
          times: 1,
          fault: faults[fault.which] ?? { kind: 'reset' },
        });
      // Of what is written at the same time either is true.
      const ownBefore = new Map([...moments].map(([id, all]) => [id, all.findLastIndex(({ own }) => own)]));
      const checks = await Promise.all(
        together.map(async (one) => {
          const account = 'account' in one ? (accounts[one.account] ?? '') : '';
          if (one.kind === 'read') return ask(one, ownBefore);
          if (one.kind === 'write') await write(account);
          else changeElsewhere(account);
          return undefined;
        }),
      );
      for (const checkOne of checks) checkOne?.();
    }
    for (const twin of [horde, openWebUI]) twin.faults.clear();
  });

  await fc.assert(property, { numRuns: sequences, endOnFailure: true });

  console.info(seen);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 300_000);
