import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { cast } from '../../src/domain/cast.ts';
import { post } from './corpus.ts';
import { type Asked, type SharedServer, startSharing } from './shared-server.ts';

const member = (alias: string): string => `webui:${cast.find((one) => one.alias === alias)?.openWebUI}`;
const [ada, bao] = [member('ada'), member('bao')];

const one: Asked = { query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }', variables: { id: bao } };

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

test('200 clients who ask for the same at once cost one request upstream, and each has the answer', async () => {
  await using server = await startSharing({ edge: { rateLimit: { points: 2_000, burst: 0 } } });
  const { door, gate } = server;
  gate.shut();

  const asking = many(200, () => server.ask(one));
  await door.untilTaken(200);
  gate.open();
  const answers = await Promise.all(asking);

  expect(gate.came).toBe(1);
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}']));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['HTTP/1.1 200 OK']));
  // Each was charged, told how they stand, and noted.
  expect(new Set(answers.map(({ ratelimit }) => ratelimit)).size).toBe(200);
  expect(server.noted()).toHaveLength(200);
  expect(server.noted().filter(({ shared }) => shared === true)).toHaveLength(199);
});

test('it is the same operation however its body is written, and by its hash too', async () => {
  await using server = await startSharing();
  const { query, variables } = one;
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
  const bodies = [
    { query, variables },
    { variables, query },
    { query, variables, operationName: null },
    { query, variables, extensions: { trace: 'an id' } },
    { variables, extensions },
  ].map((body, at) => JSON.stringify(body, null, at));
  // From now on it is known by its hash.
  await server.door.write(...post(JSON.stringify({ ...one, extensions })));
  server.gate.shut();

  const asking = bodies.map((body) => server.door.write(...post(body)));
  await server.door.untilTaken(1 + bodies.length);
  server.gate.open();
  await Promise.all(asking);

  expect(server.noted().filter(({ shared }) => shared === true)).toHaveLength(bodies.length - 1);
});

test.each([
  ['1e999', 'null'],
  ['null', '1e999'],
])('%s is not %s, though JSON writes one for the other', async (first, second) => {
  await using server = await startSharing();
  const query = `query Q($n: Int, $id: ID!) { user(id: $id) { openWebUI { name } } hordeAccounts(first: $n) { edges { node { id } } } }`;
  const bodyWith = (n: string): string => `{"query":${JSON.stringify(query)},"variables":{"n":${n},"id":"${bao}"}}`;
  const isRefused = { '1e999': true, null: false };
  server.gate.shut();

  const asking = [first, second, first, second].map((n) => server.door.write(...post(bodyWith(n))));
  await server.door.untilTaken(4);
  server.gate.open();
  const answers = await Promise.all(asking);

  const refused = answers.map(({ body }) => body.includes('BAD_USER_INPUT'));
  expect(refused).toEqual([first, second, first, second].map((n) => isRefused[n as keyof typeof isRefused]));
});

test('what comes after the answer is asked anew', async () => {
  await using server = await startSharing();

  const first = await server.ask(one);
  const second = await server.ask(one);

  expect(second.body).toBe(first.body);
  expect(server.gate.came).toBe(2);
});

test('where all of it is kept, those who come in one turn of the event loop share, and the next to come do not', async () => {
  await using server = await startSharing({ cache: { enabled: true } });
  await server.ask(one);
  const last = post(JSON.stringify(one)).join('');
  const before = last.replace(/connection: close\r\n/i, '');
  server.gate.shut();

  // In one piece, so that they are read in one turn.
  const heard = await server.door.write(before.repeat(9) + last);
  await server.ask(one);

  expect(heard.body.match(/Bao Nguyen/g)).toHaveLength(10);
  expect(server.noted().map(({ shared }) => shared === true)).toEqual([false, false, ...Array(9).fill(true), false]);
  expect(server.gate.came).toBe(1);
});

