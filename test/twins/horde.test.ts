import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import { newUser } from '../../src/twins/horde/new-records.ts';
import { call, idsOf } from '../fixtures/ai-horde/call.ts';

const castIds = cast.flatMap((member) => member.horde ?? []);

/** Every page of the list until an empty one. */
async function walk(twin: HordeTwin, sort: string): Promise<number[]> {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const found = idsOf(await call(twin, `GET /v2/users?sort=${sort}&page=${page}`));
    if (found.length === 0) return ids;
    ids.push(...found);
  }
}

test('the same seed gives the same users, and another seed others', async () => {
  const now = (): number => Date.UTC(2026, 10, 21);
  await using one = await hordeTwin({ seed: 7, now });
  await using same = await hordeTwin({ seed: 7, now });
  await using other = await hordeTwin({ seed: 8, now });

  const [first, second, third] = await Promise.all([one, same, other].map((twin) => call(twin, 'GET /v2/users?page=2')));

  expect(second?.text).toBe(first?.text);
  expect(third?.text).not.toBe(first?.text);
});

test('there are as many users as asked for, and the cast is always among them', async () => {
  await using usual = await hordeTwin({ shiftTies: false });
  await using small = await hordeTwin({ size: 12 });

  expect((await walk(usual, 'age')).length).toBe(120);
  expect(new Set(await walk(usual, 'kudos')).size).toBe(120);
  expect(new Set(await walk(small, 'age'))).toEqual(new Set([0, 1, 2, 3, 4, ...castIds]));
});

test('each member of the cast is what they are across the community', async () => {
  await using twin = await hordeTwin();

  const seen = await Promise.all(castIds.map((id) => call(twin, `GET /v2/users/${id}`, { key: twin.keys.moderator })));

  const shown = seen.map(({ body }) => body as Record<string, unknown>);
  expect(shown.map((user) => user.username)).toEqual([
    'ada#101',
    'bao#102',
    'chidi#103',
    'dunja#104',
    'emre#cloud#105',
    'gus#107',
    'hex#108',
  ]);
  expect(shown.filter((user) => user.moderator).map((user) => user.id)).toEqual([101, 102]);
  expect(shown.filter((user) => user.flagged).map((user) => user.id)).toEqual([108]);
  expect(shown.filter((user) => user.pseudonymous).map((user) => user.id)).toEqual([107]);
  expect(shown.filter((user) => 'active_generations' in user).map((user) => user.id)).toEqual([101, 103, 104]);
  expect(shown.filter((user) => 'proxy_passkey' in user).map((user) => user.id)).toEqual([105]);
});

test('each key opens its own account', async () => {
  await using twin = await hordeTwin();
  const { keys } = twin;

  const owners = await Promise.all(
    [keys.anonymous, keys.admin, keys.moderator, keys.of(103), keys.of(50)].map((key) =>
      call(twin, 'GET /v2/find_user', { key }),
    ),
  );

  expect(owners.map(({ body }) => (body as { id: number }).id)).toEqual([0, 1, 2, 103, 50]);
});

test('every secret holds the canary', async () => {
  await using twin = await hordeTwin({ canary: 'CANARY', size: 400 });
  const { world, keys } = twin;
  await call(twin, 'PUT /v2/users/105', { key: keys.of(105), json: { generate_proxy_passkey: true } });

  const users = world.users.all().filter((user) => user.id !== 0);
  const secrets = users.flatMap((user) => [user.apiKey, user.proxyPasskey ?? []].flat());

  expect(secrets.length).toBeGreaterThan(users.length);
  expect(secrets.filter((secret) => !secret.includes('CANARY'))).toEqual([]);
});

test('what a test changes in the world is what the twin then tells', async () => {
  await using twin = await hordeTwin({ caches: false });
  const { users } = twin.world;
  const chidi = users.get(103);
  if (!chidi) throw new Error('no chidi');

  chidi.alias = 'chidi again';
  chidi.kudos = 999_999_999;
  users.add(newUser({ id: 5000, alias: 'late', apiKey: 'a key of my own', createdAt: Date.now() }));
  users.remove(104);

  expect((await call(twin, 'GET /v2/users/103')).body).toMatchObject({ username: 'chidi again#103', kudos: 999_999_999 });
  expect(idsOf(await call(twin, 'GET /v2/users'))[0]).toBe(103);
  expect((await call(twin, 'GET /v2/find_user', { key: 'a key of my own' })).body).toMatchObject({ username: 'late#5000' });
  expect((await call(twin, 'GET /v2/users/104')).status).toBe(404);
});

test('a hundred thousand users are there at once and cost nothing to page through', async () => {
  const started = performance.now();
  await using twin = await hordeTwin({ size: 100_000 });
  const ready = performance.now() - started;

  const asked = performance.now();
  const page = await call(twin, 'GET /v2/users?page=2000');
  const answered = performance.now() - asked;

  expect(idsOf(page)).toHaveLength(25);
  expect(twin.world.users.size).toBe(100_000);
  expect(ready).toBeLessThan(3000);
  expect(answered).toBeLessThan(500);
});

test('a scripted fault comes before the answer, and the request is on record', async () => {
  await using twin = await hordeTwin({ faults: [{ path: '/api/v2/users/3', times: 1, fault: { kind: 'reply', status: 503 } }] });

  const first = await call(twin, 'GET /v2/users/3');
  const second = await call(twin, 'GET /v2/users/3');

  expect([first.status, second.status]).toEqual([503, 200]);
  expect(twin.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v2/users/3', 'GET /api/v2/users/3']);
});
