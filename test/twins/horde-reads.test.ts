import { expect, test } from 'vitest';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { newUser, newWorker } from '../../src/twins/horde/new-records.ts';
import { createWorld } from '../../src/twins/horde/world.ts';
import { call, idsOf, refusalOf } from '../fixtures/ai-horde/call.ts';

const privileged = ['evaluating_kudos', 'monthly_kudos', 'suspicious', 'admin_comment'];
const own = ['worker_ids', 'sharedkey_ids', 'active_generations', 'vpn', 'special', 'contact'];

const keysOf = (body: unknown): string[] => Object.keys(body as object);

test('strangers, owners and moderators see more in turn', async () => {
  await using twin = await hordeTwin();
  const ada = twin.world.users.get(101);
  if (!ada) throw new Error('no ada');
  ada.adminComment = 'keeps the harbour';

  const stranger = keysOf((await call(twin, 'GET /v2/users/101')).body);
  const other = keysOf((await call(twin, 'GET /v2/users/101', { key: twin.keys.of(103) })).body);
  const moderator = keysOf((await call(twin, 'GET /v2/users/101', { key: twin.keys.moderator })).body);
  const asSelf = keysOf((await call(twin, 'GET /v2/find_user', { key: twin.keys.of(101) })).body);

  expect(other).toEqual(stranger);
  expect(asSelf.filter((key) => !stranger.includes(key)).toSorted()).toEqual(own.toSorted());
  expect(moderator.filter((key) => !asSelf.includes(key)).toSorted()).toEqual(privileged.toSorted());
});

test('a leading zero is another spelling: readable, but nobody’s own', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.of(103);

  expect((await call(twin, 'GET /v2/users/103', { key })).body).toHaveProperty('sharedkey_ids');
  expect((await call(twin, 'GET /v2/users/0103', { key })).body).not.toHaveProperty('sharedkey_ids');
});

test('the list sends null where the single leaves the key out', async () => {
  await using twin = await hordeTwin();

  const list = (await call(twin, 'GET /v2/users')).body as Record<string, unknown>[];
  const single = (await call(twin, `GET /v2/users/${list[0]?.id}`)).body;

  expect(list[0]).toMatchObject({ contact: null, vpn: null, active_generations: {}, monthly_kudos: {} });
  for (const key of ['contact', 'vpn', 'active_generations', 'monthly_kudos']) expect(single).not.toHaveProperty(key);
  expect(single).toMatchObject({ usage: { megapixelsteps: null, requests: null } });
});

test('pages hold 25, below the first comes the first, past the end and past 10000 nothing', async () => {
  await using twin = await hordeTwin();
  const page = async (query: string): Promise<number[]> => idsOf(await call(twin, `GET /v2/users?${query}`));

  const first = await page('page=1');

  expect(first).toHaveLength(25);
  expect(await page('page=-3')).toEqual(first);
  expect(await page('page=5')).toHaveLength(20);
  expect(await page('page=6')).toEqual([]);
  expect(await page('page=10001')).toEqual([]);
});

test('an unknown sort means kudos, age means oldest first', async () => {
  await using twin = await hordeTwin();

  const kudos = idsOf(await call(twin, 'GET /v2/users'));
  const nonsense = idsOf(await call(twin, 'GET /v2/users?sort=nonsense'));
  const age = (await call(twin, 'GET /v2/users?sort=age')).body as { account_age: number }[];

  expect(nonsense).toEqual(kudos);
  expect(age.map((user) => user.account_age)).toEqual(age.map((user) => user.account_age).toSorted((a, b) => b - a));
});

test.each(['1.5', '', 'abc'])('page=%j is a fault of the parameter', async (page) => {
  await using twin = await hordeTwin();

  const { status, body } = await call(twin, `GET /v2/users?page=${page}`);

  expect(status).toBe(400);
  expect(body).toMatchObject({
    message: 'Input payload validation failed',
    errors: { page: expect.stringContaining(`'${page}'`) },
  });
});

test('users of equal kudos may come twice or never in a scan', async () => {
  const users = Array.from({ length: 60 }, (_, id) =>
    newUser({ id, alias: `u${id}`, apiKey: `k${id}`, createdAt: 0, kudos: 25 }),
  );
  await using shifting = await hordeTwin({ world: createWorld({ users }) });
  await using settled = await hordeTwin({ world: createWorld({ users }), shiftTies: false });
  const scan = async (twin: typeof shifting): Promise<number[]> =>
    (await Promise.all([1, 2, 3].map(async (page) => idsOf(await call(twin, `GET /v2/users?page=${page}`))))).flat();

  const shifted = await scan(shifting);

  expect(shifted).toHaveLength(60);
  expect(new Set(shifted).size).toBeLessThan(60);
  expect(new Set(await scan(settled)).size).toBe(60);
});

