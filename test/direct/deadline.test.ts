import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createDeadlines } from '../../src/direct/deadlines.ts';
import { cast } from '../../src/domain/cast.ts';
import { startSharing } from './shared-server.ts';

const bao = `webui:${cast.find((one) => one.alias === 'bao')?.openWebUI}`;
const one = { query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }', variables: { id: bao } };

test('an operation whose time is up says so of the source it waited for, and lets go of it', async () => {
  await using server = await startSharing({ edge: { operationDeadlineMs: 1_500 } });
  server.gate.shut();

  const { status, body } = await server.ask(one);
  await server.gate.untilGone(1);

  expect(status).toBe('HTTP/1.1 200 OK');
  expect(body).toContain('SOURCE_TIMEOUT');
});

test('time is up in the order in which it began, and not for what has ended', async () => {
  const deadlines = createDeadlines(30);
  const expired: string[] = [];
  const all = Promise.withResolvers<void>();

  deadlines.begin(() => void expired.push('first'));
  const end = deadlines.begin(() => void expired.push('ended'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  deadlines.begin(() => {
    expired.push('last');
    all.resolve();
  });
  end();
  // Its timer keeps no process alive, this one not either.
  const alive = setInterval(() => undefined, 1_000);
  await all.promise;
  clearInterval(alive);

  expect(expired).toEqual(['first', 'last']);
});

test('what came while the process was busy is read before the time is up', async () => {
  const order: string[] = [];
  const { promise: both, resolve } = Promise.withResolvers<void>();
  const note = (what: string): void => {
    if (order.push(what) === 2) resolve();
  };
  const server = createServer((socket) => {
    createDeadlines(20).begin(() => note('time is up'));
    socket.write('the answer');
    const until = performance.now() + 100;
    while (performance.now() < until);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1', () => undefined).on('data', () => note('the answer'));

  await both;
  client.destroy();
  server.close();

  expect(order).toEqual(['the answer', 'time is up']);
});
