import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rollcall } from '../app/rollcall.ts';
import { startRollcall } from '../app/rollcall.ts';
import { askAsRouter, entitiesOf, persons } from './router.ts';

const size = 2_000;
let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await startRollcall({ size, horde: { limits: false } });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

const none = { horde: 0, mcsManager: 0, openWebUI: 0 };

async function ask(selection: string, representations: readonly unknown[], headers = {}) {
  rollcall.calls();
  const { data, errors } = await askAsRouter(rollcall, entitiesOf(selection), { representations }, headers);
  return { entities: data?._entities, errors, cost: rollcall.calls() };
}

// Nobody of the cast, so that nothing leads to another source.
const hordeIds = (count: number) => Array.from({ length: count }, (_, index) => `horde:${1_000 + index}`);
const panelIds = (count: number) =>
  [...rollcall.community.mcsManager.world.users.keys()].slice(50, 50 + count).map((id) => `mcsmanager:${id}`);
const webuiIds = (count: number) =>
  rollcall.community.openWebUI.world.users
    .inserted()
    .slice(50, 50 + count)
    .map(({ id }) => `webui:${id}`);

describe('what a batch costs', () => {
  const selection = 'username permissions { role }';

  test.for([
    ['the Horde', () => hordeIds(50)],
    ['MCSManager', () => panelIds(50)],
    ['Open WebUI', () => webuiIds(50)],
    ['all three', () => [...hordeIds(17), ...panelIds(17), ...webuiIds(16)]],
  ] as const)('50 people of %s cost as many requests as usersById of 50', async ([, idsOf]) => {
    const ids = idsOf();
    await rollcall.askText('query ($ids: [ID!]!) { usersById(ids: $ids) { username } }', { ids });
    rollcall.calls();
    const byId = await rollcall.askText(`query ($ids: [ID!]!) { usersById(ids: $ids) { ${selection} } }`, { ids });
    const usual = rollcall.calls();
    const { entities, errors, cost } = await ask(`... on User { ${selection} }`, persons(ids));

    expect(errors).toBeUndefined();
    expect(entities).toEqual(byId.data?.usersById);
    expect(cost).toEqual(usual);
    expect(cost).not.toEqual(none);
  });

  test('an id alone is taken at the router’s word and costs nothing', async () => {
    const { entities, errors, cost } = await ask('... on User { __typename id } ... on HordeAccount { id nativeId }', [
      ...persons(['horde:101', 'horde:999999']),
      { __typename: 'HordeAccount', id: 'horde:101' },
    ]);

    expect(errors).toBeUndefined();
    expect(entities).toEqual([
      { __typename: 'User', id: 'horde:101' },
      { __typename: 'User', id: 'horde:999999' },
      { id: 'horde:101', nativeId: '101' },
    ]);
    expect(cost).toEqual(none);
  });

  test('the same person many times is asked for once', async () => {
    const { entities, cost } = await ask('... on User { username }', persons(Array.from({ length: 20 }, () => 'horde:1000')));

    expect(new Set((entities as { username: string }[]).map(({ username }) => username)).size).toBe(1);
    expect(cost).toEqual({ ...none, horde: 1 });
  });
});

test('a person is found by any of their accounts, and an account by its own type', async () => {
  const [panel, webui] = ['mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001', 'webui:a1d00001-0000-4000-8000-000000000001'];
  const { entities, errors } = await ask(
    '__typename ... on User { id } ... on HordeAccount { userId } ... on McsManagerAccount { user { id } } ... on OpenWebUIAccount { id username }',
    [
      ...persons(['horde:101', webui]),
      { __typename: 'HordeAccount', id: 'horde:101' },
      { __typename: 'McsManagerAccount', id: panel },
      { __typename: 'OpenWebUIAccount', id: webui },
    ],
  );

  expect(errors).toBeUndefined();
  expect(entities).toEqual([
    { __typename: 'User', id: 'horde:101' },
    { __typename: 'User', id: 'horde:101' },
    { __typename: 'HordeAccount', userId: 101 },
    { __typename: 'McsManagerAccount', user: { id: 'horde:101' } },
    { __typename: 'OpenWebUIAccount', id: webui, username: expect.any(String) },
  ]);
});

