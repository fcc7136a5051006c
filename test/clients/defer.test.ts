import { gql, type ObservableQuery } from '@apollo/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../examples/apollo-client/client.ts';
import type { Twins } from '../app/rollcall.ts';
import { partsOf } from './parts.ts';
import { type Served, serve, withEdge } from './served.ts';

const deadline = 2_000;
const multipart = { accept: 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9' };
const ada = { horde: 'horde:101' };

const page = /* GraphQL */ `
  query Page($id: ID!) {
    user(id: $id) {
      id
      ... @defer(label: "horde") { horde { id kudos } }
      ... @defer(label: "panel") { mcsManager { id loginTime } }
      ... @defer(label: "chat") { openWebUI { id email } }
    }
  }
`;

let served: Served;
beforeAll(async () => {
  served = await serve({ size: 30, ...withEdge({ operationDeadlineMs: deadline, maxConcurrentOperations: 1 }) });
  await createClient(served.uri).query({ query: gql(page), variables: { id: ada.horde } });
});
afterAll(() => served[Symbol.asyncDispose]());
afterEach(() => {
  const { horde, mcsManager, openWebUI } = served.rollcall.community;
  for (const twin of [horde, mcsManager, openWebUI]) twin.faults.clear();
});

const hang = (name: keyof Twins) => served.rollcall.community[name].faults.add({ fault: { kind: 'hang' } });

const post = (query: string, variables: object = {}, headers: Record<string, string> = multipart, signal?: AbortSignal) =>
  fetch(served.uri, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    ...(signal === undefined ? {} : { signal }),
  });

describe('with one source silent', () => {
  test('the answer ends when its time is up, with what the others said and why the rest is missing', async () => {
    hang('mcsManager');

    const started = performance.now();
    const shown = createClient(served.uri).watchQuery({ query: gql(page), variables: { id: ada.horde }, errorPolicy: 'all' });
    const whole = await until(shown, ({ loading }) => !loading);

    expect(['horde', 'openWebUI'].every((name) => hasPart(whole.data, name))).toBe(true);
    expect(whole.error?.message).toContain('did not answer in time');
    expect(performance.now() - started).toBeGreaterThan(deadline * 0.9);
  });

  test('its own part says so by code and leaks nothing, and the log has one line with it', async () => {
    hang('mcsManager');
    const before = operationLines().length;

    const parts = await partsOf(await post(page, { id: ada.horde }));

    expect(parts[0]).toEqual({ data: { user: { id: 'horde:101' } }, hasNext: true });
    expect(parts.at(-1)?.hasNext).toBe(false);
    const [failure, ...others] = parts.flatMap(({ incremental = [] }) => incremental).flatMap(({ errors = [] }) => errors);
    expect(others).toEqual([]);
    expect(failure).toMatchObject({
      path: ['user', 'mcsManager', 'loginTime'],
      extensions: { code: 'SOURCE_TIMEOUT', source: 'mcsmanager' },
    });
    expect(JSON.stringify(parts)).not.toContain(served.rollcall.community.mcsManager.url);
    expect(operationLines().slice(before)).toMatchObject([{ errors: { 'mcsmanager: SOURCE_TIMEOUT': 1 } }]);
  });
});

