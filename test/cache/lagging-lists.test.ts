import { expect, test } from 'vitest';
import { type Keeping, startKeeping } from './counting.ts';

// Any page of the Horde’s list may be five minutes behind what it tells of one user. These twins keep none, so it is known what is newer.
const horde = { limits: false, caches: false };
const told = 'kudos freshness { age stale servedFrom sourceLag }';
const one = `{ user(id: "horde:101") { horde { ${told} } } }`;
const list = `{ hordeAccounts(first: 25) { edges { node { nativeId ${told} } } } }`;

interface Row {
  readonly nativeId: string;
  readonly kudos: number;
  readonly freshness: { readonly age: number; readonly stale: boolean; readonly servedFrom: string; readonly sourceLag: number };
}

const rowOf = async (keeping: Keeping): Promise<Row | undefined> => {
  const { hordeAccounts } = (await keeping.data(list)) as { hordeAccounts: { edges: { node: Row }[] } };
  return hordeAccounts.edges.map(({ node }) => node).find(({ nativeId }) => nativeId === '101');
};

async function showOneThenList(): Promise<Keeping> {
  const keeping = await startKeeping({ horde });
  const ada = keeping.rollcall.community.horde.world.users.get(101);
  if (ada === undefined) throw new Error('Ada has gone');
  ada.kudos = 777;
  await keeping.data(one);
  keeping.pass(10);
  // As a page out of the Horde’s cache tells it.
  ada.kudos = 5;
  expect(await rowOf(keeping)).toMatchObject({ kudos: 5, freshness: { sourceLag: 310 } });
  keeping.calls();
  return keeping;
}

test('a page that may be behind replaces nothing that was told of the account alone, as long as that is fresh', async () => {
  await using keeping = await showOneThenList();

  expect(await keeping.data(one)).toMatchObject({ user: { horde: { kudos: 777, freshness: { age: 10, stale: false } } } });
  expect(keeping.calls()).toBe(0);
});

test('where that is too old the page itself is shown as long as it is fresh, and costs nothing', async () => {
  await using keeping = await showOneThenList();
  keeping.pass(25);

  expect(await rowOf(keeping)).toMatchObject({ kudos: 5, freshness: { age: 25, stale: false, sourceLag: 310 } });
  expect(keeping.calls()).toBe(0);
});

test('a page that may be behind does not bring back at once whom the source has just said not to be there', async () => {
  await using keeping = await startKeeping({ horde });
  const { faults } = keeping.rollcall.community.horde;
  const body = JSON.stringify({ message: 'User with ID 101 not found.', rc: 'UserNotFound' });
  faults.add({
    path: /users\/101$/,
    fault: { kind: 'reply', status: 404, headers: { 'content-type': 'application/json' }, body },
  });
  expect(await keeping.data(one)).toEqual({ user: null });
  keeping.pass(1);
  expect(await rowOf(keeping)).toMatchObject({ freshness: { sourceLag: 310 } });
  keeping.pass(1);

  expect(await keeping.data(one)).toEqual({ user: null });
});
