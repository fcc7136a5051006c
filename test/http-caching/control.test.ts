import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { everywhere, keysAt } from '../access/people.ts';
import { type Getting, getFrom, pathOf, startGetting } from './getting.ts';

const ada = everywhere('ada');
const reader = createKey();
const everything = createKey();
const passing = createKey();
const byKey = { 'x-rollcall-key': everything.key };

const keys = [
  { name: 'reader', hash: reader.hash, scopes: ['read'] },
  { name: 'everything', hash: everything.hash, scopes: ['read', 'read:private', 'read:privileged', 'write'] },
  { name: 'passing', hash: passing.hash, scopes: ['read'], expires: new Date(Date.now() + 25_500).toISOString() },
];

let getting: Getting;
beforeAll(async () => {
  getting = await startGetting({
    config: (input) => ({ ...input, access: { keys }, debug: { plan: true }, edge: { subgraph: { enabled: true } } }),
  });
});
afterAll(() => getting[Symbol.asyncDispose]());

/** Each of another account, so that nothing is kept of it yet. */
const userOf = (id: number, fields: string): string => `{ user(id: "horde:${id}") { ${fields} } }`;
const webui = `{ user(id: "webui:${ada.openWebUI}")`;

describe('an answer to GET says that it may be kept', () => {
  // A moment goes by between reading and answering only by the clock of the test, which stands still.
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
    ['what anybody may see of a user', userOf(2, 'username kudos'), {}, 'public, max-age=30'],
    [
      'a page of a list that anybody may see',
      '{ hordeAccounts(first: 5) { totalCount edges { cursor } } }',
      {},
      'public, max-age=60',
    ],
    [
      'a row of it, which is good for less than the page',
      '{ hordeAccounts(first: 5) { edges { node { kudos } } } }',
      {},
      'public, max-age=30',
    ],
    ['somebody whom nobody knows', userOf(987_654, 'id'), {}, 'public, max-age=5'],
    ['the same for a key that may read', userOf(2, 'username kudos'), { 'x-rollcall-key': reader.key }, 'private, max-age=30'],
    [
      'what a token could not change about it',
      userOf(2, 'username'),
      { authorization: `Bearer ${reader.key}` },
      'private, max-age=30',
    ],
    ['what was asked with a key of one’s own', `${webui} { openWebUI { name } } }`, {}, 'private, max-age=30'],
    ['what is private', `${webui} { openWebUI { email } } }`, byKey, 'private, max-age=30'],
    ['what changes quickly', `${webui} { openWebUI { isActive } } }`, byKey, 'private, max-age=5'],
    ['the strictest of several', `${webui} { createdAt openWebUI { isActive email } } }`, byKey, 'private, max-age=5'],
    [
      'rights, which are computed',
      `${webui} { permissions { allows(permission: "chat.delete") } } }`,
      byKey,
      'private, max-age=10',
    ],
    ['whom a search found', '{ searchUsers(query: "ada", sources: ["webui"]) { users { id } } }', byKey, 'private, max-age=10'],
    [
      'whom a search did not find',
      '{ searchUsers(query: "zzzzz", sources: ["webui"]) { users { id } } }',
      byKey,
      'private, max-age=5',
    ],
    ['when it was read', `${webui} { openWebUI { name freshness { fetchedAt stale } } } }`, byKey, 'private, max-age=30'],
    [
      'what was asked not to be older than that',
      `query @maxAge(seconds: 7) ${webui} { username } }`,
      byKey,
      'private, max-age=7',
    ],
    [
      'what is asked with a key that ends earlier',
      `${webui} { username } }`,
      { 'x-rollcall-key': passing.key },
      'private, max-age=25',
    ],
    [
      'what was asked not to be older than more',
      `query @maxAge(seconds: 900) ${webui} { username } }`,
      byKey,
      'private, max-age=30',
    ],
  ];

  test.for(cases)('%s', async ([what, query, headers, expected]) => {
    const own = what.includes('one’s own') ? keysAt(getting.keeping.rollcall.community).webui(ada.openWebUI) : {};

    const { status, control, text } = await getting.get(query, { ...headers, ...own });

    expect({ status, control, errors: JSON.parse(text).errors }).toEqual({
      status: 200,
      control: `${expected}, must-revalidate`,
    });
  });
});

