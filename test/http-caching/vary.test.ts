import { expect, test } from 'vitest';
import { actorKeys, castActors, plantCanaries } from '../access/actors.ts';
import { everywhere, keysAt } from '../access/people.ts';
import { createRandom } from '../edge/random-operations.ts';
import { type Got, getFrom, pathOf, startGetting, telling } from './getting.ts';
import { leafPaths } from './leaf-paths.ts';

const ada = everywhere('ada');
const chidi = everywhere('chidi');
const ids = [ada, chidi].flatMap(({ horde, mcsManager, openWebUI }) => [
  ...[`horde:${horde}`, `mcsmanager:${mcsManager}`, `webui:${openWebUI}`],
]);

const seed = 20_261_122;

/** Under what a cache would find this answer again. */
const keyOf = (query: string, { vary }: Got, headers: Readonly<Record<string, string>>): string =>
  JSON.stringify([pathOf(query), vary.map((name) => [name, { ...telling, ...headers }[name as 'accept'] ?? null])]);

test('of queries for every field of people by seven callers no two answers that differ are found under one key', async () => {
  await using getting = await startGetting({
    size: 8,
    horde: { limits: false, shiftTies: false },
    mcsManager: { rateLimits: false },
    config: (input) => ({ ...input, access: { keys: actorKeys } }),
  });
  const { rollcall } = getting.keeping;
  plantCanaries(rollcall.community);
  // Nobody, a reader, and every second of the others: each sort of header comes with somebody.
  const actors = castActors(rollcall.community).filter((_, index) => index === 1 || index % 2 === 0);
  expect(actors).toHaveLength(7);
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const paths = leafPaths(rollcall.app.schema, 'User', 3);
  // Each once by itself, or beside another one.
  const queries = paths.map((path) => {
    const selection = random() < 0.3 ? `{ a: __typename ${path} b: id ... on User { ${pick(paths)} } }` : `{ ${path} }`;
    return random() < 0.8
      ? `{ user(id: "${pick(ids)}") ${selection} }`
      : `{ users(source: "${pick(['horde', 'mcsmanager', 'webui'])}", first: 2) { edges { node ${selection} } } }`;
  });
  const seen = { public: 0, private: 0, differing: 0 };

  for (const query of queries) {
    const kept = new Map<string, string>();
    const told = new Set<string>();
    for (const { name, headers } of actors) {
      const got = await getting.get(query, headers);
      if (got.control === 'no-store') continue;
      expect(got).toMatchObject({
        status: 200,
        control: expect.stringMatching(/^(public|private), max-age=[1-9]\d*, must-revalidate$/),
      });
      expect(JSON.parse(got.text)).toEqual({ data: expect.anything() });
      const isPublic = got.control?.startsWith('public') === true;
      if (isPublic) expect(name).toBe('nobody');
      // What holds credentials, and what only the privileged may see, lies nowhere.
      expect(got.text).not.toMatch(/CANARY-horde-/);
      const key = keyOf(query, got, headers);
      expect(kept.get(key) ?? got.text).toBe(got.text);
      kept.set(key, got.text);
      told.add(got.text);
      seen[isPublic ? 'public' : 'private'] += 1;
    }
    if (told.size > 1) seen.differing += 1;
  }

  expect(paths.length).toBeGreaterThan(300);
  expect(seen.public).toBeGreaterThan(30);
  expect(seen.private).toBeGreaterThan(500);
  expect(seen.differing).toBeGreaterThan(30);
}, 180_000);

test('whatever decides what is answered is named, each key for each source too', async () => {
  await using getting = await startGetting({ size: 6 });

  const { vary } = await getting.get('{ user(id: "horde:101") { username } }');

  expect(vary).toEqual([
    ...['authorization', 'x-rollcall-key', 'x-source-key-horde', 'x-source-key-mcsmanager', 'x-source-key-webui'],
    ...['accept', 'x-rollcall-debug', 'apollo-require-preflight', 'x-apollo-operation-name', 'x-requested-with', 'content-type'],
  ]);
});

test.for([
  ['one', ['https://a.example']],
  ['several', ['https://a.example', 'https://b.example']],
] as const)('where pages of %s other origin may ask, answers vary by it whether or not one is named', async ([, corsOrigins]) => {
  await using getting = await startGetting({ size: 6, config: (input) => ({ ...input, edge: { corsOrigins } }) });
  const query = '{ user(id: "horde:101") { username } }';

  const [named, unnamed] = [await getting.get(query, { origin: 'https://a.example' }), await getting.get(query)];

  expect(named.headers.get('access-control-allow-origin')).toBe('https://a.example');
  expect(unnamed.headers.get('access-control-allow-origin')).toBeNull();
  for (const { vary, control } of [named, unnamed]) {
    expect(control).toMatch(/max-age=30/);
    expect(vary.filter((name) => name === 'origin')).toHaveLength(1);
    expect(vary).toContain('authorization');
  }
});

test('anonymous callers whom the service’s key answers share with nobody; where nothing is kept, nobody else keeps it', async () => {
  const query = `{ user(id: "webui:${ada.openWebUI}") { username } }`;
  const asked = async (more: object) => {
    await using getting = await startGetting({
      size: 6,
      config: (input) => ({ ...input, access: { keys: actorKeys, anonymous: ['read'] }, ...more }),
    });
    return (await getting.get(query)).control;
  };

  expect(await asked({})).toBe('private, max-age=30, must-revalidate');
  expect(await asked({ cache: { enabled: false } })).toBe('no-store');
});

test('a key for a source that is not asked makes the answer private, though nobody has checked it and it shows no more', async () => {
  await using getting = await startGetting({ size: 6, config: (input) => ({ ...input, access: { keys: actorKeys } }) });
  const query = '{ user(id: "horde:101") { kudos accounts { id } } }';
  const panel = keysAt(getting.keeping.rollcall.community).panel(ada.mcsManager);

  const [without, withKey] = [await getFrom(`${getting.url}${pathOf(query)}`), await getting.get(query, panel)];

  expect(without.control).toMatch(/^public/);
  expect(withKey.control).toMatch(/^private/);
  expect(withKey.text).toBe(without.text);
  expect(without.text).not.toContain(ada.mcsManager);
});