test('the list contains the anonymous, the flagged and those marked deleted', async () => {
  await using twin = await hordeTwin({ size: 12 });
  const chidi = twin.world.users.get(103);
  if (chidi) chidi.deleted = true;

  expect(idsOf(await call(twin, 'GET /v2/users'))).toEqual(expect.arrayContaining([0, 103, 108]));
  expect((await call(twin, 'GET /v2/users/103')).body).toMatchObject({ deleted: true });
});

test.each([
  ['GET /v2/users/2147483648', '404 UserNotFound'],
  ['GET /v2/users/abc', '404 UserNotFound'],
  ['GET /v2/users/-1', '404 UserNotFound'],
  ['GET /v2/find_user', '401 InvalidAPIKey'],
  ['GET /v2/sharedkeys/no-such-key', '401 InvalidAPIKey'],
  ['GET /v2/workers/no-such-worker', '404 WorkerNotFound'],
  ['GET /v2/teams/no-such-team', '404 TeamNotFound'],
  ['GET /v2/styles/image/no-such-style', '404 Image styleNotFound'],
  ['GET /v2/styles/text/no-such-style', '404 Text styleNotFound'],
])('%s is %s', async (what, refusal) => {
  await using twin = await hordeTwin();

  expect(await refusalOf(twin, what)).toBe(refusal);
});

test('an unknown key is 401 on a user, 404 on find_user with the key in the message, and nothing on workers and the list', async () => {
  await using twin = await hordeTwin();
  const key = 'nobody-has-this-one';
  const [worker] = twin.world.workers.keys();

  const found = await call(twin, 'GET /v2/find_user', { key });

  expect(await refusalOf(twin, 'GET /v2/users/101', { key })).toBe('401 InvalidAPIKey');
  expect(found.status).toBe(404);
  expect(found.text).toContain(key);
  expect((await call(twin, `GET /v2/workers/${worker}`, { key })).status).toBe(200);
  expect((await call(twin, 'GET /v2/users', { key })).status).toBe(200);
});

test('a shared key is unknown to users/{id}, and to find_user its owner’s public face', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.shared;

  const { body } = await call(twin, 'GET /v2/find_user', { key });

  expect(await refusalOf(twin, 'GET /v2/users/101', { key })).toBe('401 InvalidAPIKey');
  expect(body).toMatchObject({ username: 'ada#101 (Shared Key: Harbour club)', id: 101 });
  expect(body).not.toHaveProperty('contact');
});

test('of the anonymous account’s generations only one kind is told, and none by id', async () => {
  await using twin = await hordeTwin();
  const anonymous = twin.world.users.get(0);
  if (anonymous) anonymous.activeGenerations = { text: ['a'], image: ['b'] };

  const { body } = await call(twin, 'GET /v2/users/0', { key: twin.keys.anonymous });

  expect(body).toMatchObject({ active_generations: { text: [] } });
  expect(body).not.toHaveProperty('active_generations.image');
});

test('alchemists are neither counted nor named among a user’s workers', async () => {
  await using twin = await hordeTwin();

  const { body } = await call(twin, 'GET /v2/users/101', { key: twin.keys.moderator });

  expect([...twin.world.workers.values()].filter((worker) => worker.ownerId === 101)).toHaveLength(3);
  expect(body).toMatchObject({ worker_count: 2, worker_ids: { length: 2 } });
});

test('numbers are written as Python writes them, and letters beyond ASCII as escapes', async () => {
  await using twin = await hordeTwin();
  const chidi = twin.world.users.get(103);
  if (!chidi) throw new Error('no chidi');
  Object.assign(chidi, { kudos: 1e16, alias: 'żuk' });

  const { text } = await call(twin, 'GET /v2/users/103');

  expect(text).toContain('"username": "\\u017cuk#103"');
  expect(text).toContain('"kudos": 1e+16,');
  expect(text).toContain('"accumulated": 130345.0, "gifted": -124.0, "donated": 0,');
  expect(text.endsWith('}\n')).toBe(true);
});

test('a moderator’s monthly kudos hold the moderators’ share, and the date is no ISO date', async () => {
  await using twin = await hordeTwin();

  const { body } = await call(twin, 'GET /v2/users/102', { key: twin.keys.moderator });

  expect(body).toMatchObject({ monthly_kudos: { amount: 301_000, last_received: 'Mon, 12 May 2025 18:00:00 -0000' } });
});