describe('a representation that cannot be answered costs its own item', () => {
  test('malformed ones have an error at their own path, and nothing is asked for them', async () => {
    const { entities, errors, cost } = await ask('... on User { username } ... on HordeAccount { username }', [
      { __typename: 'User', id: 'horde:1000' },
      'horde:1000',
      7,
      {},
      { __typename: 'User' },
      { __typename: 'User', id: 1000 },
      { __typename: 'User', id: 'nobody' },
      { __typename: 'User', id: 'elsewhere:1' },
      { __typename: 'User', id: 'horde:not-a-number' },
      { __typename: 'Badge', id: 'horde:1000' },
      { __typename: '__proto__', id: 'horde:1000' },
      { __typename: 'OpenWebUIAccount', id: 'horde:1000' },
      { __typename: 'User', id: 'horde:1001' },
    ]);

    expect(entities).toEqual([
      { username: expect.any(String) },
      ...Array.from({ length: 11 }, () => null),
      { username: expect.any(String) },
    ]);
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      Array.from({ length: 11 }, (_, index) => [['_entities', index + 1], 'BAD_USER_INPUT']),
    );
    expect(errors?.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "A representation is an object that names its __typename.",
        "A representation is an object that names its __typename.",
        "A representation is an object that names its __typename.",
        "A representation of User needs its key: the id, as text.",
        "A representation of User needs its key: the id, as text.",
        ""nobody" is not an account id. Write <source id>:<native id>, such as horde:42.",
        "No source is called "elsewhere". There are: horde, mcsmanager, webui.",
        ""not-a-number" cannot be the id of an account on horde (AI Horde).",
        ""Badge" is no entity of this subgraph. There are: HordeAccount, McsManagerAccount, OpenWebUIAccount, OtherAccount, User.",
        ""__proto__" is no entity of this subgraph. There are: HordeAccount, McsManagerAccount, OpenWebUIAccount, OtherAccount, User.",
        ""horde:1000" is no OpenWebUIAccount but a HordeAccount.",
      ]
    `);
    expect(cost).toEqual({ ...none, horde: 2 });
  });

  test('nobody is null without an error, where something is asked of them', async () => {
    const { entities, errors } = await ask('... on User { username }', persons(['horde:999999', 'horde:1000']));

    expect(entities).toEqual([null, { username: expect.any(String) }]);
    expect(errors).toBeUndefined();
  });
});

test('of 1,000 representations with 10 malformed ones 990 are answered, within bounds', async () => {
  const good = [...hordeIds(330), ...panelIds(330), ...webuiIds(330)];
  const representations = persons(good);
  const broken = Array.from({ length: 10 }, (_, index) => index * 100 + 7);
  for (const at of broken) representations.splice(at, 0, { __typename: 'User', id: `broken ${at}` });
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  const { entities, errors, cost } = await ask('... on User { id username permissions { role } }', representations);
  const ms = Math.round(performance.now() - started);
  const megabytes = Math.round((process.memoryUsage().heapUsed - before) / 1e6);
  console.info(`1,000 representations: ${ms} ms, heap +${megabytes} MB, requests ${JSON.stringify(cost)}`);

  const answered = (entities as ({ id: string; username: string } | null)[]).filter((entity) => entity !== null);
  expect(representations).toHaveLength(1_000);
  expect(answered.map(({ id }) => id)).toEqual(good);
  expect(answered.every(({ username }) => username !== null)).toBe(true);
  expect(errors?.map(({ path }) => path)).toEqual(broken.map((at) => ['_entities', at]));
  // A request for each on the Horde, which has no other way; lists for the others.
  expect(cost.horde).toBe(330);
  expect(cost.mcsManager).toBeLessThanOrEqual(2);
  expect(cost.openWebUI).toBeLessThanOrEqual(4);
  expect(ms).toBeLessThan(15_000);
  expect(megabytes).toBeLessThan(300);
});
