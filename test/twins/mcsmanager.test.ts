import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { addUser } from '../../src/twins/mcsmanager/world.ts';
import { call } from '../fixtures/mcsmanager/client.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';
const ada = cast.find(({ alias }) => alias === 'ada')?.mcsManager ?? '';

const WRONG_KEY = { status: 403, type: 'text/plain; charset=utf-8', body: { status: 403, data: 'Incorrect key' } };

test('every answer is the envelope with the version in a header, and a text is typed as plain though it is JSON', async () => {
  await using twin = await mcsManagerTwin({ now: () => 1_795_278_733_490 });

  const status = await call(twin, 'GET', '/auth/status');
  const missing = await call(twin, 'GET', '/auth/nothing');

  expect(status.headers.get('x-version')).toBe('10.18.2');
  expect(status.type).toBe('application/json; charset=utf-8');
  expect(status.body).toEqual({
    status: 200,
    data: { isInstall: true, language: 'en_us', settings: { businessMode: false, businessId: '' } },
    time: 1_795_278_733_490,
  });
  expect(missing.headers.get('x-version')).toBe('10.18.2');
  expect(missing.type).toBe('text/plain; charset=utf-8');
  expect(missing.body).toEqual({ status: 404, data: '[404] Not Found', time: 1_795_278_733_490 });
});

test('the case of a path and a slash at its end make no difference', async () => {
  await using twin = await mcsManagerTwin();

  const replies = await Promise.all(
    ['/auth', '/auth/', '/AUTH/', '/Auth'].map((path) => call(twin, 'GET', path, { key: twin.keys.admin })),
  );

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test('a wrong method is a 500 without data that names the right ones, and HEAD goes where GET goes', async () => {
  await using twin = await mcsManagerTwin();

  const patch = await call(twin, 'PATCH', '/auth', { body: {} });
  const head = await fetch(`${twin.apiUrl}/auth/status`, { method: 'HEAD' });

  expect(patch).toMatchObject({ status: 500, type: 'text/plain; charset=utf-8', body: { status: 500, data: null } });
  expect(patch.headers.get('allow')).toBe('HEAD, GET, POST, PUT, DELETE');
  expect(head.status).toBe(200);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(50);
  expect(await head.text()).toBe('');
});

test('the own record needs X-Requested-With even with a key; without it there is no such page', async () => {
  await using twin = await mcsManagerTwin();

  const reply = await call(twin, 'GET', '/auth/', { key: twin.keys.admin, headers: { 'x-requested-with': '' } });

  expect(reply).toMatchObject({ status: 404, body: { data: '[404] Not Found' } });
});

test('a wrong key, a badly formed one and one that is too weak get the same refusal', async () => {
  await using twin = await mcsManagerTwin();
  const path = '/auth/search?page=1&page_size=1';

  expect(await call(twin, 'GET', path, { key: 'f'.repeat(32) })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', path, { key: 'no spaces, please' })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', `${path}&apikey=${twin.keys.admin}&apikey=${twin.keys.admin}`)).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', path, { key: twin.keys.of(chidi) })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', path, { key: twin.keys.of(ada) })).toMatchObject({ status: 200 });
});

test('a key shared by two users opens nothing for either', async () => {
  await using twin = await mcsManagerTwin();
  addUser(twin.world, { uuid: '1'.repeat(32), userName: 'double', apiKey: twin.keys.of(chidi) });

  expect(await call(twin, 'GET', '/auth', { key: twin.keys.of(chidi) })).toMatchObject(WRONG_KEY);
});

