import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createDeadlines } from '../../src/deadlines.ts';
import { createWaiting } from '../../src/direct/waiting.ts';
import { cast } from '../../src/domain/cast.ts';
import { startSharing } from './shared-server.ts';

const bao = `webui:${cast.find((one) => one.alias === 'bao')?.openWebUI}`;
const others = cast.flatMap(({ alias, openWebUI }) => (openWebUI && alias !== 'bao' ? [`"webui:${openWebUI}"`] : [])).slice(0, 3);
const one = { query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }', variables: { id: bao } };

test('an operation whose time is up says so of the source it waited for, and lets go of it', async () => {
  await using server = await startSharing({ edge: { operationDeadlineMs: 1_500 } });
  server.gate.shut();

  const { status, body } = await server.ask(one);
  await server.gate.untilGone(1);

  expect(status).toBe('HTTP/1.1 200 OK');
  expect(body).toContain('SOURCE_TIMEOUT');
});

describe('who joins an operation whose time is up before theirs', () => {
  test('goes on with what they have left, with the request that is under way, and is charged once', async () => {
    await using server = await startSharing({
      edge: { operationDeadlineMs: 3_000, rateLimit: { points: 1_000, burst: 0 } },
    });
    const { door, gate } = server;
    const before = await server.ask(one);
    const asked = gate.came;
    gate.shut();

    const beginning = server.ask(one);
    await gate.untilCame(asked + 1);
    // Not for anything to happen: so much of the first one's time is gone.
    await pause(1_500);
    const joining = server.ask(one);
    await door.untilTaken(3);
    const takenAt = performance.now();
    const first = await beginning;
    const waited = Math.floor(performance.now() - takenAt);
    gate.open();
    const second = await joining;

    expect(first.body).toContain('SOURCE_TIMEOUT');
    expect(second.body).toBe('{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}');
    expect([gate.came, gate.gone]).toEqual([asked + 1, 0]);
    expect(server.noted().map(({ shared, errors }) => [shared, errors])).toEqual([
      [undefined, undefined],
      [undefined, { 'webui: SOURCE_TIMEOUT': 1 }],
      [undefined, undefined],
    ]);
    expect(server.noted().at(-1)?.ms).toBeGreaterThanOrEqual(waited);
    const left = [before, first, second].map(({ ratelimit }) => Number(/r=(\d+)/.exec(ratelimit)?.[1]));
    expect(Number(left[0]) - Number(left[1])).toBe(Number(left[1]) - Number(left[2]));
  });

  test.each([
    ['a user', one.query, '"name":"Bao Nguyen"'],
    ['a list', 'query One { openWebUIAccounts(first: 1) { totalCount } }', '"totalCount":'],
    ['several', `query One($id: ID!) { usersById(ids: [$id, ${others}]) { openWebUI { name } } }`, '"name":"Bao Nguyen"'],
  ])('does so for %s of a source that has told nothing yet, such as what its key may see', async (what, query, told) => {
    await using server = await startSharing({ edge: { operationDeadlineMs: 2_000 } });
    const { door, gate } = server;
    const asked = { query, variables: what === 'a list' ? {} : one.variables };
    gate.shut();

    const beginning = server.ask(asked);
    await gate.untilCame(1);
    // Not for anything to happen: so much of the first one's time is gone.
    await pause(1_000);
    const joining = server.ask(asked);
    await door.untilTaken(2);
    const first = await beginning;
    const came = gate.came;
    gate.open();
    const second = await joining;

    expect(first.body).toContain('SOURCE_TIMEOUT');
    expect(second.body).toContain(told);
    expect(second.body).not.toContain('errors');
    expect([came, gate.gone]).toEqual([1, 0]);
  });

  // Of a route that is refused with 429 nobody asks before that time; with 503 each finds out for themselves.
  test.each([
    { status: 429, times: 1 },
    { status: 503, times: 2 },
  ])('waits for a source that asks to with $status, where the first has no time for that any more', async ({ status, times }) => {
    await using server = await startSharing({
      edge: { operationDeadlineMs: 6_000, rateLimit: { points: 1_000, burst: 0 } },
    });
    const { door, gate, community } = server;
    // Twice, so that the one that is held does not count for what is usual.
    await server.ask(one);
    const before = await server.ask(one);
    const asked = gate.came;
    const headers = { 'retry-after': '3' };
    community.openWebUI.faults.add({ times, fault: { kind: 'reply', status, headers, body: '' } });
    gate.shut();

    const beginning = server.ask(one);
    await gate.untilCame(asked + 1);
    // Not for anything to happen: the first one has less than three seconds left then.
    await pause(3_500);
    const joining = server.ask(one);
    await door.untilTaken(4);
    gate.open();
    const [first, second] = await Promise.all([beginning, joining]);

    expect(first.body).toContain('"retryAfter":3');
    expect(second.body).toBe('{"data":{"user":{"openWebUI":{"name":"Bao Nguyen"}}}}');
    expect(gate.came).toBe(asked + times + 1);
    expect(server.noted().map(({ shared, errors }) => [shared, errors !== undefined])).toEqual([
      [undefined, false],
      [undefined, false],
      [undefined, true],
      [undefined, false],
    ]);
    const left = [before, first, second].map(({ ratelimit }) => Number(/r=(\d+)/.exec(ratelimit)?.[1]));
    expect(Number(left[0]) - Number(left[1])).toBe(Number(left[1]) - Number(left[2]));
  });

  test('ends at their own time, and no later', async () => {
    await using server = await startSharing({ edge: { operationDeadlineMs: 2_000 } });
    const { door, gate } = server;
    await server.ask(one);
    const asked = gate.came;
    gate.shut();

    const beginning = server.ask(one);
    await gate.untilCame(asked + 1);
    await pause(1_000);
    const joining = server.ask(one);
    await door.untilTaken(3);
    const answers = await Promise.all([beginning, joining]);
    await gate.untilGone(1);

    for (const { body } of answers) expect(body).toContain('SOURCE_TIMEOUT');
    expect(gate.came).toBe(asked + 1);
  });

  test('has none left to speak of if they came with it: then its end is theirs', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { waiting } = begun();
    const has: boolean[] = [];

    for (const ms of [1_000, 900, 1, 99]) {
      vi.advanceTimersByTime(ms);
      has.push(waiting.hasTime());
    }
    vi.useRealTimers();

    expect(has).toEqual([true, true, false, false]);
  });

  test('is told that it is up, and so is who looks later', async () => {
    const { waiting, expire } = begun();
    const ended = waiting.ended();
    const timeUp = waiting.timeUp();

    expire();
    await timeUp;
    const before = ended.aborted;
    await new Promise((resolve) => setImmediate(resolve));

    expect([before, ended.aborted, await waiting.timeUp()]).toEqual([false, true, null]);
  });
});

/** Somebody with two seconds, which are up when the test says so. */
function begun() {
  const waiting = createWaiting();
  const clocks: (() => void)[] = [];
  waiting.begin({
    milliseconds: 2_000,
    begin: (expire) => {
      clocks.push(expire);
      return () => {};
    },
  });
  const expire = (): void => {
    for (const each of clocks) each();
  };
  return { waiting, expire };
}

test('a signal that is looked at when the time is up says so', () => {
  const { waiting, expire } = begun();

  expire();

  expect(waiting.ended().reason).toMatchObject({ name: 'TimeoutError' });
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