test.each([
  ['id,kudos', ['id', 'kudos']],
  ['{kudos,id}', ['kudos', 'id']],
  ['id,nonsense', ['id']],
])('the mask %s leaves %j', async (mask, kept) => {
  await using twin = await hordeTwin();

  expect(keysOf((await call(twin, 'GET /v2/users/101', { headers: { 'x-fields': mask } })).body)).toEqual(kept);
});

test('a star in a mask stands for all the others', async () => {
  await using twin = await hordeTwin();

  const whole = (await call(twin, 'GET /v2/users/101')).body;
  const { body } = await call(twin, 'GET /v2/users/101', { headers: { 'x-fields': 'records{usage},*' } });

  expect(keysOf(body).toSorted()).toEqual(keysOf(whole).toSorted());
  expect(keysOf((body as { records: object }).records)).toEqual(['usage']);
});

test.each(['{id', 'id{kudos', 'id}', ',id', '{{id}}'])('the mask %j is a fault', async (mask) => {
  await using twin = await hordeTwin();

  const { status, text } = await call(twin, 'GET /v2/users/101', { headers: { 'x-fields': mask } });

  expect(status).toBe(400);
  expect(text).toContain('Mask parse error: ');
});

test('the list of workers holds those online, a single one answers offline too', async () => {
  await using twin = await hordeTwin();
  const offline = [...twin.world.workers.values()].find((worker) => !worker.online);

  const list = (await call(twin, 'GET /v2/workers')).body as { id: string }[];

  expect(list.map((worker) => worker.id)).not.toContain(offline?.id);
  expect((await call(twin, `GET /v2/workers/${offline?.id}`)).body).toMatchObject({ online: false });
});

test('whose a worker is, strangers see only if the owner says so; contact and address only moderators', async () => {
  await using twin = await hordeTwin();
  const worker = newWorker({ id: 'w-1', type: 'image', ownerId: 104, name: 'dunja’s own', models: [] });
  twin.world.workers.set(worker.id, worker);

  const stranger = (await call(twin, 'GET /v2/workers/w-1')).body;
  const owner = (await call(twin, 'GET /v2/workers/w-1', { key: twin.keys.of(104) })).body;
  const moderator = (await call(twin, 'GET /v2/workers/w-1', { key: twin.keys.moderator })).body;
  const open = (await call(twin, 'GET /v2/workers/name/chidi-3060')).body;

  expect(owner).toEqual(stranger);
  expect(stranger).not.toHaveProperty('owner');
  expect(stranger).toMatchObject({ team: { name: null, id: null } });
  expect(open).toMatchObject({ owner: 'chidi#103', messages: [] });
  expect(open).not.toHaveProperty('contact');
  expect(moderator).toMatchObject({ owner: 'dunja#104', contact: 'dunja@harbour.example', paused: false });
});

test('a team is open to those without a key and shut to a key that is no moderator’s', async () => {
  await using twin = await hordeTwin();
  const [team] = twin.world.teams.keys();
  const path = `GET /v2/teams/${team}`;

  expect((await call(twin, path)).body).toMatchObject({ creator: 'ada#101', worker_count: 2 });
  expect(await refusalOf(twin, path, { key: twin.keys.of(103) })).toBe('403 NotModerator');
  expect((await call(twin, path, { key: twin.keys.moderator })).status).toBe(200);
  expect((await call(twin, 'GET /v2/teams')).body).toMatchObject([{ name: 'Harbour' }]);
});

test('a private style is open to whoever has its id, and shows the shared key’s id', async () => {
  await using twin = await hordeTwin();
  const hidden = [...twin.world.styles.values()].find((style) => !style.public);

  const { body } = await call(twin, `GET /v2/styles/image/${hidden?.id}`);

  expect(body).toMatchObject({ public: false, shared_key: { id: twin.keys.shared } });
  expect(await refusalOf(twin, `GET /v2/styles/text/${hidden?.id}`)).toBe('400 BadRequest');
});

test('paths outside the API are answered in HTML, wrong methods in JSON with the right ones', async () => {
  await using twin = await hordeTwin();

  const slash = await call(twin, 'GET /v2/users/');
  const post = await call(twin, 'POST /v2/users/3');

  expect([slash.status, slash.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'OPTIONS, HEAD, DELETE, GET, PUT']);
  expect(post.headers.get('access-control-allow-origin')).toBe('*');
});
