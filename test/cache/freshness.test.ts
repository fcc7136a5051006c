import { expect, test } from 'vitest';
import { keysAt } from '../access/people.ts';
import { startKeeping } from './counting.ts';

const freshness = 'freshness { age stale servedFrom sourceLag }';

test('an account is as old as the oldest part of what was told about it', async () => {
  await using keeping = await startKeeping();
  const part = '{ user(id: "horde:101") { horde { username } } }';
  await keeping.data(part);
  keeping.pass(12);

  // The balance comes with the name; running requests, which were read with it too, are not taken so old.
  const both = `{ user(id: "horde:101") { horde { ${freshness} username activeGenerations { image } } } }`;
  const told = await keeping.data(both);

  expect(told).toMatchObject({ user: { horde: { freshness: { age: 12, stale: false, servedFrom: 'MEMORY' } } } });
});

test('what is computed is as old as the oldest that it was computed of', async () => {
  await using keeping = await startKeeping();
  await keeping.data(
    '{ openWebUIGroups { name } user(id: "webui:c41d0003-0000-4000-8000-000000000003") { openWebUI { permissions { allows(permission: "chat.delete") } } } }',
  );
  keeping.pass(8);
  keeping.rollcall.calls();

  const other = `{ user(id: "webui:d0940004-0000-4000-8000-000000000004") { openWebUI { permissions { allows(permission: "chat.delete") } ${freshness} } } }`;
  const told = await keeping.data(other);

  expect(told).toMatchObject({ user: { openWebUI: { freshness: { age: 8, servedFrom: 'MEMORY' } } } });
  expect(keeping.calls()).toBe(1);
});

test('a row of a list is as old as the oldest of the page and what was asked beside it', async () => {
  await using keeping = await startKeeping();
  await keeping.data('{ user(id: "horde:2") { horde { activeGenerations { image } } } }');
  keeping.pass(9);

  const list = `{ hordeAccounts(first: 5) { edges { node { id ${freshness} username activeGenerations { image } } } } }`;
  const told = await keeping.data(list);

  const { edges } = told.hordeAccounts as { edges: { node: { id: string; freshness: { age: number } } }[] };
  const ages = Object.fromEntries(edges.map(({ node }) => [node.id, node.freshness.age]));
  expect(Object.keys(ages)).toHaveLength(5);
  expect(ages).toMatchObject({ 'horde:2': 9 });
  expect(Object.values(ages).filter((age) => age === 0)).toHaveLength(4);
});

test('what is asked beside it counts though it takes longer to come', async () => {
  await using keeping = await startKeeping();
  await keeping.data('{ user(id: "horde:2") { horde { styles { name } } } }');
  keeping.pass(40);

  const list = `{ hordeAccounts(first: 5) { edges { node { id ${freshness} username styles { name } } } } }`;
  const { edges } = (await keeping.data(list)).hordeAccounts as { edges: { node: { id: string; freshness: object } }[] };

  expect(edges.find(({ node }) => node.id === 'horde:2')?.node.freshness).toMatchObject({
    age: 40,
    stale: true,
    servedFrom: 'MEMORY',
  });
});

test('the Horde’s own cache is told on top, and not where it was passed by after a write', async () => {
  await using keeping = await startKeeping();
  const lagOf = async (query: string, headers?: HeadersInit) => {
    const text = JSON.stringify(await keeping.data(query, headers));
    return [...text.matchAll(/"sourceLag":(\d+)/g)].map(([, lag]) => Number(lag));
  };
  const one = `{ user(id: "horde:103") { horde { username ${freshness} } } }`;

  expect(await lagOf(one)).toEqual([30]);
  expect(new Set(await lagOf(`{ hordeAccounts(first: 5) { edges { node { username ${freshness} } } } }`))).toEqual(
    new Set([310]),
  );
  expect(
    await lagOf(`{ user(id: "webui:a1d00001-0000-4000-8000-000000000001") { openWebUI { username ${freshness} } } }`),
  ).toEqual([0]);

  const write = 'mutation { updateHordeUser(input: { id: "horde:103", concurrency: 44 }) { fields { verdict } } }';
  expect(await keeping.data(write)).toEqual({ updateHordeUser: { fields: [{ verdict: 'APPLIED' }] } });

  expect(await lagOf(one)).toEqual([0]);
  // Its owner is known by the usual spelling alone, and told what the cache has.
  const own = keysAt(keeping.rollcall.community).horde(103);
  expect(await lagOf(`{ user(id: "horde:103") { horde { contact ${freshness} } } }`, own)).toEqual([30]);
});

test('a clock that is set back makes nothing fresh that is of unknown age', async () => {
  await using keeping = await startKeeping();
  const one = `{ user(id: "horde:103") { horde { username ${freshness} } } }`;
  await keeping.data(one);
  keeping.calls();
  keeping.pass(-3_600);

  expect(await keeping.data(one)).toMatchObject({ user: { horde: { freshness: { age: 0, servedFrom: 'SOURCE' } } } });
  expect(keeping.calls()).toBe(1);
});
