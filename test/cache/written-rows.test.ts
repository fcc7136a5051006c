import { expect, test } from 'vitest';
import { communityConfig } from '../../src/twins/community.ts';
import { type Keeping, startKeeping } from './counting.ts';
import { createSharedMemory } from './shared-memory.ts';

// The Horde's list comes out of its own cache for five minutes, and no write makes it forget one.
const horde = { limits: false };
const id = 'horde:105';
const told = 'trusted freshness { sourceLag }';
const one = `{ user(id: "${id}") { horde { ${told} } } }`;
const list = `{ hordeAccounts(first: 25) { edges { node { id ${told} } } } }`;
const both = `{ hordeAccounts(first: 25) { edges { node { id ${told} } } } user(id: "${id}") { horde { ${told} } } }`;
const write = `mutation { updateHordeUser(input: { id: "${id}", trusted: false }) { sent } }`;
const shown = { user: { horde: { trusted: false, freshness: { sourceLag: 0 } } } };

interface Row {
  readonly id: string;
}

function rowIn(data: Record<string, unknown>): Row | undefined {
  const { hordeAccounts } = data as { hordeAccounts: { edges: { node: Row }[] } };
  return hordeAccounts.edges.map(({ node }) => node).find((node) => node.id === id);
}

/** The Horde has shown its list to somebody, and keeps it. */
async function startWriting(options: Parameters<typeof startKeeping>[0] = {}): Promise<Keeping> {
  const keeping = await startKeeping({ horde, ...options });
  expect(rowIn(await keeping.data(list))).toMatchObject({ trusted: true });
  expect(await keeping.data(write)).toEqual({ updateHordeUser: { sent: true } });
  return keeping;
}

test('after a write a row of a list that may be behind it answers nobody who asks for the account', async () => {
  await using keeping = await startWriting();
  await keeping.data(list);
  keeping.calls();

  expect(await keeping.data(one)).toEqual(shown);
  expect(keeping.calls()).toBe(1);
  expect(await keeping.data(one)).toEqual(shown);
  expect(keeping.calls()).toBe(0);

  keeping.pass(200);
  await keeping.data(list);
  expect(await keeping.data(one)).toMatchObject({ user: { horde: { trusted: false } } });
});

test('such a row says by how much it may be behind, costs nothing more, and gives way to what is known of the account since', async () => {
  await using keeping = await startWriting();
  keeping.calls();

  expect(rowIn(await keeping.data(list))).toMatchObject({ trusted: true, freshness: { sourceLag: 310 } });
  const calls = keeping.calls();
  expect(rowIn(await keeping.data(list))).toMatchObject({ trusted: true, freshness: { sourceLag: 310 } });
  expect(keeping.calls()).toBe(0);

  await keeping.data(one);
  keeping.calls();
  expect(rowIn(await keeping.data(list))).toMatchObject({ trusted: false, freshness: { sourceLag: 0 } });
  expect(keeping.calls()).toBe(0);
  // The page anew, and the account still out of memory.
  expect(rowIn(await keeping.data(list.replace('25', '24')))).toMatchObject({ trusted: false });
  expect(keeping.calls()).toBeLessThanOrEqual(calls);
});

test.for([true, false])(
  'an operation that lists and names the account shows what the account’s own read tells, cache: %s',
  async (cache) => {
    await using keeping = await startWriting({ config: (input) => ({ ...input, cache: { enabled: cache } }) });
    keeping.calls();

    for (const _ of [1, 2]) {
      const data = await keeping.data(both);

      expect(data).toMatchObject(shown);
      expect(rowIn(data)).toMatchObject({ trusted: false, freshness: { sourceLag: 0 } });
    }
  },
);

test('once the Horde’s list can only have been made after the write, its rows are believed again', async () => {
  await using keeping = await startWriting();
  keeping.pass(311);
  await keeping.data(list);
  keeping.calls();

  expect(await keeping.data(one)).toMatchObject({ user: { horde: { freshness: { sourceLag: 310 } } } });
  expect(keeping.calls()).toBe(0);
});

test('another process that heard of the write believes no such row either, and takes none from the memory that they share', async () => {
  const shared = createSharedMemory();
  await using writing = await startKeeping({ horde, second: shared.connect() });
  await using hearing = await startKeeping({
    second: shared.connect(),
    horde,
    config: () => communityConfig(writing.rollcall.community),
  });
  await writing.data(list);
  await writing.data(write);

  for (const each of [hearing, writing]) {
    await each.data(list);
    expect(await each.data(one)).toMatchObject({ user: { horde: { trusted: false } } });
  }
});

test('who was wiped is not brought back by the list', async () => {
  await using keeping = await startWriting();
  Object.assign(keeping.rollcall.community.horde.world.users.get(105) ?? {}, { deleted: true, lastActiveAt: 0 });
  expect(await keeping.data(`mutation { deleteHordeUser(input: { id: "${id}", wipe: true }) { sent } }`)).toEqual({
    deleteHordeUser: { sent: true },
  });
  const before = rowIn(await keeping.data(list));
  keeping.pass(10);

  expect(before).toBeDefined();
  expect(await keeping.data(`{ user(id: "${id}") { id horde { kudos } } }`)).toEqual({ user: null });
});
