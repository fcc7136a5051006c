import { readFileSync } from 'node:fs';
import { CombinedGraphQLErrors, gql } from '@apollo/client';
import { buildSchema } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCache } from '../../examples/apollo-client/cache.ts';
import { createClient } from '../../examples/apollo-client/client.ts';
import possibleTypes from '../../schema/possible-types.json' with { type: 'json' };
import { kinds } from '../../src/sources/registry.ts';
import type { TwinServer } from '../../src/twins/server.ts';
import { toy } from '../toy-source/index.ts';
import { startRegister } from '../toy-source/register.ts';
import { possibleTypesIn } from './possible-types.ts';
import { type Served, serve } from './served.ts';
import { typesWithoutId } from './types-without-id.ts';

const ada = {
  user: 'horde:101',
  horde: 'horde:101',
  mcsManager: 'mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001',
  openWebUI: 'webui:a1d00001-0000-4000-8000-000000000001',
};

let register: TwinServer;
let served: Served;
beforeAll(async () => {
  register = await startRegister();
  served = await serve({
    size: 60,
    kinds: [...kinds, toy],
    config: (input) => ({ ...input, sources: [...input.sources, { id: 'club', kind: 'TOY', url: register.url }] }),
  });
});
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await register.close();
});
afterEach(() => served.rollcall.community.mcsManager.faults.clear());

const member = gql`
  query Member($id: ID!) {
    user(id: $id) {
      id
      username
      horde { id kudos }
      mcsManager { id loginTime }
      openWebUI { id email groups { id name } }
      accounts { id username }
    }
  }
`;

test('a member comes with every account, each kept by its type and id', async () => {
  const client = createClient(served.uri);

  const { data, error } = await client.query({ query: member, variables: { id: ada.user } });

  expect(error).toBeUndefined();
  expect(data).toMatchObject({
    user: { username: 'ada#101', horde: { kudos: 912_440 }, openWebUI: { email: 'ada@harbour.example' } },
  });
  const kept = [
    `User:${ada.user}`,
    `HordeAccount:${ada.horde}`,
    `McsManagerAccount:${ada.mcsManager}`,
    `OpenWebUIAccount:${ada.openWebUI}`,
  ];
  for (const id of kept) expect(client.cache.extract()).toHaveProperty([id]);
});

describe('what is kept of', () => {
  // The first query leads to it one way; the second brings what the twin says since, another way, without the first running again.
  test.for([
    [
      'a User',
      '{ usersById(ids: ["horde:101"]) { id username } }',
      `{ user(id: "${ada.openWebUI}") { id username } }`,
      ['usersById', 0],
    ],
    [
      'a HordeAccount',
      '{ user(id: "horde:101") { id horde { id username } } }',
      '{ node(id: "horde:101") { ... on HordeAccount { id username } } }',
      ['user', 'horde'],
    ],
    [
      'an McsManagerAccount',
      '{ user(id: "horde:101") { id mcsManager { id username } } }',
      `{ node(id: "${ada.mcsManager}") { ... on McsManagerAccount { id username } } }`,
      ['user', 'mcsManager'],
    ],
    [
      'an OpenWebUIAccount',
      '{ user(id: "horde:101") { id openWebUI { id username } } }',
      `{ node(id: "${ada.openWebUI}") { ... on OpenWebUIAccount { id username } } }`,
      ['user', 'openWebUI'],
    ],
    [
      'an account of any kind',
      '{ user(id: "horde:101") { id mcsManager { id username } } }',
      '{ user(id: "horde:101") { id accounts { id username } } }',
      ['user', 'mcsManager'],
    ],
    [
      'an OtherAccount, of a kind that was added,',
      '{ user(id: "club:zoe") { id accounts { id username } } }',
      '{ node(id: "club:zoe") { ... on OtherAccount { id username } } }',
      ['user', 'accounts', 0],
    ],
    [
      'an account of a list',
      '{ openWebUIAccounts(first: 3, query: "Ada L") { edges { cursor node { id username } } } }',
      `{ user(id: "${ada.openWebUI}") { id openWebUI { id username } } }`,
      ['openWebUIAccounts', 'edges', 0, 'node'],
    ],
  ] as const)('%s is brought up to date by a later query through another path', async ([, first, later, path]) => {
    const client = createClient(served.uri);
    const shown = client.watchQuery({ query: gql(first) });
    const seen: unknown[] = [];
    const subscription = shown.subscribe(({ data }) => {
      if (data !== undefined) seen.push(at(data, path));
    });
    await expect.poll(() => seen.length).toBe(1);
    // As if an hour had passed: the cache holds a name that is no longer true. Every object comes with its type and the id that was asked for.
    const id = client.cache.identify(seen[0] as { __typename: string; id: string });
    client.cache.modify({ ...(id === undefined ? {} : { id }), fields: { username: () => 'an old name' } });
    await expect.poll(() => seen.at(-1)).toMatchObject({ username: 'an old name' });

    await client.query({ query: gql(later) });

    await expect.poll(() => seen.at(-1)).toEqual(seen[0]);
    subscription.unsubscribe();
  });
});