describe('an answer in parts', () => {
  test('holds its place among the operations that run until its last part, and no longer', async () => {
    hang('mcsManager');
    const viewer = async () => (await post('{ viewer { kind } }')).status;

    const slow = await post(page, { id: ada.horde });
    const meanwhile = await viewer();
    await partsOf(slow);

    expect(meanwhile).toBe(503);
    expect(await viewer()).toBe(200);
  });

  test('gives its place back when the client leaves half-way', async () => {
    hang('mcsManager');
    const leaving = new AbortController();

    const started = performance.now();
    const { body } = await post(page, { id: ada.horde }, multipart, leaving.signal);
    await body?.getReader().read();
    leaving.abort();

    await expect.poll(async () => (await post('{ viewer { kind } }')).status, { interval: 20 }).toBe(200);
    expect(performance.now() - started).toBeLessThan(deadline / 2);
  });

  test('brings the items of a list one after another where they are streamed', async () => {
    const parts = await partsOf(await post('{ sources @stream(initialCount: 1) { id } }'));

    expect(parts[0]?.data).toEqual({ sources: [{ id: 'horde' }] });
    expect(parts.flatMap(({ incremental = [] }) => incremental).flatMap(({ items = [] }) => items)).toEqual([
      { id: 'mcsmanager' },
      { id: 'webui' },
    ]);
  });

  test.for([
    ['{ sources @stream(initialCount: -1) { id } }', {}],
    ['{ usersById(ids: ["bad"]) @stream(initialCount: -1) { id } }', {}],
    ['query($n: Int) { nodes(ids: ["bad", "horde:1"]) @stream(initialCount: $n) { id } }', { n: -1 }],
    ['query($n: Int) { usersById(ids: ["bad"]) @stream(initialCount: $n) { id } }', { n: null }],
    ['query($n: Int = -2) { usersById(ids: ["bad"]) @stream(initialCount: $n) { id } }', {}],
  ] as const)('refuses to begin a list with less than nothing: %s', async ([query, variables]) => {
    served.rollcall.calls();

    // The process of this test is the server’s, and ends with it at a rejection that nobody looks at.
    const answer = await (await post(query, variables)).text();

    expect(answer).toContain('The initialCount of @stream must be 0 or more.');
    expect(answer).toContain('BAD_USER_INPUT');
    expect(served.rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('is sure of the next page although what tells of it is deferred', async () => {
    const list = (rest: string) => `{ openWebUIAccounts(first: 5) { edges { node { id } } ${rest} } }`;
    const parts = await partsOf(await post(list('... @defer { pageInfo { hasNextPage endCursor } }')));

    const { data } = await served.rollcall.askText(list('pageInfo { hasNextPage endCursor }'));
    // As the document asks for it.
    const whole = data?.openWebUIAccounts as Readonly<Record<string, unknown>>;
    expect(parts.flatMap(({ incremental = [] }) => incremental)).toMatchObject([{ data: { pageInfo: whole.pageInfo } }]);
  });

  test('is null at once for a person whom nobody knows, all of whose parts are deferred', async () => {
    served.rollcall.calls();

    const response = await post('query ($id: ID!) { user(id: $id) { id ... @defer { horde { kudos } } } }', {
      id: 'horde:999999',
    });

    expect(await response.json()).toEqual({ data: { user: null } });
    expect(served.rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
  });

  test('costs no request more for asking early whether there is such a person', async () => {
    served.rollcall.calls();

    await partsOf(await post('{ user(id: "horde:102") { id ... @defer { horde { kudos records { request { image } } } } } }'));

    expect(served.rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
  });

  test('is kept by no cache', async () => {
    const response = await post(page, { id: ada.horde });

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await partsOf(response)).not.toHaveLength(0);
  });
});

describe('a client that does not read parts', () => {
  test.for([{ accept: 'application/json' }, { accept: '*/*' }, {}])('gets the whole answer: %o', async (headers) => {
    const response = await post(page, { id: ada.horde }, headers as Record<string, string>);

    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toMatchObject({
      data: { user: { id: 'horde:101', horde: { id: 'horde:101' }, openWebUI: { email: 'ada@harbour.example' } } },
    });
  });

  test('and one that asks for nothing in parts, gets plain JSON whatever it accepts', async () => {
    const response = await post('{ viewer { kind } }');

    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toEqual({ data: { viewer: { kind: 'ANONYMOUS' } } });
  });

  test('and one that asks by GET, gets an answer that no cache keeps', async () => {
    const query = new URLSearchParams({ query: page, variables: JSON.stringify({ id: ada.horde }) });
    const response = await fetch(`${served.uri}?${query}`, { headers: { 'apollo-require-preflight': 'true' } });

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ data: { user: { openWebUI: { email: 'ada@harbour.example' } } } });
  });
});

test.for([
  ['a label by variable', 'query ($l: String) { viewer { ... @defer(label: $l) { kind } } }', 'must be a static string'],
  ['one label twice', '{ viewer { ... @defer(label: "a") { kind } ... @defer(label: "a") { name } } }', 'must be unique'],
  ['a stream of what is no list', '{ viewer @stream { kind } }', 'cannot be used on non-list field'],
] as const)('%s is refused before anything runs', async ([, query, words]) => {
  const text = await (await post(query)).text();

  expect(text).toContain(words);
  expect(text).toContain('GRAPHQL_VALIDATION_FAILED');
});

test('fragments that defer each other again and again are refused at once', async () => {
  const levels = Array.from({ length: 24 }, (_, n) => `fragment F${n} on Viewer { ...F${n + 1} @defer ...F${n + 1} @defer }`);
  const query = `{ viewer { ...F0 @defer } } ${levels.join(' ')} fragment F24 on Viewer { kind }`;

  const started = performance.now();
  const text = await (await post(query)).text();

  expect(JSON.parse(text).errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COSTLY' } }]);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('introspection tells of both directives', async () => {
  const { data } = await served.rollcall.askText('{ __schema { directives { name } } }');

  expect(data).toMatchObject({ __schema: { directives: expect.arrayContaining([{ name: 'defer' }, { name: 'stream' }]) } });
});

const operationLines = () =>
  served.rollcall.logged.map((line): Record<string, unknown> => JSON.parse(line)).filter(({ msg }) => msg === 'operation');

const hasPart = (data: unknown, name: string): boolean =>
  // As the document asks for it.
  (data as { user?: Record<string, unknown> } | undefined)?.user?.[name] !== undefined;

function until(
  query: ObservableQuery,
  isIt: (result: ObservableQuery.Result<unknown, 'empty' | 'complete' | 'streaming' | 'partial'>) => boolean,
): Promise<ObservableQuery.Result<unknown, 'empty' | 'complete' | 'streaming' | 'partial'>> {
  return new Promise((resolve) => {
    const subscription = query.subscribe((result) => {
      if (!isIt(result)) return;
      resolve(result);
      setTimeout(() => subscription.unsubscribe());
    });
  });
}
