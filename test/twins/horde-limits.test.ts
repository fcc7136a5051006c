import { expect, test } from 'vitest';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import { call, idsOf, refusalOf } from '../fixtures/ai-horde/call.ts';

const start = Date.UTC(2026, 10, 21);

/** A clock that stands until told. */
function createClock(): { now: () => number; pass: (seconds: number) => void } {
  let at = start;
  return {
    now: () => at,
    pass: (seconds) => {
      at += seconds * 1000;
    },
  };
}

async function times(count: number, send: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await send()).status);
  return statuses;
}

const kudosOf = async (twin: HordeTwin, what: string, key?: string): Promise<number> =>
  ((await call(twin, what, key === undefined ? {} : { key })).body as { kudos: number }).kudos;

function setKudos(twin: HordeTwin, id: number, kudos: number): void {
  const user = twin.world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  user.kudos = kudos;
}

test('the 61st read of one user within a minute is a 429 without rc; other users, methods and addresses are free', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });

  const statuses = await times(60, () => call(twin, 'GET /v2/users/103'));
  clock.pass(20);
  const over = await call(twin, 'GET /v2/users/103');

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect([over.status, over.body]).toEqual([429, { message: '60 per 1 minute' }]);
  expect(over.headers.get('retry-after')).toBe('40');
  expect(over.headers.get('x-ratelimit-reset')).toBe(String(start / 1000 + 60));
  expect((await call(twin, 'GET /v2/users/104')).status).toBe(200);
  expect(await refusalOf(twin, 'PUT /v2/users/103', { key: twin.keys.moderator, json: {} })).toBe('400 NoUserModSelected');
  expect((await call(twin, 'GET /v2/users/103', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(200);
});

test('a window is fixed: it ends a minute after its first request', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });

  await call(twin, 'GET /v2/users/103');
  clock.pass(59);
  await times(60, () => call(twin, 'GET /v2/users/103'));
  expect((await call(twin, 'GET /v2/users/103')).status).toBe(429);
  clock.pass(1);

  const fresh = await call(twin, 'GET /v2/users/103');
  expect([fresh.status, fresh.headers.get('x-ratelimit-remaining')]).toEqual([200, '59']);
});

test('all pages of the list share ninety a minute, and refused answers count', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });

  await times(45, () => call(twin, 'GET /v2/users?page=1'));
  await times(45, () => call(twin, 'GET /v2/users?page=nonsense'));

  expect((await call(twin, 'GET /v2/users?page=2')).body).toEqual({ message: '90 per 1 minute' });
  expect((await call(twin, 'GET /v2/find_user')).status).toBe(401);
});

test('one transfer a second for each key, and the shorter window is the one told of', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  const send = (id: number) =>
    call(twin, 'POST /v2/kudos/transfer', { key: twin.keys.of(id), json: { username: '107', amount: 1 } });

  const first = await send(103);

  expect(first.headers.get('x-ratelimit-limit')).toBe('1');
  expect([first.status, (await send(103)).status, (await send(104)).status]).toEqual([200, 429, 200]);
  clock.pass(1);
  expect((await send(103)).status).toBe(200);
});

test('an image style may be read twenty times an hour', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  const [style] = twin.world.styles.keys();

  const statuses = await times(21, async () => {
    clock.pass(2);
    return call(twin, `GET /v2/styles/image/${style}`);
  });

  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(statuses.at(-1)).toBe(429);
});

test('the heartbeat is exempt, and without limits nothing is', async () => {
  await using twin = await hordeTwin();
  await using free = await hordeTwin({ limits: false });

  expect((await call(twin, 'GET /v2/status/heartbeat')).headers.get('x-ratelimit-limit')).toBeNull();
  expect(new Set(await times(70, () => call(free, 'GET /v2/users/103')))).toEqual(new Set([200]));
});

test('a service account’s passkey lets path limits count its end user’s address', async () => {
  await using twin = await hordeTwin();
  const passkey = twin.world.users.get(105)?.proxyPasskey ?? '';
  const headers = { 'proxy-authorization': passkey, 'proxied-for': '203.0.113.9' };

  await call(twin, 'GET /v2/users/103');
  const proxied = await call(twin, 'GET /v2/users/103', { headers });
  const forged = await call(twin, 'GET /v2/users/103', { headers: { ...headers, 'proxy-authorization': 'guess' } });

  expect(proxied.headers.get('x-ratelimit-remaining')).toBe('59');
  expect(forged.headers.get('x-ratelimit-remaining')).toBe('58');
});