test('pages that fetchMore brings are put together, each account once', async () => {
  const client = createClient(served.uri);
  const query = gql`
    query Accounts($after: String) {
      openWebUIAccounts(first: 10, after: $after) {
        edges { cursor node { id name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `;
  const shown = client.watchQuery<{
    openWebUIAccounts: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }>({ query });
  const subscription = shown.subscribe(() => {});
  const list = () => {
    const { data, dataState } = shown.getCurrentResult();
    return dataState === 'complete' ? data.openWebUIAccounts : undefined;
  };
  await expect.poll(() => list()?.edges.length).toBe(10);

  for (let pages = 0; pages < 20 && list()?.pageInfo.hasNextPage === true; pages += 1) {
    const before = list()?.pageInfo.endCursor;
    await shown.fetchMore({ variables: { after: before } });
    await expect.poll(() => list()?.pageInfo.endCursor).not.toBe(before);
  }

  const ids = list()?.edges.map(({ node }) => node.id) ?? [];
  expect(ids).toHaveLength(served.rollcall.community.openWebUI.world.users.inserted().length);
  expect(new Set(ids).size).toBe(ids.length);
  subscription.unsubscribe();
});

test('a list of another search is a list of its own', async () => {
  const client = createClient(served.uri);
  const query = gql`
    query Search($search: String) {
      users(source: "webui", first: 5, search: $search) { edges { node { id } } }
    }
  `;

  await client.query({ query, variables: { search: 'ada' } });
  await client.query({ query, variables: { search: 'bao' } });

  const kept = client.cache.readQuery<{ users: { edges: unknown[] } }>({ query, variables: { search: 'ada' } });
  const { data } = await createClient(served.uri).query<{ users: { edges: unknown[] } }>({ query, variables: { search: 'ada' } });
  expect(kept?.users.edges).toEqual(data?.users.edges);
});

test('parts of an object without an id are put together, too', async () => {
  const client = createClient(served.uri);
  const kudos = (field: string) => gql(`{ user(id: "horde:101") { id kudosDetails { ${field} } } }`);

  await client.query({ query: kudos('accumulated') });
  await client.query({ query: kudos('gifted') });

  expect(client.cache.readQuery({ query: kudos('accumulated gifted') })).toMatchObject({
    user: { kudosDetails: { accumulated: expect.any(Number), gifted: expect.any(Number) } },
  });
});

test('a part that two fragments ask different fields of is put together', async () => {
  const client = createClient(served.uri);
  const permissions = (fields: string) =>
    gql(`{ node(id: "horde:101") { ... on HordeAccount { id permissions { ${fields} } } } }`);

  await client.query({ query: permissions('role nativeRole') });
  await client.query({ query: permissions('grants { section key allowed }') });

  expect(client.cache.readQuery({ query: permissions('role nativeRole grants { section key allowed }') })).toMatchObject({
    node: { permissions: { role: 'MODERATOR', nativeRole: 'moderator', grants: expect.any(Array) } },
  });
});

