import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { kinds } from '../../src/sources/registry.ts';
import type { TwinServer } from '../../src/twins/server.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { toy } from './index.ts';
import { startRegister } from './register.ts';

let register: TwinServer;
let rollcall: Rollcall;

beforeAll(async () => {
  register = await startRegister();
  rollcall = await startRollcall({
    size: 12,
    // The one line.
    kinds: [...kinds, toy],
    config: ({ sources }) => ({
      sources: [...sources, { id: 'club', kind: 'TOY', url: register.url }],
      links: [['club:ada', `webui:${cast[0]?.openWebUI}`]],
    }),
  });
});

afterAll(async () => {
  await rollcall[Symbol.asyncDispose]();
  await register.close();
});

const ask = async (query: string) => {
  register.forget();
  const { data, errors } = await rollcall.askText(query);
  expect(errors).toBeUndefined();
  return data;
};

test('a person on it is asked for by id, with every shared facet that it knows, in one request', async () => {
  const data = await ask(`{
    user(id: "club:zoe") {
      id username kudos isActive kudosDetails { accumulated } permissions { role nativeRole }
      accounts { __typename id nativeId username source { id kind kindName } }
    }
  }`);

  expect(data?.user).toEqual({
    id: 'club:zoe',
    username: 'Zoe A.',
    kudos: 7,
    isActive: true,
    kudosDetails: null,
    permissions: [{ role: 'USER', nativeRole: 'member' }],
    accounts: [
      {
        __typename: 'OtherAccount',
        id: 'club:zoe',
        nativeId: 'zoe',
        username: 'Zoe A.',
        source: { id: 'club', kind: 'OTHER', kindName: 'Toy register' },
      },
    ],
  });
  expect(register.requests).toHaveLength(1);
});

test('an account on it is a node with a type of its own', async () => {
  const data = await ask(
    '{ node(id: "club:zoe") { __typename ... on OtherAccount { id username } } gone: node(id: "club:nobody") { id } }',
  );

  expect(data).toEqual({ node: { __typename: 'OtherAccount', id: 'club:zoe', username: 'Zoe A.' }, gone: null });
});

test('it is listed beside the others, walked, searched and found by name', async () => {
  const data = await ask(`{
    sources { id kind reachable version }
    users(source: "club") { totalCount pageInfo { hasNextPage } edges { node { id username } } }
    searchUsers(query: "Ada", sources: ["webui", "club"]) { users { id } sources { source { id } outcome } }
    userByUsername(username: "Zoe A.", source: "club") { id }
  }`);

  expect(data?.sources).toContainEqual({ id: 'club', kind: 'OTHER', reachable: true, version: '1' });
  expect(data?.users).toEqual({
    totalCount: 2,
    pageInfo: { hasNextPage: false },
    edges: [{ node: { id: 'club:ada', username: 'Ada L.' } }, { node: { id: 'club:zoe', username: 'Zoe A.' } }],
  });
  expect(data?.searchUsers).toMatchObject({
    users: [{ id: 'club:ada' }],
    sources: [{ outcome: 'ANSWERED' }, { outcome: 'ANSWERED' }],
  });
  expect(data?.userByUsername).toEqual({ id: 'club:zoe' });
});

test('its accounts are linked to others like any', async () => {
  const data = await ask(
    `{ user(id: "webui:${cast[0]?.openWebUI}") { id username kudos openWebUI { email } accounts { __typename } } }`,
  );

  expect(data?.user).toEqual({
    id: 'club:ada',
    username: 'Ada L.',
    kudos: 12,
    openWebUI: { email: 'ada@harbour.example' },
    accounts: [{ __typename: 'OtherAccount' }, { __typename: 'OpenWebUIAccount' }],
  });
});

test('ids that it cannot have are refused in its name', async () => {
  const { errors } = await rollcall.askText('{ user(id: "club:N0") { id } }');

  expect(errors).toMatchObject([
    { message: '"N0" cannot be the id of an account on club (Toy register).', extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