test('where sharing is switched off, each asks for themselves', async () => {
  await using server = await startSharing({ sharing: { operations: false, requests: false } });
  // What the service's key may do is found out first, and others wait for that.
  await server.ask(one);
  server.gate.shut();

  const asking = many(3, () => server.ask(one));
  await server.gate.untilCame(4);
  server.gate.open();
  const answers = await Promise.all(asking);

  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}']));
  expect(server.gate.came).toBe(4);
});

describe('not shared with', () => {
  const [reader, other] = [createKey(), createKey()];
  const keys = [
    { name: 'reader', hash: reader.hash, scopes: ['read'] },
    { name: 'other', hash: other.hash, scopes: ['read'] },
  ];
  const access = { anonymous: ['read'], keys };
  const by = ({ key }: { readonly key: string }): Asked => ({ ...one, headers: { 'x-rollcall-key': key } });
  const twoNames = (operationName: string): Asked => ({
    ...one,
    query:
      'query a($id: ID!) { user(id: $id) { openWebUI { name } } } query b($id: ID!) { user(id: $id) { openWebUI { name } } }',
    operationName,
  });
  const mutation: Asked = {
    query: `mutation { updateOpenWebUIUser(input: { id: "${bao}", name: "B", dryRun: true }) { dryRun } }`,
  };
  const entity: Asked = {
    query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }',
    variables: { id: bao },
    path: '/subgraph',
  };
  const anew = (seconds: number): Asked => ({
    ...one,
    query: `query One($id: ID!) @maxAge(seconds: ${seconds}) { user(id: $id) { openWebUI { name } } }`,
  });
  const own = (key: string): Asked => ({ ...one, headers: { 'x-source-key-webui': key } });

  test.each<[string, Asked, Asked]>([
    ['who asks for somebody else', one, { ...one, variables: { id: ada } }],
    ['who asks for something else', one, { ...one, query: one.query.replace('name', 'email name') }],
    ['who writes the same in another way', one, { ...one, query: `${one.query} ` }],
    ['who means another operation of the document', twoNames('a'), twoNames('b')],
    ['who names it', one, { ...one, operationName: 'One' }],
    ['who wants it in another form', one, { ...one, headers: { accept: 'application/graphql-response+json' } }],
    ['who comes in elsewhere', one, entity],
    ['who has a key', one, by(reader)],
    ['who has another key with the same scopes', by(reader), by(other)],
    ['who brings a key for the source', one, own('sk-a')],
    ['who brings another key for the source', own('sk-a'), own('sk-b')],
    ['who brings a key for another source', one, { ...one, headers: { 'x-source-key-horde': 'a' } }],
    ['who changes something', mutation, mutation],
    ['who wants all of it read for them', anew(0), anew(0)],
  ])('%s', async (_name, first, second) => {
    await using server = await startSharing({
      access: { ...access, anonymous: ['read', 'write', 'read:private'] },
      // So that each execution is seen by what it asks.
      sharing: { requests: false },
    });
    const { gate } = server;
    gate.shut();

    const beginning = server.ask(first);
    await gate.untilCame(1);
    const following = server.ask(second);
    await server.door.untilTaken(2);
    gate.open();
    await Promise.all([beginning, following]);

    expect(server.noted().map(({ shared }) => shared)).toEqual([undefined, undefined]);
    expect(gate.came).toBeGreaterThan(1);
  });

  test('who wants nothing older, though the request is', async () => {
    await using server = await startSharing();
    const { door, gate } = server;
    await server.ask(one);
    gate.shut();

    const asking = many(3, () => server.ask(anew(60)));
    await door.untilTaken(4);
    gate.open();
    const answers = await Promise.all(asking);

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(server.noted().map(({ shared }) => shared)).toEqual(Array(4).fill(undefined));
    expect(gate.came).toBe(2);
  });

  test('who asks after a write has ended, though it was begun before', async () => {
    await using server = await startSharing();
    const { gate } = server;
    await server.ask(one);
    gate.shut();

    const before = server.ask(one);
    await gate.untilCame(2);
    gate.ajar();
    const written = await server.ask({
      query: `mutation { updateOpenWebUIUser(input: { id: "${bao}", name: "Captain" }) { sent } }`,
    });
    const after = await server.ask(one);
    gate.open();

    expect(written.body).toBe('{"data":{"updateOpenWebUIUser":{"sent":true}}}');
    expect(after.body).toBe('{"data":{"user":{"openWebUI":{"name":"Captain"}}}}');
    expect((await before).status).toBe('HTTP/1.1 200 OK');
    expect(server.noted().filter(({ shared }) => shared === true)).toEqual([]);
  });
});

