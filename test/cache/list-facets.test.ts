import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import type { RollcallOptions } from '../app/rollcall.ts';
import { type Keeping, startKeeping, until } from './counting.ts';

// Its own caches would hide what changes, and a page of them may be older than what it tells of one user.
const horde = { limits: false, caches: false };
const told = 'freshness { age stale servedFrom sourceLag }';
const page = `{ hordeAccounts(first: 25) { edges { node { nativeId kudos ${told} } } } }`;

interface Row {
  readonly nativeId: string;
  readonly kudos: number | null;
  readonly freshness: { readonly age: number; readonly stale: boolean; readonly servedFrom: string };
}

async function rowsOf(keeping: Keeping, query = page): Promise<Row[]> {
  const data = await keeping.data(query);
  return (data as { hordeAccounts: { edges: { node: Row }[] } }).hordeAccounts.edges.map(({ node }) => node);
}

/** With ages of its own for a source. */
const withAges = (source: string, cache: object): Pick<RollcallOptions, 'config'> => ({
  config: (input) => ({
    ...input,
    sources: input.sources.map((each) => (each.id === source ? { ...each, cache } : each)),
  }),
});

const setKudos = ({ rollcall }: Keeping, kudos: number): void => {
  for (const user of rollcall.community.horde.world.users.all()) user.kudos = kudos;
};

test('after a newer value was shown, no kept page brings an older one back', async () => {
  await using keeping = await startKeeping({ horde });
  const one = `user(id: "horde:1") { horde { kudos ${told} } }`;
  const both = `{ hordeAccounts(first: 2) { edges { node { nativeId kudos } } } ${one} }`;
  await keeping.data(both);
  setKudos(keeping, 777);
  keeping.pass(40);
  expect(await keeping.data(`{ ${one} }`)).toMatchObject({ user: { horde: { freshness: { stale: true } } } });
  await expect.poll(() => keeping.data(`{ ${one} }`)).toMatchObject({ user: { horde: { kudos: 777 } } });
  keeping.calls();

  const data = await keeping.data(both);

  expect(data).toMatchObject({
    hordeAccounts: { edges: [{ node: { nativeId: '0' } }, { node: { nativeId: '1', kudos: 777 } }] },
    user: { horde: { kudos: 777, freshness: { age: expect.closeTo(0, 0), stale: false, servedFrom: 'MEMORY' } } },
  });
});

test('rows of a kept page that are a little too old are called stale, and read anew behind the answer by asking for the page once', async () => {
  await using keeping = await startKeeping({ horde });
  const before = await rowsOf(keeping);
  expect(keeping.calls()).toBe(1);
  setKudos(keeping, 777);
  keeping.pass(20);
  expect((await rowsOf(keeping)).map(({ freshness }) => freshness.stale)).toEqual(before.map(() => false));
  expect(keeping.calls()).toBe(0);
  keeping.pass(25);

  const stale = await rowsOf(keeping);

  expect(stale.map(({ kudos }) => kudos)).toEqual(before.map(({ kudos }) => kudos));
  expect(stale.every(({ freshness }) => freshness.stale && freshness.age >= 45 && freshness.servedFrom === 'MEMORY')).toBe(true);
  await until(() => keeping.rollcall.community.horde.requests.length === 1);
  const isNew = ({ kudos, freshness }: Row) => kudos === 777 && !freshness.stale && freshness.servedFrom === 'MEMORY';
  await expect.poll(async () => (await rowsOf(keeping)).every(isNew)).toBe(true);
  expect(keeping.calls()).toBe(1);
});

test('rows of a kept page that are much too old come with one request for all of them, and one row alone by itself', async () => {
  const ages = { kudos: { fresh: 2, staleWhileRevalidate: 0, staleIfError: 0 } };
  await using keeping = await startKeeping({ horde, ...withAges('horde', ages) });
  const rows = await rowsOf(keeping);
  const paths = () => keeping.rollcall.community.horde.requests.map(({ path }) => path);
  keeping.calls();
  keeping.pass(6);

  setKudos(keeping, 777);

  const again = await rowsOf(keeping);

  expect(again.map(({ nativeId, kudos }) => [nativeId, kudos])).toEqual(rows.map(({ nativeId }) => [nativeId, 777]));
  expect(paths()).toEqual(['/api/v2/users']);
  keeping.calls();
  keeping.pass(6);
  await rowsOf(keeping, page.replace('25', '1'));
  expect(paths()).toEqual(['/api/v2/users/0']);
});

