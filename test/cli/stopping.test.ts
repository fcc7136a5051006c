import { describe, expect, test } from 'vitest';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { type Connection, get, hasBegunToStop, open, patient, post, wasCutOff } from './keep-alive.ts';
import { addressOf, type RollcallProcess, start } from './rollcall-process.ts';

const user = post('{ user(id: "horde:101") { username } }');
const viewer = post('{ viewer { kind } }');
const ban = post('mutation { banUser(input: { id: "horde:104", sources: ["horde"] }) { changes { sent } } }');

const told = { user: '{"data":{"user":{"username":"ada#101"}}}', viewer: '{"data":{"viewer":{"kind":"ANONYMOUS"}}}' };

async function serving(directPath: boolean, delayMs: number) {
  const twin = await hordeTwin({ faults: [{ fault: { kind: 'delay', ms: delayMs } }] });
  const source = { id: 'horde', kind: 'AI_HORDE', url: twin.apiUrl, apiKey: twin.keys.moderator };
  const config = { sources: [source], cache: { enabled: false }, edge: { directPath } };
  const child = await start(['serve'], {
    environment: { PORT: '0', ...patient },
    files: { 'rollcall.yaml': JSON.stringify(config) },
  });
  const address = await addressOf(child);
  return {
    ...{ twin, child, address },
    [Symbol.asyncDispose]: async () => {
      await child[Symbol.asyncDispose]();
      await twin.close();
    },
  };
}

async function stop(child: RollcallProcess): Promise<void> {
  child.signal('SIGTERM');
  await expect.poll(() => hasBegunToStop(child)).toBe(true);
}

async function expectGoodEnd(child: RollcallProcess): Promise<void> {
  expect(await child.exited).toBe(0);
  expect(wasCutOff(child)).toBe(false);
}

const answered = (connection: Connection, count: number): Promise<void> =>
  expect.poll(() => connection.answers().length, { timeout: 5_000 }).toBe(count);

