import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { CAST_PASSWORD } from '../../src/twins/mcsmanager/population.ts';
import { call, cookiesOf, type PanelReply } from '../fixtures/mcsmanager/client.ts';

const ada = cast.find(({ alias }) => alias === 'ada')?.mcsManager ?? '';
const bao = cast.find(({ alias }) => alias === 'bao')?.mcsManager ?? '';

const logIn = (twin: McsManagerTwin, username: string, password: string): Promise<PanelReply> =>
  call(twin, 'POST', '/auth/login', { body: { username, password } });

const namesOf = (twin: McsManagerTwin): unknown[] => [...twin.world.users.values()].map(({ userName }) => userName);

test('a session takes the place of a key until the panel restarts', async () => {
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 0 });
  const login = await logIn(twin, 'bao', CAST_PASSWORD);
  const headers = { cookie: cookiesOf(login) };

  expect(login.type).toBe('text/plain; charset=utf-8');
  expect(login.body.data).toMatch(/^[0-9a-f]{32}\d{13}$/);
  const own = await call(twin, 'GET', '/auth', { headers });
  expect(own.body.data).toMatchObject({ uuid: bao, token: login.body.data });
  const update = await call(twin, 'PUT', `/auth/update?token=${login.body.data}`, {
    headers,
    body: { passWord: 'Placeholder-1' },
  });
  expect(update).toMatchObject({ status: 200, body: { data: true } });

  twin.restart();
  expect(await call(twin, 'GET', '/auth', { headers })).toMatchObject({
    status: 403,
    body: { data: 'Insufficient Permissions' },
  });
});

test('a cookie that was tampered with is no session', async () => {
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 0 });
  const [session = '', signature = ''] = cookiesOf(await logIn(twin, 'bao', CAST_PASSWORD)).split('; ');
  const [name, value = ''] = session.split('=');
  const forged = Buffer.from(value, 'base64url').toString().replaceAll(bao, ada);

  const reply = await call(twin, 'GET', '/auth', {
    headers: { cookie: `${name}=${Buffer.from(forged).toString('base64url')}; ${signature}` },
  });

  expect(forged).toContain(ada);
  expect(reply).toMatchObject({ status: 403, body: { data: 'Insufficient Permissions' } });
});

test('a wrong password and an unknown name fail with two different sentences, both 500', async () => {
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 0 });

  const wrong = await logIn(twin, 'bao', 'wrong');
  const unknown = await logIn(twin, 'nobody', 'wrong');

  expect([wrong.status, unknown.status]).toEqual([500, 500]);
  expect(wrong.body.data).not.toBe(unknown.body.data);
});

test('two users of one name cannot log in unless they share the password too, and their keys go on working', async () => {
  await using twin = await mcsManagerTwin({ size: 9, hashMs: 0 });
  const stranger = [...twin.world.users.values()].at(-1);
  await call(twin, 'PUT', '/auth', {
    key: twin.keys.admin,
    body: { uuid: stranger?.uuid, config: { userName: 'bao', open2FA: false } },
  });

  expect(await logIn(twin, 'bao', CAST_PASSWORD)).toMatchObject({ status: 500 });
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.of(bao) })).toMatchObject({ status: 200 });
  if (stranger) stranger.password = CAST_PASSWORD;
  expect(await logIn(twin, 'bao', CAST_PASSWORD)).toMatchObject({ status: 200 });
});

test('eleven failed logins ban the address from logging in for ten minutes, and from nothing else', async () => {
  const clock = { now: 1_795_278_733_490 };
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 0, now: () => clock.now });
  for (let count = 0; count < 11; count += 1) expect((await logIn(twin, 'bao', 'wrong')).status).toBe(500);

  const banned = await logIn(twin, 'bao', CAST_PASSWORD);
  expect(banned.body.data).toBe('Too many attempts, your IP address has been banned for 10 minutes');
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.admin })).toMatchObject({ status: 200 });

  clock.now += 10 * 60_000;
  expect(await logIn(twin, 'bao', CAST_PASSWORD)).toMatchObject({ status: 200 });
});

test('whoever keeps cookies is limited to eight calls a second, with an admin key too', async () => {
  const clock = { now: 1_795_278_733_490 };
  await using twin = await mcsManagerTwin({ size: 8, now: () => clock.now });
  const jar = { cookie: '' };
  const step = async (): Promise<PanelReply> => {
    const reply = await call(twin, 'GET', '/instance', { key: twin.keys.admin, headers: jar });
    jar.cookie = cookiesOf(reply) || jar.cookie;
    return reply;
  };

  for (let count = 0; count < 8; count += 1) expect((await step()).status).toBe(400);
  expect(await step()).toMatchObject({
    status: 500,
    type: 'text/plain; charset=utf-8',
    body: { data: 'Too many requests, please try again later' },
  });
  expect(await call(twin, 'GET', '/auth/overview', { key: twin.keys.admin, headers: jar })).toMatchObject({ status: 200 });
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.admin, headers: jar })).toMatchObject({ status: 200 });
  clock.now += 1000;
  expect((await step()).status).toBe(400);
});

test('whoever keeps no cookies, or always the same old one, is never limited; the limit can be switched off', async () => {
  await using twin = await mcsManagerTwin({ size: 8, now: () => 0 });
  const old = cookiesOf(await call(twin, 'GET', '/instance', { key: twin.keys.admin }));
  const twenty = (headers: Record<string, string>): Promise<PanelReply[]> =>
    Promise.all(Array.from({ length: 20 }, () => call(twin, 'GET', '/instance', { key: twin.keys.admin, headers })));
  await using unlimited = await mcsManagerTwin({ size: 8, rateLimits: false });

  expect(new Set((await twenty({})).map(({ status }) => status))).toEqual(new Set([400]));
  expect(new Set((await twenty({ cookie: old })).map(({ status }) => status))).toEqual(new Set([400]));
  expect(cookiesOf(await call(unlimited, 'GET', '/instance', { key: unlimited.keys.admin }))).toBe('');
});

test('hashing a password holds up everybody, one hash after the other', async () => {
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 80 });
  const create = (username: string): Promise<PanelReply> =>
    call(twin, 'POST', '/auth', { key: twin.keys.admin, body: { username, password: 'Placeholder-1', permission: 1 } });
  await call(twin, 'GET', '/auth/status');
  const started = performance.now();

  const writes = Promise.all([create('one'), create('two')]);
  await expect.poll(() => namesOf(twin), { interval: 1 }).toContain('one');
  await call(twin, 'GET', '/auth/status');
  const read = performance.now() - started;
  await writes;

  expect(read).toBeGreaterThanOrEqual(75);
  expect(performance.now() - started).toBeGreaterThanOrEqual(155);
});
