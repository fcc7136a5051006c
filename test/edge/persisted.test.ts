import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { createRegisteredOperations } from '../../src/edge/registered-operations.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const listed = 'query Listed($id: ID!) { user(id: $id) { username } }';
const other = '{ viewer { kind } }';
const apollo = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: hashOf(listed), name: 'Listed', type: 'query', body: listed }],
};
const relay = { '0cc175b9c0f1b6a831c399e269772661': listed };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifests-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function start(manifest: unknown, persisted: object = {}): Promise<Rollcall> {
  const path = join(folder, `${Math.random()}.json`);
  if (manifest !== undefined) await writeFile(path, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  const edge = { persisted: { ...(manifest === undefined ? {} : { manifest: path }), ...persisted } };
  return startRollcall({ size: 12, config: (input) => ({ ...input, edge }) });
}

async function post({ app }: Rollcall, body: object): Promise<{ status: number; [key: string]: unknown }> {
  const response = await app.fetch(
    new Request('http://rollcall.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, ...(await response.json()) };
}

async function get({ app }: Rollcall, parameters: Record<string, string>, headers = { 'apollo-require-preflight': 'true' }) {
  const response = await app.fetch(
    new Request(`http://rollcall.test/graphql?${new URLSearchParams(parameters)}`, {
      headers: { accept: 'application/json', ...headers },
    }),
  );
  return { status: response.status, ...(await response.json()) };
}

const byHash = (text: string): object => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });
const variables = { id: 'horde:101' };
const answer = { status: 200, data: { user: { username: 'ada#101' } } };
const refused = (code: string) => ({ status: 200, errors: [{ message: expect.any(String), extensions: { code } }] });

describe('an operation that a client registers by its hash', () => {
  test('is asked for once and known from then on, by POST and by GET', async () => {
    await using rollcall = await start(undefined);

    expect(await post(rollcall, { ...byHash(listed), variables })).toEqual({
      status: 200,
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect(await post(rollcall, { query: listed, ...byHash(listed), variables })).toEqual(answer);
    expect(await post(rollcall, { ...byHash(listed), variables })).toEqual(answer);
    const parameters = { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(listed) } }) };
    expect(await get(rollcall, { ...parameters, variables: JSON.stringify(variables) })).toEqual(answer);
    expect(await post(rollcall, { documentId: `sha256:${hashOf(listed)}`, variables })).toEqual(answer);
    const inCapitals = { version: 1, sha256Hash: hashOf(listed).toUpperCase() };
    expect(await post(rollcall, { extensions: { persistedQuery: inCapitals }, variables })).toEqual(answer);
  });

  test('must have that hash', async () => {
    await using rollcall = await start(undefined);

    expect(await post(rollcall, { query: other, ...byHash(listed) })).toEqual(refused('BAD_REQUEST'));
    expect(await post(rollcall, byHash(listed))).toEqual(refused('PERSISTED_QUERY_NOT_FOUND'));
  });

  test('is not kept when it is not valid', async () => {
    await using rollcall = await start(undefined);
    const invalid = '{ nobodyKnowsThisField }';

    await post(rollcall, { query: invalid, ...byHash(invalid) });

    expect(await post(rollcall, byHash(invalid))).toEqual(refused('PERSISTED_QUERY_NOT_FOUND'));
  });

  test('is not kept where that is switched off, and clients are told so in their words', async () => {
    await using rollcall = await start(undefined, { automatic: false });

    expect(await post(rollcall, { query: other, ...byHash(other) })).toMatchObject({ data: { viewer: { kind: 'ANONYMOUS' } } });
    expect(await post(rollcall, byHash(other))).toEqual({
      status: 200,
      errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    });
  });

  test.for([
    [{ version: 1 }],
    [{ version: 2, sha256Hash: hashOf(listed) }],
    [{ version: 1, sha256Hash: '__proto__' }],
    [{ version: 1, sha256Hash: [hashOf(listed)] }],
    ['a text'],
  ] as const)('in the shape of %j is refused', async ([persistedQuery]) => {
    await using rollcall = await start(undefined);

    expect(await post(rollcall, { extensions: { persistedQuery } })).toEqual(refused('BAD_REQUEST'));
  });

  test('takes the place of the one used longest ago when there are too many, or too much of them', () => {
    const few = createRegisteredOperations(2, 10);
    few.put('a', 'aaa');
    few.put('b', 'bbb');
    few.get('a');
    few.put('c', 'ccc');

    expect(['a', 'b', 'c'].map(few.get)).toEqual(['aaa', undefined, 'ccc']);
    few.put('d', 'dddddddddd');
    expect(['a', 'c', 'd'].map(few.get)).toEqual([undefined, undefined, 'dddddddddd']);
  });
});

