import { expect, test } from 'vitest';
import type { SecondLevel } from '../../src/cache/second-level.ts';
import { startKeeping } from './counting.ts';
import { createSharedMemory } from './shared-memory.ts';

const ids = ['a1d00001', 'ba000002', 'c41d0003'].map((begin) => `webui:${begin}-0000-4000-8000-00000000000${begin.at(-1)}`);
const several = `{ usersById(ids: ${JSON.stringify(ids)}) { openWebUI { username freshness { servedFrom } } } }`;
const [ada = ''] = ids;
const one = `{ user(id: "${ada}") { openWebUI { username freshness { servedFrom } } } }`;
const adaFrom = (servedFrom: string) => ({ user: { openWebUI: { username: 'Ada Lindqvist', freshness: { servedFrom } } } });

/** Two processes over the same sources. The second's twins are never asked: it has the first's addresses. */
async function startTwo(shared: { connect(): SecondLevel }) {
  const first = await startKeeping({ second: shared.connect() });
  const { community } = first.rollcall;
  const addresses = { horde: community.horde.apiUrl, mcsmanager: community.mcsManager.apiUrl, webui: community.openWebUI.apiUrl };
  const other = await startKeeping({
    second: shared.connect(),
    config: (input) => ({
      ...input,
      sources: input.sources.map((source) => ({
        ...source,
        url: Object.entries(addresses).find(([id]) => id === source.id)?.[1],
      })),
    }),
  });
  return {
    first,
    other,
    [Symbol.asyncDispose]: async () => {
      await first[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    },
  };
}

test('what one process was told answers another, and is then in its own memory', async () => {
  const shared = createSharedMemory();
  await using both = await startTwo(shared);
  await both.first.data(one);
  both.first.calls();

  expect(await both.other.data(one)).toEqual(adaFrom('SHARED_MEMORY'));
  expect(await both.other.data(one)).toEqual(adaFrom('MEMORY'));
  expect(both.first.calls()).toBe(0);
});

test('for any number of accounts the second level is asked once, and not for what is fresh in memory', async () => {
  const shared = createSharedMemory();
  await using keeping = await startKeeping({ second: shared.connect() });
  await keeping.data(one);
  expect(shared.fetches()).toEqual([1]);

  await keeping.data(several);
  expect(shared.fetches()).toEqual([2]);
  await keeping.data(several);
  expect(shared.fetches()).toEqual([]);
});

test('pages, names and what is shared are kept for others too', async () => {
  const shared = createSharedMemory();
  await using both = await startTwo(shared);
  const query = `{
    openWebUIAccounts(first: 3) { edges { node { username permissions { allows(permission: "chat.delete") } } } }
    userByUsername(username: "Ada Lindqvist", source: "webui") { id }
  }`;
  const told = await both.first.data(query);
  both.first.calls();

  expect(await both.other.data(query)).toEqual(told);
  expect(both.first.calls()).toBe(0);
});

test('a write in one process is seen by the other', async () => {
  const shared = createSharedMemory();
  await using both = await startTwo(shared);
  await both.first.data(one);
  await both.other.data(one);

  await both.first.data(`mutation { updateOpenWebUIUser(input: { id: "${ada}", name: "Ada the Second" }) { sent } }`);

  for (const process of [both.other, both.first]) {
    expect(await process.data(one)).toMatchObject({ user: { openWebUI: { username: 'Ada the Second' } } });
  }
});

test('what a process kept from before a write elsewhere does not come back through it', async () => {
  const shared = createSharedMemory();
  let deaf = false;
  const level = shared.connect();
  await using both = await startTwo({
    connect: () => ({
      ...shared.connect(),
      onInvalidation: (hear) => level.onInvalidation((...news) => (deaf ? undefined : hear(...news))),
    }),
  });
  await both.other.data('{ mcsManagerAccounts(first: 30) { edges { node { ssoBound } } } }');
  deaf = true;
  const uuid = 'c41d1c41d1c44c418c41d1c41d1c0003';
  await both.first.data(`mutation { updateMcsManagerUser(input: { id: "mcsmanager:${uuid}", userName: "chidi2" }) { sent } }`);

  // It has not heard yet, and reads something else of the same account than the page told.
  both.other.pass(21);
  await both.other.data(`{ user(id: "mcsmanager:${uuid}") { mcsManager { lastActiveAt } } }`);

  const [kept] = shared.valuesOf(uuid).map((value) => JSON.stringify(value));
  expect(kept).toContain('chidi2');
  expect(kept).not.toContain('mcsManagerSignIn');
});

test.for([
  ['null', null],
  ['a text', 'garbage'],
  ['an empty object', {}],
  ['layers of nothing', { layers: [null] }],
  ['a layer without facets', { layers: [{ readAt: Date.now(), lag: 0, nothing: [] }] }],
  ['a page of nothing', { accounts: [{}], more: true }],
] as const)('what was garbled into %s is not there', async ([, value]) => {
  const shared = createSharedMemory();
  await using both = await startTwo(shared);
  const list = '{ openWebUIAccounts(first: 1) { edges { node { username } } } }';
  const told = [await both.first.data(one), await both.first.data(list)];
  shared.spoil((kept) => ({ ...kept, value }));

  expect([await both.other.data(one), await both.other.data(list)]).toEqual(told);
});

test('nothing is asked of a second level by operations that want all anew, but for leave to keep what they read', async () => {
  const shared = createSharedMemory();
  await using both = await startTwo(shared);
  await both.first.data(one);
  both.first.calls();

  expect(await both.other.data(`query @maxAge(seconds: 0) ${one}`)).toEqual(adaFrom('SOURCE'));
  expect(both.first.calls()).toBe(1);
});