test('a single is up to 30 seconds old, separately for each privilege and spelling', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  setKudos(twin, 103, 100);
  await kudosOf(twin, 'GET /v2/users/103');
  setKudos(twin, 103, 200);

  expect(await kudosOf(twin, 'GET /v2/users/103')).toBe(100);
  expect(await kudosOf(twin, 'GET /v2/users/0103')).toBe(200);
  expect(await kudosOf(twin, 'GET /v2/users/103', twin.keys.moderator)).toBe(200);
  clock.pass(30);
  expect(await kudosOf(twin, 'GET /v2/users/103')).toBe(200);
});

test('a successful PUT drops the user’s answers; a transfer does not', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  await kudosOf(twin, 'GET /v2/users/104');
  const before = await kudosOf(twin, 'GET /v2/find_user', twin.keys.of(104));

  await call(twin, 'POST /v2/kudos/transfer', { key: twin.keys.of(103), json: { username: '104', amount: 10 } });
  expect(await kudosOf(twin, 'GET /v2/users/104')).toBe(before);
  await call(twin, 'PUT /v2/users/104', { key: twin.keys.admin, json: { kudos: 1 } });

  expect(await kudosOf(twin, 'GET /v2/users/104')).toBe(before + 11);
  expect(await kudosOf(twin, 'GET /v2/find_user', twin.keys.of(104))).toBe(before + 11);
});

test('the list is up to 310 seconds old, and no write drops it', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  const top = async (): Promise<number | undefined> => idsOf(await call(twin, 'GET /v2/users'))[0];
  const first = await top();
  await call(twin, 'PUT /v2/users/104', { key: twin.keys.admin, json: { kudos: 9_000_000_000 } });

  clock.pass(299);
  expect(await top()).toBe(first);
  clock.pass(9);
  expect(await top()).toBe(first);
  clock.pass(2);
  expect(await top()).toBe(104);
});

test('a mask sent with the list is everybody’s for ten seconds, with a single nobody else’s', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  const headers = { 'x-fields': 'id' };
  const fields = async (what: string): Promise<number> => {
    const { body } = await call(twin, what);
    return Object.keys(Array.isArray(body) ? body[0] : (body as object)).length;
  };

  await call(twin, 'GET /v2/users', { headers });
  await call(twin, 'GET /v2/users/103', { headers });

  expect(await fields('GET /v2/users')).toBe(1);
  expect(await fields('GET /v2/users/103')).toBeGreaterThan(10);
  clock.pass(10);
  expect(await fields('GET /v2/users')).toBeGreaterThan(10);
});

test('a shared key is up to a minute old', async () => {
  const clock = createClock();
  await using twin = await hordeTwin({ now: clock.now });
  const path = `/v2/sharedkeys/${twin.keys.shared}`;
  await call(twin, `GET ${path}`);

  await call(twin, `DELETE ${path}`, { key: twin.keys.of(101) });

  expect((await call(twin, `GET ${path}`)).status).toBe(200);
  clock.pass(60);
  expect((await call(twin, `GET ${path}`)).status).toBe(401);
});

test('making a shared key drops its owner’s answers', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.of(104);
  const held = async () => ((await call(twin, 'GET /v2/users/104', { key })).body as { sharedkey_ids: string[] }).sharedkey_ids;
  expect(await held()).toEqual([]);

  await call(twin, 'PUT /v2/sharedkeys', { key, json: {} });

  expect(await held()).toHaveLength(1);
});

test('with caches off every answer is of now', async () => {
  await using twin = await hordeTwin({ caches: false });
  await kudosOf(twin, 'GET /v2/users/103');
  await call(twin, 'GET /v2/users', { headers: { 'x-fields': 'id' } });

  setKudos(twin, 103, 9_000_000_000);

  expect(await kudosOf(twin, 'GET /v2/users/103')).toBe(9_000_000_000);
  expect((await call(twin, 'GET /v2/users')).body).toMatchObject([
    { id: 103, kudos: 9_000_000_000, contact: null },
    ...Array(24).fill({}),
  ]);
});
