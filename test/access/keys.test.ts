import { expect, test } from 'vitest';
import { createKey, findKey, type RollcallKey } from '../../src/access/rollcall-keys.ts';
import { FIRST_ADMIN } from '../../src/twins/mcsmanager/population.ts';
import { startRollcall } from '../app/rollcall.ts';
import { askWhole, notSignedIn, viewerQuery } from './doors.ts';

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

test('a key is taken in either header, and the viewer is told its name, its scopes and its end', async () => {
  const { key, hash } = createKey();
  const entry = { name: 'bot', hash, scopes: ['read', 'read:private@webui'], expires: '2199-01-01' };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys: [entry] } }) });

  const answers = [
    await rollcall.askText(viewerQuery, {}, bearer(key)),
    await rollcall.askText(viewerQuery, {}, { authorization: `bearer  ${key}` }),
    await rollcall.askText(viewerQuery, {}, { 'x-rollcall-key': key }),
  ];

  const viewer = { kind: 'KEY', name: 'bot', scopes: ['read', 'read:private@webui'], expiresAt: '2199-01-01T00:00:00.000Z' };
  for (const { status, data } of answers) expect({ status, data }).toEqual({ status: 200, data: { viewer } });
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('the sources of a key narrow every scope it has, and what is outside of them is not asked for', async () => {
  const { key, hash } = createKey();
  const entry = { name: 'bot', hash, scopes: ['read', 'read:private@horde', 'write@webui'], sources: ['webui', 'horde'] };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys: [entry] } }) });
  const query = `{ viewer { scopes } user(id: "mcsmanager:${FIRST_ADMIN}") { id username } }`;

  const { data, errors } = await rollcall.askText(query, {}, bearer(key));

  expect(data?.viewer).toEqual({ scopes: ['read@webui', 'read@horde', 'read:private@horde', 'write@webui'] });
  expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN' } }]);
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('whatever is wrong with a key, the answer is the same to the byte, and nothing is parsed or asked', async () => {
  const [good, old, unknown] = [createKey(), createKey(), createKey()];
  const keys = [
    { name: 'good', hash: good.hash, scopes: ['read'] },
    { name: 'old', hash: old.hash, scopes: ['read'], expires: '2020-01-01' },
  ];
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys } }) });
  const flipped = good.key.endsWith('A') ? `${good.key.slice(0, -1)}B` : `${good.key.slice(0, -1)}A`;
  const wrong: Record<string, Record<string, string>> = {
    unknown: bearer(unknown.key),
    expired: bearer(old.key),
    'half-typed': bearer(good.key.slice(0, 30)),
    'one letter short': bearer(good.key.slice(0, -1)),
    'one letter too many': bearer(`${good.key}A`),
    'another last letter': bearer(flipped),
    'in capitals': bearer(good.key.toUpperCase()),
    'the hash': bearer(good.hash),
    'only the prefix': bearer('rck_'),
    'no key at all': { authorization: 'Bearer' },
    'an empty header': { authorization: '' },
    'an empty key header': { 'x-rollcall-key': '' },
    'another scheme': { authorization: `Basic ${Buffer.from(`bot:${good.key}`).toString('base64')}` },
    'no scheme': { authorization: good.key },
    'two words': { authorization: `Bearer ${good.key} ${good.key}` },
    'two at once': { ...bearer(good.key), 'x-rollcall-key': good.key },
    'the same header twice': { authorization: `Bearer ${good.key}, Bearer ${good.key}` },
    'wrong in the key header': { 'x-rollcall-key': unknown.key },
    'a token where none is taken': bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.'),
  };

  const answers = await Promise.all(Object.values(wrong).map((headers) => askWhole(rollcall, headers)));
  const unparsed = await askWhole(rollcall, bearer(unknown.key), '{ "query": ');

  const [first] = answers;
  expect(first).toMatchObject({ status: 401, text: notSignedIn });
  expect(first?.headers).toContainEqual(['www-authenticate', 'Bearer']);
  for (const [index, answer] of [...answers, unparsed].entries())
    expect(answer, Object.keys(wrong)[index] ?? 'broken body').toEqual(first);
  expect(answers).toHaveLength(19);
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  expect((await askWhole(rollcall, bearer(good.key))).status).toBe(200);
});

