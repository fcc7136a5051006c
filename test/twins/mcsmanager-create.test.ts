import { expect, test } from 'vitest';
import { asAdmin, create, smallTwin } from '../fixtures/mcsmanager/writing.ts';

test('a created user is last in the list, with the time of now, nothing assigned and no key', async () => {
  await using twin = await smallTwin({ now: () => Date.UTC(2026, 10, 21, 16, 32, 13) });

  const reply = await create(twin, {});

  const user = [...twin.world.users.values()].at(-1);
  expect(reply.body.data).toEqual({ uuid: user?.uuid, userName: 'newcomer', permission: 1 });
  expect(user?.uuid).toMatch(/^[0-9a-f]{32}$/);
  expect(user).toMatchObject({
    registerTime: '11/21/2026, 4:32:13 PM',
    loginTime: '',
    instances: [],
    apiKey: '',
    open2FA: false,
  });
});

test.each([
  ['1', 1],
  [true, 1],
  [[], 0],
  ['1e1', 10],
  [1.5, 1.5],
  [-1, -1],
  [0, 0],
  [7, 7],
])('a new user may have the permission %j, which is %d', async (permission, stored) => {
  await using twin = await smallTwin();

  const reply = await create(twin, { permission });

  expect(reply.body.data).toMatchObject({ permission: stored });
  expect([...twin.world.users.values()].at(-1)?.permission).toBe(stored);
});

test.each([
  [{ username: '' }, 'Validator failed: "username" is required!'],
  [{ username: null }, 'Validator failed: "username" is required!'],
  [{ permission: null }, 'Validator failed: "permission" is required!'],
  [{ permission: 'admin' }, 'Validator failed: "permission" is not a number'],
  [{ username: 'ada' }, 'Username is already in use'],
  [{ password: 'Short-1' }, 'Invalid Password Format'],
  [{ password: 'no-upper-case-1' }, 'Invalid Password Format'],
  [{ password: `Aa1${'x'.repeat(34)}` }, 'Invalid Password Format'],
])('creating with %j is a 400 as plain text and creates nobody', async (given, data) => {
  await using twin = await smallTwin();

  const reply = await create(twin, given);

  expect(reply).toMatchObject({ status: 400, type: 'text/plain; charset=utf-8', body: { status: 400, data } });
  expect(twin.world.users.size).toBe(12);
});

test('creating without a body, or with one that is no JSON, finds no target', async () => {
  await using twin = await smallTwin();
  const none = { status: 400, body: { data: 'target is null' } };

  expect(await asAdmin(twin, 'POST', '/auth')).toMatchObject(none);
  expect(
    await asAdmin(twin, 'POST', '/auth', { text: '{"username":', headers: { 'content-type': 'application/json' } }),
  ).toMatchObject(none);
});

test('a form creates a user as well as JSON does', async () => {
  await using twin = await smallTwin();

  const reply = await asAdmin(twin, 'POST', '/auth', {
    text: 'username=by-form&password=Placeholder-1&permission=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect(reply).toMatchObject({ status: 200, body: { data: { userName: 'by-form', permission: 1 } } });
});

test('names differ by case, are not trimmed, and become text', async () => {
  await using twin = await smallTwin();

  expect(await create(twin, { username: 'ADA' })).toMatchObject({ status: 200 });
  expect(await create(twin, { username: ' ada' })).toMatchObject({ status: 200 });
  expect(await create(twin, { username: { a: 1 } })).toMatchObject({ body: { data: { userName: '[object Object]' } } });
});

test('of three who take one name at once, one gets it', async () => {
  await using twin = await smallTwin({ hashMs: 5 });

  const replies = await Promise.all([create(twin, {}), create(twin, {}), create(twin, {})]);

  expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  expect(twin.world.users.size).toBe(13);
});