test('every type without an id that stands by itself somewhere is put together', () => {
  const { policies } = createCache();
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

  const parts = typesWithoutId(schema);

  expect(parts.length).toBeGreaterThan(15);
  expect(parts.filter((type) => policies.getMergeFunction(undefined, 'part', type) === undefined)).toEqual([]);
});

test('what two queries ask of an instance is put together, and one without its ids stands where it was found', async () => {
  const client = createClient(served.uri);
  const instances = (fields: string) => gql(`{ user(id: "horde:101") { id mcsManager { id instances { ${fields} } } } }`);
  const both = 'daemonId instanceId';

  await client.query({ query: instances(`${both} nickname`) });
  await client.query({ query: instances(`${both} status`) });
  const kept = client.cache.readQuery({ query: instances(`${both} nickname status`) });
  const { data } = await createClient(served.uri).query({ query: instances('status') });

  expect(kept).toMatchObject({
    user: { mcsManager: { instances: [{ nickname: 'ada’s survival world', status: 'RUNNING' }, { status: 'STOPPED' }] } },
  });
  expect(data).toMatchObject({ user: { mcsManager: { instances: [{ status: 'RUNNING' }, { status: 'STOPPED' }] } } });
});

test('a list that its source does not give is null and not an empty one with more to come', async () => {
  served.rollcall.community.mcsManager.faults.add({ fault: { kind: 'reset' } });
  const query = gql('{ mcsManagerAccounts(first: 5) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }');
  const client = createClient(served.uri);

  const { data, error } = await client.query({ query, errorPolicy: 'all' });
  served.rollcall.community.mcsManager.faults.clear();
  const healed = await client.query({ query, fetchPolicy: 'network-only' });

  expect(data).toEqual({ mcsManagerAccounts: null });
  expect(error).toBeDefined();
  expect(healed.data).toMatchObject({ mcsManagerAccounts: { edges: expect.any(Array), pageInfo: { hasNextPage: true } } });
});

test('with one source down, errorPolicy all gives what the others said and what failed', async () => {
  served.rollcall.community.mcsManager.faults.add({ fault: { kind: 'reset' } });

  const { data, error } = await createClient(served.uri).query({
    query: member,
    variables: { id: ada.user },
    errorPolicy: 'all',
  });

  expect(data).toMatchObject({
    user: { horde: { kudos: 912_440 }, mcsManager: { loginTime: null }, openWebUI: { email: 'ada@harbour.example' } },
  });
  if (!CombinedGraphQLErrors.is(error)) throw new Error('there should be errors');
  expect(error.errors).toMatchObject([
    { path: ['user', 'mcsManager', 'loginTime'], extensions: { source: 'mcsmanager', code: 'SOURCE_UNREACHABLE' } },
    { extensions: { source: 'mcsmanager', code: 'SOURCE_UNREACHABLE' } },
  ]);
});

test('an operation’s text goes over the wire once, then its hash is enough, for another client too', async () => {
  const sent: { query?: string; status: number }[] = [];
  const usual = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const response = await usual(address, init);
    if (address === served.uri) sent.push({ ...JSON.parse(String(init?.body)), status: response.status });
    return response;
  };
  try {
    const query = gql('query Own { user(id: "horde:102") { id username } }');
    await createClient(served.uri).query({ query });
    const { data } = await createClient(served.uri).query({ query });
    expect(data).toMatchObject({ user: { id: 'horde:102' } });
  } finally {
    globalThis.fetch = usual;
  }

  expect(sent.map(({ query, status }) => [query === undefined ? 'hash' : 'text', status])).toEqual([
    ['hash', 404],
    ['text', 200],
    ['hash', 200],
  ]);
});

test('schema/possible-types.json is that of schema/schema.graphql', () => {
  const text = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

  expect(possibleTypes).toEqual(possibleTypesIn(buildSchema(text)));
});

const at = (data: unknown, path: readonly (string | number)[]): unknown =>
  // As the document asks for it.
  path.reduce((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], data);