test('a key ends at its time, not at the next start', async () => {
  const { key, hash } = createKey();
  const expires = new Date(Date.now() + 1_500).toISOString();
  const keys = [{ name: 'brief', hash, scopes: [], expires }];
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys } }) });

  const before = await askWhole(rollcall, bearer(key));
  await new Promise((resolve) => setTimeout(resolve, Date.parse(expires) - Date.now() + 10));
  const after = await askWhole(rollcall, bearer(key));

  expect([before.status, after.status]).toEqual([200, 401]);
});

test('GraphiQL’s page and the probes are there for whoever has a wrong key', async () => {
  const keys = [{ name: 'bot', hash: createKey().hash, scopes: [] }];
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys } }) });
  const wrong = bearer(createKey().key);

  const page = await rollcall.get('/graphql', { ...wrong, accept: 'text/html' });
  const health = await rollcall.get('/healthz', wrong);
  const ready = await rollcall.get('/readyz', wrong);
  const query = await rollcall.get('/graphql?query={__typename}', { ...wrong, accept: 'application/json' });

  expect([page.status, health.status, ready.status, query.status]).toEqual([200, 200, 200, 401]);
  expect(page.headers.get('content-type')).toContain('text/html');
});

test('who has no key has what anonymous callers have, which is nothing unless it is said', async () => {
  const keys = [{ name: 'bot', hash: createKey().hash, scopes: ['read'] }];
  await using silent = await startRollcall({ config: (input) => ({ ...input, access: { keys } }) });
  await using generous = await startRollcall({ config: (input) => ({ ...input, access: { keys, anonymous: ['read@webui'] } }) });

  const nothing = await silent.askText(viewerQuery);
  const something = await generous.askText(viewerQuery);

  expect(nothing.data).toEqual({ viewer: { kind: 'ANONYMOUS', name: null, scopes: [], expiresAt: null } });
  expect(something.data).toEqual({ viewer: { kind: 'ANONYMOUS', name: null, scopes: ['read@webui'], expiresAt: null } });
});

test('without scopes the sources are asked without any key', async () => {
  const { key, hash } = createKey();
  const keys = [{ name: 'bot', hash, scopes: [] }];
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keys } }) });

  const { data, errors } = await rollcall.askText(
    '{ user(id: "horde:101") { username kudos horde { contact } } }',
    {},
    bearer(key),
  );

  expect(data).toMatchObject({ user: { username: 'ada#101', kudos: 912_440, horde: { contact: null } } });
  expect(errors).toMatchObject([{ path: ['user', 'horde', 'contact'], extensions: { code: 'FORBIDDEN' } }]);
  expect(rollcall.community.horde.requests.map(({ headers }) => headers.apikey)).toEqual([undefined]);
});

test('finding a key looks at every key, wherever the right one stands and whether there is one', () => {
  const made = Array.from({ length: 5 }, createKey);
  const looks: string[] = [];
  const keys = made.map(({ hash, id }): RollcallKey => {
    const digest = Buffer.from(hash.slice('sha256:'.length), 'hex');
    return {
      ...{ name: id, id, scopes: [], expiresAt: null },
      get digest() {
        looks.push(id);
        return digest;
      },
    };
  });
  const everyId = made.map(({ id }) => id);

  for (const { key, id } of [...made, createKey()]) {
    looks.length = 0;
    const found = findKey(key, keys);
    expect(found?.name).toBe(everyId.includes(id) ? id : undefined);
    expect(looks).toEqual(everyId);
  }
});

test('a new key has the agreed form, and its hash does not tell it', () => {
  const made = Array.from({ length: 50 }, createKey);

  for (const { key, id, hash } of made) {
    expect(key).toMatch(/^rck_[0-9a-z]{8}_[A-Za-z0-9_-]{43}$/);
    expect(key.slice(4, 12)).toBe(id);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  }
  expect(new Set(made.flatMap(({ key, id, hash }) => [key, id, hash])).size).toBe(150);
});
