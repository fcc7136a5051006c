import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { actorKeys, castActors } from '../access/actors.ts';
import { everywhere, keysAt } from '../access/people.ts';
import { startCachingProxy } from './caching-proxy.ts';
import { type Getting, getFrom, pathOf, startGetting } from './getting.ts';

const { openWebUI: person } = everywhere('ada');
const writer = createKey();
const keys = [...actorKeys, { name: 'writer', hash: writer.hash, scopes: ['read', 'read:private', 'write'] }];

/** Fields that say when they were read, with the seconds for which each is fresh, and for which it may be shown beyond that. */
const fields = {
  name: { asked: 'name', fresh: 30, beyond: 120 },
  bio: { asked: 'bio', fresh: 30, beyond: 120 },
  gender: { asked: 'gender', fresh: 10, beyond: 20 },
  // Rows of a list are shown for as long as their page is.
  status: { asked: 'status { message }', fresh: 5, beyond: 5 },
} as const;
type Field = keyof typeof fields;

/** Everything that an Open WebUI tells of its people says when it was written. */
function stamp({ keeping }: Getting): void {
  const { users } = keeping.rollcall.community.openWebUI.world;
  const at = String(keeping.now());
  const stamped = (field: Field): string => `${field}@${at}`;
  for (const { id } of users.inserted()) {
    users.change(id, {
      name: stamped('name'),
      bio: stamped('bio'),
      gender: stamped('gender'),
      status_message: stamped('status'),
    });
  }
}

const start = () => startGetting({ size: 6, config: (input) => ({ ...input, access: { keys } }) });

const asking = fc.record({
  pass: fc.constantFrom(0, 0, 1, 2, 4, 7),
  caller: fc.nat(3),
  wanted: fc.constantFrom<Field[]>(['name'], ['name'], ['name', 'bio'], ['name', 'gender'], ['status']),
  list: fc.constantFrom(false, false, true),
});

const rounds = 30;

test(`in ${rounds} random afternoons a browser's cache shows nothing older than it is fresh, and nobody what another may see`, async () => {
  await using getting = await start();
  const { keeping, url } = getting;
  await using proxy = await startCachingProxy({ target: url, shared: false, now: keeping.now });
  const [, reader, keeper] = castActors(keeping.rollcall.community);
  const own = keysAt(keeping.rollcall.community).webui(person);
  const callers = [reader?.headers, keeper?.headers, own, { 'x-rollcall-key': writer.key }];
  const seen = { hits: 0, stamps: 0, oldest: 0 };

  const property = fc.asyncProperty(fc.array(asking, { minLength: 15, maxLength: 30 }), async (askings) => {
    for (const { pass, caller, wanted, list } of askings) {
      keeping.pass(pass);
      stamp(getting);
      const selected = wanted.map((name) => fields[name].asked).join(' ');
      const query = list
        ? `{ openWebUIAccounts(first: 3) { edges { node { ${selected} } } } }`
        : `{ user(id: "webui:${person}") { openWebUI { ${selected} } } }`;

      const { text, headers } = await getFrom(`${proxy.url}${pathOf(query)}`, callers[caller]);

      const isHit = headers.get('x-cache') === 'hit';
      seen.hits += isHit ? 1 : 0;
      for (const [, field = '', at] of text.matchAll(/"(name|bio|gender|status)@(\d+)"/g)) {
        const age = (keeping.now() - Number(at)) / 1_000;
        // One of the names that the pattern has.
        const { fresh, beyond } = fields[field as Field];
        expect(age).toBeLessThan(isHit ? fresh : fresh + beyond + 0.001);
        if (isHit) seen.oldest = Math.max(seen.oldest, age);
        seen.stamps += 1;
      }
      // The reader holds no `read:private`, and Ada asks as nobody special.
      if (caller === 0) expect(text).not.toContain('gender@');
    }
  });
  await fc.assert(property, { numRuns: rounds, endOnFailure: true });

  expect(seen.hits).toBeGreaterThan(rounds);
  expect(seen.stamps).toBeGreaterThan(rounds * 4);
  // What was kept in Rollcall first and in the browser then is nearly as old as it may be.
  expect(seen.oldest).toBeGreaterThan(20);
}, 120_000);

test('what came from the cache counts its age, and what is stale there nobody else keeps', async () => {
  await using getting = await start();
  const { keeping } = getting;
  const query = `{ user(id: "webui:${person}") { openWebUI { name } } }`;
  const asked: (string | null)[] = [];

  for (const pass of [0, 12, 17.5, 1]) {
    keeping.pass(pass);
    asked.push((await getting.get(query, { 'x-rollcall-key': writer.key })).control);
  }

  // At 30.5 s it is stale, is shown once more, and read anew behind that.
  expect(asked).toEqual([
    'private, max-age=30, must-revalidate',
    'private, max-age=18, must-revalidate',
    // Half a second is no whole one.
    'no-store',
    'no-store',
  ]);
});

describe('after a write', () => {
  test('who asks past their own cache is shown the new at once', async () => {
    await using getting = await start();
    const { keeping, url } = getting;
    await using proxy = await startCachingProxy({ target: url, shared: false, now: keeping.now });
    const headers = { 'x-rollcall-key': writer.key };
    const id = `webui:${person}`;
    const ask = async (more: Readonly<Record<string, string>> = {}) =>
      (await getFrom(`${proxy.url}${pathOf(`{ user(id: "${id}") { openWebUI { name } } }`)}`, { ...headers, ...more })).text;
    const before = await ask();

    const written = await keeping.data(
      `mutation { updateOpenWebUIUser(input: { id: "${id}", name: "Somebody Else" }) { sent drift { name } } }`,
      headers,
    );

    expect(written).toEqual({ updateOpenWebUIUser: { sent: true, drift: [] } });
    // The cache knows nothing of it; whoever wrote does.
    expect(await ask()).toBe(before);
    expect(await ask({ 'cache-control': 'no-cache' })).toContain('Somebody Else');
    expect(await ask()).toContain('Somebody Else');
    expect(proxy.counts).toEqual({ hits: 2, passed: 2 });
  });
});

test('a cache that many share keeps what anybody may see, and nothing of whoever brings a key', async () => {
  await using getting = await start();
  const { keeping, url } = getting;
  await using proxy = await startCachingProxy({ target: url, shared: true, now: keeping.now });
  const ask = (headers = {}) => getFrom(`${proxy.url}${pathOf('{ user(id: "horde:101") { username kudos } }')}`, headers);
  const byKey = { 'x-rollcall-key': writer.key };

  for (const headers of [{}, {}, {}, byKey, byKey, keysAt(keeping.rollcall.community).horde(101), {}]) await ask(headers);

  expect(proxy.counts).toEqual({ hits: 3, passed: 4 });
});
