import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway } from '../../examples/stitching/gateway.ts';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { type Listening, listen } from './listening.ts';
import { askRouter } from './routers.ts';

const reader = createKey();
const authorization = `Bearer ${reader.key}`;
const none = { horde: 0, mcsManager: 0, openWebUI: 0 };
const fifty = Array.from({ length: 50 }, (_, index) => `horde:${1_000 + index}`);

let rollcall: Rollcall;
let users: Listening;
let gateway: Listening;

beforeAll(async () => {
  rollcall = await startRollcall({
    size: 2_000,
    horde: { limits: false },
    config: (input) => ({ ...input, access: { keys: [{ name: 'reader', hash: reader.hash, scopes: ['read'] }] } }),
  });
  users = await listen(rollcall.app.handle);
  const wearers = { founder: ['horde:101'], everybody: fifty, mixed: ['horde:101', 'nobody', 'horde:999999'] };
  gateway = await listen(createGateway(`${users.url}/graphql`, wearers));
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
  await rollcall[Symbol.asyncDispose]();
});

async function ask(query: string, variables = {}, headers: Record<string, string> = { authorization }) {
  rollcall.calls();
  const answer = await askRouter({ url: `${gateway.url}/graphql` }, query, variables, headers);
  return { ...answer, cost: rollcall.calls() };
}

const operations = (): number => rollcall.logged.filter((line) => line.includes('"msg":"operation"')).length;

test('people lead to what the second schema adds to them', async () => {
  const { data, errors, cost } = await ask('{ user(id: "horde:101") { username badges { name } } }');

  expect(errors).toBeUndefined();
  expect(data).toEqual({ user: { username: 'ada#101', badges: [{ name: 'founder' }, { name: 'mixed' }] } });
  expect(cost).toEqual({ ...none, horde: 1 });
});

test('the second schema leads to 50 people in one operation, at the price of usersById of 50', async () => {
  const before = operations();
  const { data, errors, cost } = await ask('{ badge(name: "everybody") { members { id username permissions { role } } } }');

  expect(errors).toBeUndefined();
  expect(data).toEqual({
    badge: { members: fifty.map((id) => ({ id, username: expect.any(String), permissions: [{ role: expect.any(String) }] })) },
  });
  expect(cost).toEqual({ ...none, horde: 50 });
  expect(operations() - before).toBe(1);
});

test('one who is unknown or misspelt costs their own place', async () => {
  const { data, errors } = await ask('{ badge(name: "mixed") { members { id username } } }');

  expect(data).toEqual({
    badge: {
      members: [
        { id: 'horde:101', username: 'ada#101' },
        { id: 'nobody', username: null },
        { id: 'horde:999999', username: null },
      ],
    },
  });
  // The library names the field and leaves out the index.
  expect(errors).toMatchObject([{ path: ['badge', 'members', 'username'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('the caller’s own key decides what is seen', async () => {
  const query = '{ user(id: "webui:a1d00001-0000-4000-8000-000000000001") { openWebUI { username email } } }';

  const signedIn = await ask(query);
  const stranger = await ask(query, {}, {});

  expect(signedIn.data).toEqual({ user: { openWebUI: { username: expect.any(String), email: null } } });
  expect(signedIn.errors).toMatchObject([{ path: ['user', 'openWebUI', 'email'], extensions: { code: 'FORBIDDEN' } }]);
  expect(stranger.cost).toEqual(none);
});