test('what was read of one row since is not replaced by what a page brings for the others', async () => {
  const ages = { kudos: { fresh: 2, staleWhileRevalidate: 0, staleIfError: 0 } };
  await using keeping = await startKeeping({ horde, ...withAges('horde', ages) });
  await rowsOf(keeping);
  keeping.pass(6);
  await keeping.data('{ user(id: "horde:1") { horde { kudos } } }');
  // As if the list came out of a cache of the source's own.
  setKudos(keeping, 5);
  keeping.calls();

  const rows = await rowsOf(keeping);

  expect(keeping.calls()).toBe(1);
  expect(rows.filter(({ kudos }) => kudos !== 5).map(({ nativeId }) => nativeId)).toEqual(['1']);
  expect((await rowsOf(keeping)).map(({ kudos }) => kudos)).toEqual(rows.map(({ kudos }) => kudos));
});

test('who stands on no page that is shown is not looked for on one', async () => {
  const ages = { kudos: { fresh: 2, staleWhileRevalidate: 0, staleIfError: 0 } };
  await using keeping = await startKeeping({ horde, ...withAges('horde', ages) });
  await rowsOf(keeping);
  keeping.calls();
  keeping.pass(6);

  const shown = await keeping.data(
    '{ hordeAccounts(first: 2) { edges { node { kudos } } } others: usersById(ids: ["horde:101", "horde:102"]) { horde { kudos } } }',
  );

  expect(JSON.stringify(shown)).not.toContain('"kudos":null');
  const paths = keeping.rollcall.community.horde.requests.map(({ path }) => path);
  expect(paths.toSorted()).toEqual(['/api/v2/users', '/api/v2/users/101', '/api/v2/users/102']);
});

test('a key that is refused what is private is shown on a kept page what it was shown when the page was read', async () => {
  await using keeping = await startKeeping({ horde });
  const ask = async () => {
    const query = '{ hordeAccounts(first: 3) { edges { node { username contact } } } }';
    const { data, errors = [] } = await keeping.rollcall.askText(query, {}, { 'x-source-key-horde': 'nobody-has-this' });
    return { data, errors: errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`) };
  };
  const first = await ask();
  keeping.calls();

  expect(await ask()).toEqual(first);
  expect(JSON.stringify(first.data)).toContain('admin#1');
  expect(keeping.rollcall.community.horde.requests.map(({ path }) => path)).not.toContain('/api/v2/users');
});

test('where the source fails a row is shown for as long as its own facets may be', async () => {
  await using keeping = await startKeeping();
  const list = '{ mcsManagerAccounts(first: 5) { edges { node { nativeId username permission } } } }';
  const before = (await keeping.data(list)).mcsManagerAccounts as { edges: { node: { username: string } }[] };
  keeping.calls();
  keeping.rollcall.community.mcsManager.faults.add({ fault: { kind: 'reset' } });
  keeping.pass(100);
  expect((await keeping.data(list)).mcsManagerAccounts).toEqual(before);
  keeping.calls();
  keeping.pass(100);

  const { data, errors = [] } = await keeping.rollcall.askText(list);

  const rows = (data as { mcsManagerAccounts: { edges: { node: object }[] } }).mcsManagerAccounts.edges;
  expect(rows.map(({ node }) => node)).toEqual(before.edges.map(({ node }) => ({ ...node, permission: null })));
  expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual(
    rows.map(() => ['permission', 'SOURCE_UNREACHABLE']),
  );
  // The page, which has been tried, is not tried again for its rows.
  expect(keeping.calls()).toBe(1);
});

test('a facet that is not to be kept is asked for again on a kept page, and one that is told is not', async () => {
  await using keeping = await startKeeping(withAges('webui', { email: false }));
  const list = (fields: string) => `{ openWebUIAccounts(first: 5) { edges { node { ${fields} } } } }`;
  const first = await keeping.data(list('username email'));
  expect(keeping.calls()).toBe(1);
  for (const user of keeping.rollcall.community.openWebUI.world.users.inserted())
    keeping.rollcall.community.openWebUI.world.users.change(user.id, { email: `new-${user.email}` });

  const again = await keeping.data(list('username email'));

  expect(keeping.calls()).toBe(1);
  expect(JSON.stringify(again)).toBe(JSON.stringify(first).replaceAll('"email":"', '"email":"new-'));
  await keeping.data(list('username'));
  expect(keeping.calls()).toBe(0);
});

test('whom a caller finds by name who may not see addresses are the same on a kept page, whether or not names are kept', async () => {
  const { key, hash } = createKey();
  const { config: aged = (input) => input } = withAges('webui', { identity: false });
  await using keeping = await startKeeping({
    config: (input) => ({ ...aged(input), access: { keys: [{ name: 'reader', hash, scopes: ['read'] }] } }),
  });
  const search = '{ users(source: "webui", search: "a", first: 5) { edges { node { id username } } } }';
  const headers = { 'x-rollcall-key': key };
  const first = await keeping.data(search, headers);
  keeping.calls();

  expect(await keeping.data(search, headers)).toEqual(first);
  expect(JSON.stringify(first)).toContain('webui:');
  expect(keeping.calls()).toBe(1);
});