describe('a client that leaves', () => {
  const begin = (server: SharedServer): (() => void) => {
    const sending = request({
      port: server.door.port,
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    });
    // It hangs up itself.
    sending.on('error', () => {});
    sending.end(JSON.stringify(one));
    return () => sending.destroy();
  };

  test('takes nothing from those who stay, be it the first or another', async () => {
    await using server = await startSharing();
    const { door, gate } = server;
    gate.shut();

    const first = begin(server);
    await gate.untilCame(1);
    const second = begin(server);
    await door.untilTaken(2);
    const staying = server.ask(one);
    await door.untilTaken(3);
    first();
    second();
    await door.untilLeft(2);
    gate.open();

    expect((await staying).body).toBe('{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}');
    expect([gate.came, gate.gone]).toEqual([1, 0]);
    // As many lines as answers.
    expect(server.noted().map(({ shared }) => shared)).toEqual([true]);
  });

  test('as the last ends what is asked upstream, and who comes then begins anew', async () => {
    await using server = await startSharing();
    const { door, gate } = server;
    gate.shut();

    const leaving = [begin(server), begin(server), begin(server)];
    await door.untilTaken(3);
    await gate.untilCame(1);
    for (const leave of leaving) leave();
    await gate.untilGone(1);
    const late = server.ask(one);
    await gate.untilCame(2);
    gate.open();

    expect((await late).body).toBe('{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}');
    expect(gate.came).toBe(2);
  });
});

test('a failure is told to those who waited for it, and to nobody after them', async () => {
  await using server = await startSharing();
  const { door, gate, community } = server;
  community.openWebUI.faults.add({ times: 1, fault: { kind: 'reply', status: 500, body: 'no' } });
  gate.shut();

  const asking = many(5, () => server.ask(one));
  await door.untilTaken(5);
  gate.open();
  const answers = await Promise.all(asking);
  const after = await server.ask(one);

  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers[0]?.body).toContain('SOURCE_FAILED');
  expect(
    server
      .noted()
      .slice(0, 5)
      .map(({ errors }) => errors),
  ).toEqual(Array(5).fill({ 'webui: SOURCE_FAILED': 1 }));
  expect(after.body).toBe('{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}');
});

describe('an allowance', () => {
  test('is each caller’s own: who has spent theirs is refused though others are answered', async () => {
    await using server = await startSharing({ edge: { rateLimit: { points: 20, burst: 0 } } });
    const { door, gate } = server;
    gate.shut();

    const asking = many(8, () => server.ask(one));
    await door.untilTaken(8);
    gate.open();
    const answers = await Promise.all(asking);
    const statuses = answers.map(({ status }) => status);

    const granted = statuses.filter((status) => status === 'HTTP/1.1 200 OK').length;
    expect(granted).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 'HTTP/1.1 429 Too Many Requests')).toHaveLength(8 - granted);
    expect(granted).toBeLessThan(8);
    expect(gate.came).toBe(1);
    expect(server.noted()).toHaveLength(8);
  });

  test('that is spent is told to nobody else, whoever came first', async () => {
    await using server = await startSharing({ edge: { rateLimit: { points: 11, burst: 0, addressHeader: 'x-real-ip' } } });
    const from = (address: string): Asked => ({ ...one, headers: { 'x-real-ip': address } });
    await server.ask(from('192.0.2.1'));

    const [spent, fresh] = await Promise.all([server.ask(from('192.0.2.1')), server.ask(from('192.0.2.2'))]);

    expect(spent.status).toBe('HTTP/1.1 429 Too Many Requests');
    expect(fresh.status).toBe('HTTP/1.1 200 OK');
  });
});