test('a key is checked on the public route too: a guest passes there, a banned user and a wrong key do not', async () => {
  await using twin = await mcsManagerTwin();
  addUser(twin.world, { uuid: '2'.repeat(32), userName: 'guest', permission: 0, apiKey: 'guest-key' });

  expect(await call(twin, 'GET', '/auth/status', { key: 'guest-key' })).toMatchObject({ status: 200 });
  expect(await call(twin, 'GET', '/auth', { key: 'guest-key' })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', '/auth/status', { key: twin.keys.banned })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.banned })).toMatchObject(WRONG_KEY);
  expect(await call(twin, 'GET', '/auth/status', { key: 'nobody' })).toMatchObject(WRONG_KEY);
});

test('without a key the sentence depends on X-Requested-With and on the token; a bearer token counts as no key', async () => {
  await using twin = await mcsManagerTwin();
  const path = '/auth/search?page=1&page_size=1';
  const sentenceFor = async (query: string, headers: Record<string, string>): Promise<unknown> => {
    const reply = await call(twin, 'GET', path + query, { headers });
    return [reply.status, reply.body.data];
  };

  const notAjax = [403, 'Unable to find the request header: x-requested-with: xmlhttprequest'];
  expect(await sentenceFor('', { 'x-requested-with': '' })).toEqual(notAjax);
  expect(await sentenceFor('', { 'x-requested-with': '', authorization: `Bearer ${twin.keys.admin}` })).toEqual(notAjax);
  expect(await sentenceFor('', {})).toEqual([403, 'Insufficient Permissions']);
  expect(await sentenceFor('&token=made-up', {})).toEqual([403, 'Token validation failed, access denied']);
});

test('the header decides whether, the query decides as whom', async () => {
  await using twin = await mcsManagerTwin();

  const asChidi = await call(twin, 'GET', `/auth?apikey=${twin.keys.of(chidi)}`, { key: twin.keys.admin });
  const asNobody = await call(twin, 'GET', '/auth?apikey=wrong', { key: twin.keys.of(chidi) });

  expect(asChidi).toMatchObject({ status: 200, body: { data: { uuid: chidi, permission: 1 } } });
  expect(asNobody).toMatchObject({ status: 500, body: { data: 'The UID does not exist' } });
});

test('with keys switched off even a wrong key hears of the switch; with ONLY_ADMIN everybody but admins does', async () => {
  const off = 'API key creation feature is not enabled';
  await using twin = await mcsManagerTwin({ enableApiKey: false });

  expect(await call(twin, 'GET', '/auth', { key: twin.keys.admin })).toMatchObject({ status: 403, body: { data: off } });
  expect(await call(twin, 'GET', '/auth', { key: 'wrong' })).toMatchObject({ status: 403, body: { data: off } });

  twin.world.settings.enableApiKey = 'ONLY_ADMIN';
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.admin })).toMatchObject({ status: 200 });
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.of(chidi) })).toMatchObject({ status: 403, body: { data: off } });
});

test('refusals are in the language of the panel, the validator’s sentences are not', async () => {
  await using twin = await mcsManagerTwin({ language: 'zh_cn' });

  expect(await call(twin, 'GET', '/auth', { key: 'wrong' })).toMatchObject({ status: 403, body: { data: '密钥不正确' } });
  expect(await call(twin, 'GET', '/auth/search?page=1', { key: twin.keys.admin })).toMatchObject({
    status: 400,
    body: { data: 'Validator failed: "page_size" is required!' },
  });
  expect(await call(twin, 'GET', '/auth/status')).toMatchObject({ body: { data: { language: 'zh_cn' } } });
});

test('rights go by "at least", and a text that looks like a number counts', async () => {
  await using twin = await mcsManagerTwin();
  const allowed = async (permission: unknown): Promise<number[]> => {
    addUser(twin.world, { uuid: '3'.repeat(32), userName: 'odd', permission, apiKey: 'odd-key' });
    const own = await call(twin, 'GET', '/auth', { key: 'odd-key' });
    const all = await call(twin, 'GET', '/auth/overview', { key: 'odd-key' });
    return [own.status, all.status];
  };

  expect(await allowed(5)).toEqual([200, 403]);
  expect(await allowed(11)).toEqual([200, 200]);
  expect(await allowed('10')).toEqual([200, 200]);
  expect(await allowed('boss')).toEqual([403, 403]);
});