describe.for([
  ['Apollo', apollo, hashOf(listed)],
  ['Relay', relay, '0cc175b9c0f1b6a831c399e269772661'],
] as const)('an operation in a manifest of %s’s tools', ([, manifest, id]) => {
  test('is answered by its id, by its hash, and as text', async () => {
    await using rollcall = await start(manifest);

    expect(await post(rollcall, { documentId: id, variables })).toEqual(answer);
    expect(await post(rollcall, { documentId: `sha256:${hashOf(listed)}`, variables })).toEqual(answer);
    expect(await post(rollcall, { ...byHash(listed), variables })).toEqual(answer);
    expect(await post(rollcall, { query: listed, variables })).toEqual(answer);
    expect(await get(rollcall, { documentId: id, variables: JSON.stringify(variables) })).toEqual(answer);
  });

  test('by GET needs the header like any other', async () => {
    await using rollcall = await start(manifest);

    expect(await get(rollcall, { documentId: id }, {} as never)).toMatchObject({ status: 403 });
  });

  test('is the only one that is answered in safelist mode', async () => {
    await using rollcall = await start(manifest, { only: true });
    const message =
      'Only operations of this server’s manifest are answered. Name one by its documentId, or by the sha256 of its text.';
    const persistedOnly = { status: 200, errors: [{ message, extensions: { code: 'PERSISTED_ONLY' } }] };

    expect(await post(rollcall, { documentId: id, variables })).toEqual(answer);
    expect(await post(rollcall, { ...byHash(listed), variables })).toEqual(answer);
    expect(await post(rollcall, { query: listed, variables })).toEqual(answer);
    rollcall.calls();
    for (const body of [
      { query: other },
      { query: `${listed} `, variables },
      { query: other, ...byHash(other) },
      byHash(other),
      { documentId: 'unknown' },
      { documentId: '__proto__' },
      { query: '{ __schema { types { name } } }' },
    ]) {
      expect(await post(rollcall, body), JSON.stringify(body)).toEqual(persistedOnly);
    }
    expect(await get(rollcall, { query: other })).toEqual(persistedOnly);
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });
});

describe('a documentId', () => {
  test('that nobody knows is refused', async () => {
    await using rollcall = await start(apollo);

    expect(await post(rollcall, { documentId: 'nobody-knows' })).toEqual(refused('PERSISTED_DOCUMENT_NOT_FOUND'));
    expect(await post(rollcall, { documentId: `sha256:${hashOf(other)}` })).toEqual(refused('PERSISTED_DOCUMENT_NOT_FOUND'));
  });

  test('is a text and stands alone', async () => {
    await using rollcall = await start(apollo);

    expect(await post(rollcall, { documentId: 7 })).toEqual(refused('BAD_REQUEST'));
    expect(await post(rollcall, { documentId: hashOf(listed), query: listed })).toEqual(refused('BAD_REQUEST'));
    expect(await post(rollcall, { documentId: null, query: other })).toMatchObject({ data: { viewer: { kind: 'ANONYMOUS' } } });
  });

  test('does not let a mutation in by GET', async () => {
    const mutation = 'mutation { updateMcsManagerUser(input: { id: "mcsmanager:1", userName: "x" }) { sent } }';
    await using rollcall = await start({ m: mutation });

    expect(await get(rollcall, { documentId: 'm' })).toMatchObject({ status: 405 });
  });
});

describe('a manifest that cannot be used is told at the start', () => {
  test.for([
    ['is not JSON', '{', /is not JSON/],
    ['is of another kind', { format: 'something', version: 1, operations: [] }, /neither a manifest of Apollo/],
    ['holds no texts', { a: 1 }, /neither a manifest of Apollo/],
    [
      'gives two texts one id',
      {
        ...apollo,
        operations: [
          { id: 'a', body: listed },
          { id: 'a', body: other },
        ],
      },
      /two operations have the id "a"/,
    ],
  ] as const)('when it %s', async ([, manifest, message]) => {
    const starting = start(manifest);

    await expect(starting).rejects.toBeInstanceOf(ConfigError);
    await expect(starting).rejects.toThrow(message);
  });

  test('when it is not there, or missing where only it counts', async () => {
    await expect(
      startRollcall({ size: 12, config: (input) => ({ ...input, edge: { persisted: { manifest: 'none.json' } } }) }),
    ).rejects.toThrow(/edge\.persisted\.manifest: none\.json: cannot be read/);
    await expect(start(undefined, { only: true })).rejects.toThrow(/edge\.persisted: only: true needs a manifest/);
  });
});