describe('an answer to GET says that nobody may keep it:', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, number])[] = [
    ['who asks', '{ viewer { kind } }', {}, 200],
    ['who asks, beside what could be kept', `{ viewer { kind } a: user(id: "horde:2") { username } }`, {}, 200],
    ['how a source is', '{ sources { id reachable } }', {}, 200],
    ['how a source is, beside what could be kept', `{ a: user(id: "horde:2") { username } sources { reachable } }`, {}, 200],
    ['how asking it goes', '{ sources { id state { running } } }', byKey, 200],
    ['what comes of no source', '{ sources { id capabilities { orders } } }', {}, 200],
    ['the age itself', `${webui} { openWebUI { name freshness { age } } } }`, byKey, 200],
    ['what only the privileged see', userOf(2, 'horde { suspicious }'), byKey, 200],
    ['what an administrator noted', userOf(2, 'horde { kudos adminComment }'), byKey, 200],
    ['ids of shared keys', userOf(101, 'horde { sharedKeyIds }'), byKey, 200],
    ['shared keys', userOf(101, 'horde { sharedKeys { kudos } }'), byKey, 200],
    ['maxAge 0', `query @maxAge(seconds: 0) ${webui} { username } }`, byKey, 200],
    ['a refused field', userOf(2, 'username horde { contact }'), {}, 200],
    ['a source that may not be searched', '{ searchUsers(query: "ada#101") { users { id } sources { outcome } } }', {}, 200],
    ['an id that is none', '{ user(id: "nobody") { username } }', {}, 200],
    ['a document that is not valid', '{ nothing }', {}, 200],
    ['a mutation', 'mutation { banUser(input: { id: "horde:103", dryRun: true }) { dryRun } }', byKey, 405],
    ['an unknown key', userOf(2, 'username'), { 'x-rollcall-key': 'rk_nobody' }, 401],
    ['parts', `${webui} { id ... @defer { username } } }`, { ...byKey, accept: 'multipart/mixed' }, 200],
    ['how it came about', `${webui} { username } }`, { ...byKey, 'x-rollcall-debug': 'plan' }, 200],
  ];

  test.for(cases)('%s', async ([, query, headers, expected]) => {
    const { status, control } = await getting.get(query, headers);

    expect({ status, control }).toEqual({ status: expected, control: 'no-store' });
  });

  test('what another site could have sent, a page, and all that is not asked by GET', async () => {
    const query = userOf(2, 'username');
    const bare = await fetch(`${getting.url}${pathOf(query)}`);
    const posted = await fetch(`${getting.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const others = await Promise.all(['/healthz', '/readyz', '/nothing'].map((path) => fetch(`${getting.url}${path}`)));

    expect([bare.status, posted.status]).toEqual([403, 200]);
    for (const { headers } of [bare, posted, ...others]) expect(headers.get('cache-control')).toBe('no-store');
  });

  test('what a router asks', async () => {
    const path = pathOf(userOf(2, 'username')).replace('/graphql', '/subgraph');

    const { status, control, text } = await getFrom(`${getting.url}${path}`);

    expect([status, control]).toEqual([200, 'no-store']);
    expect(JSON.parse(text)).toMatchObject({ data: { user: { username: expect.any(String) } } });
  });

  test('a hash that nobody knows; once it is known its answer may be kept', async () => {
    const query = '{ user(id: "horde:3") { username } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
    const byHash = `${getting.url}/graphql?extensions=${extensions}`;

    const before = await getFrom(byHash);
    const registering = await getFrom(`${byHash}&query=${encodeURIComponent(query)}`);
    const after = await getFrom(byHash);

    // By the protocol, and as this client accepts it.
    expect(before.text).toContain('PersistedQueryNotFound');
    expect([before.status, before.control]).toEqual([200, 'no-store']);
    expect([registering, after].map(({ control }) => control)).toEqual(Array(2).fill('public, max-age=30, must-revalidate'));
    expect(after.text).toContain('username');
  });
});