describe.for([
  ['on the direct path', true],
  ['through Yoga', false],
] as const)('told to stop, a server %s', ([, directPath]) => {
  test('closes with its answer the connection of a client that goes on asking', async () => {
    await using server = await serving(directPath, 400);
    const client = await open(server.address);
    let asked = 1;
    client.socket.on('data', () => {
      if (client.answers().length < asked || client.answers().at(-1)?.connection === 'close') return;
      asked += 1;
      client.write(user);
    });
    client.write(user);
    await answered(client, 2);
    const before = server.twin.requests.length;
    await expect.poll(() => server.twin.requests.length).toBeGreaterThan(before);

    // While one is under way: between two the connection idles, and may be closed at any time.
    server.child.signal('SIGTERM');

    expect(await client.ended).toBe(null);
    const answers = client.answers();
    expect(answers.length).toBe(asked);
    for (const { body } of answers) expect(body).toBe(told.user);
    expect(answers.map(({ connection }) => connection)).toEqual([...Array(asked - 1).fill('keep-alive'), 'close']);
    await expect(fetch(server.address)).rejects.toThrow();
    await expectGoodEnd(server.child);
  });

  test.for([
    ['an operation', 200, viewer],
    ['an answer in parts', 200, post('{ ... @defer { viewer { kind } } }', 'Accept: multipart/mixed')],
    ['/healthz', 200, get('/healthz')],
    ['/readyz', 503, get('/readyz')],
    ['GraphiQL', 200, get('/graphql', 'Accept: text/html')],
    ['a path that is not there', 404, get('/admin')],
    ['a method that is not served', 405, get('/graphql').replace('GET', 'PUT')],
    ['a body that is too large', 413, post(`{ ${'viewer '.repeat(20_000)}`)],
    ['an expectation that is not met', 417, post('{ viewer { kind } }', 'Expect: nonsense')],
    ['another name', 421, get('/graphql').replace('127.0.0.1', 'elsewhere.example')],
  ] as const)('closes the connection of a request that was half there with the answer: %s', async ([, status, request]) => {
    await using server = await serving(directPath, 0);
    const client = await open(server.address);
    client.write(viewer, request.slice(0, 20));
    await answered(client, 1);

    await stop(server.child);
    client.write(request.slice(20));

    expect(await client.ended).toBe(null);
    expect(client.answers()).toMatchObject([{ connection: 'keep-alive' }, { status, connection: 'close' }]);
    await expectGoodEnd(server.child);
  });

  test('closes with its answer a connection on which requests were once sent one behind another', async () => {
    await using server = await serving(directPath, 400);
    const client = await open(server.address);
    client.write(viewer, viewer);
    await answered(client, 2);
    client.write(user);
    await expect.poll(() => server.twin.requests.length).toBeGreaterThan(0);

    await stop(server.child);

    expect(await client.ended).toBe(null);
    expect(client.answers().at(-1)).toMatchObject({ body: told.user, connection: 'close' });
    await expectGoodEnd(server.child);
  });

  test('answers all that was sent on one connection before', async () => {
    await using server = await serving(directPath, 300);
    const client = await open(server.address);
    client.write(ban, user);
    await expect.poll(() => server.twin.requests.length).toBeGreaterThan(0);

    await stop(server.child);

    expect(await client.ended).toBe(null);
    expect(client.answers().map(({ body }) => body)).toEqual(['{"data":{"banUser":{"changes":[{"sent":true}]}}}', told.user]);
    await expectGoodEnd(server.child);
  });

  test('answers one more on a connection with others under way, and carries out nothing that is behind it', async () => {
    await using server = await serving(directPath, 500);
    const client = await open(server.address);
    client.write(user);
    await expect.poll(() => server.twin.requests.length).toBeGreaterThan(0);

    await stop(server.child);
    client.write(viewer, ban);

    expect(await client.ended).toBe(null);
    expect(client.answers().map(({ body, connection }) => [body, connection])).toEqual([
      [told.user, 'keep-alive'],
      [told.viewer, 'close'],
    ]);
    await expectGoodEnd(server.child);
    expect(server.twin.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('waits until a client has taken answers that were written before', async () => {
    await using server = await serving(directPath, 0);
    const client = await open(server.address);
    const page = get('/graphql', 'Accept: text/html');
    client.write(page);
    await answered(client, 1);
    client.socket.pause();
    // More than the system keeps for those who do not read.
    client.write(page.repeat(12));
    // By then the first of them has been written.
    const other = await open(server.address);
    other.write(page);
    await answered(other, 1);

    await stop(server.child);
    client.socket.resume();

    expect(await client.ended).toBe(null);
    expect(client.answers().map(({ status, body }) => [status, body.includes('</html>')])).toEqual(Array(13).fill([200, true]));
    await expectGoodEnd(server.child);
  });
});

test('a server that is told to stop ends after the last part of an answer in parts', async () => {
  await using server = await serving(true, 500);
  const client = await open(server.address);
  client.write(post('{ viewer { kind } ... @defer { user(id: "horde:101") { username } } }', 'Accept: multipart/mixed'));
  const heard: string[] = [];
  client.socket.on('data', (chunk) => heard.push(String(chunk)));
  await expect.poll(() => heard.join('')).toContain('ANONYMOUS');

  await stop(server.child);

  expect(await client.ended).toBe(null);
  expect(client.answers()).toMatchObject([{ connection: 'keep-alive', body: expect.stringContaining('ada#101') }]);
  await expectGoodEnd(server.child);
});

test('a server that is told to stop does not wait for connections on which nothing has come', async () => {
  await using server = await serving(true, 0);
  const client = await open(server.address);
  const asking = await open(server.address);
  asking.write(viewer);
  await answered(asking, 1);

  await stop(server.child);

  await client.ended;
  await expectGoodEnd(server.child);
});
