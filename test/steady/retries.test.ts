import { setImmediate as immediately, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/twins/faults.ts';
import { outcomes, plain, service, startAsked } from './asked.ts';
import { startRaw } from './raw-server.ts';

const reply = (status: number, headers: Record<string, string> = {}): Fault => ({ kind: 'reply', status, headers, body: 'no' });
const twice = { http: { retries: 2 } } as const;

describe('a read is sent again', () => {
  test.for<[string, Fault]>([
    ['after a connection that was reset', { kind: 'reset' }],
    ['after an answer that broke off', { kind: 'cut', share: 0.5 }],
    ['after a 502', reply(502)],
    ['after a 503', reply(503)],
    ['after a 504', reply(504)],
    ['after a 429 that says when', reply(429, { 'retry-after': '0' })],
  ])('%s', async ([, fault]) => {
    await using asked = await startAsked({ ...twice, faults: [{ times: 1, fault }] });

    expect(await outcomes([asked.ask('/a')])).toEqual(['/a']);
    expect(asked.reached).toEqual(['/a', '/a']);
    expect(asked.client.traffic.stateFor(service)).toMatchObject({ requests: 2, retries: 1 });
  });

  test('when no headers came in the time for them', async () => {
    await using asked = await startAsked({
      http: { retries: 2, headersMs: 200 },
      faults: [{ times: 1, fault: { kind: 'hang' } }],
    });

    expect(await outcomes([asked.ask('/a')])).toEqual(['/a']);
    expect(asked.reached).toEqual(['/a', '/a']);
  });

  test.for([
    [100, 300],
    [500, 900],
  ] as const)('when no headers came within %i milliseconds: an answer after %i comes too late', async ([headersMs, after]) => {
    let isFirst = true;
    await using asked = await startAsked({
      http: { retries: 1, headersMs },
      answer: async ({ path }) => {
        if (!isFirst) return plain(path);
        isFirst = false;
        await pause(after);
        // However busy the process is, whoever looks at its clocks comes first.
        await immediately();
        return plain('too late');
      },
    });

    expect(await outcomes([asked.ask('/a')])).toEqual(['/a']);
    expect(asked.reached).toEqual(['/a', '/a']);
  });

  test('three times in all and not more', async () => {
    await using asked = await startAsked({ ...twice, faults: [{ fault: { kind: 'reset' } }] });

    expect(await outcomes([asked.ask('/a')])).toEqual(['SOURCE_UNREACHABLE']);
    expect(asked.reached).toHaveLength(3);
  });
});

describe('nothing is sent again', () => {
  test.for<[string, Fault]>([
    ['after a 500, which would be the same again', reply(500)],
    ['after a 404', reply(404)],
    ['after a 401', reply(401)],
    ['after a 403', reply(403)],
    ['after more than may be taken', { kind: 'flood', bytes: 200_000 }],
  ])('%s', async ([, fault]) => {
    await using asked = await startAsked({ ...twice, faults: [{ times: 1, fault }] });

    await outcomes([asked.ask('/a')]);

    expect(asked.reached).toEqual(['/a']);
  });

  test('and the client is told that nothing came in time where no attempt is left', async () => {
    await using asked = await startAsked({ http: { headersMs: 100 }, held: true });

    expect(await outcomes([asked.ask('/a')])).toEqual(['SOURCE_TIMEOUT']);
    expect(asked.reached).toEqual(['/a']);
  });

  test('once the first byte came in time, however long the rest takes', async () => {
    await using raw = await startRaw(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab');
        setTimeout(() => socket.write('cd'), 800);
      },
      {},
      { headersMs: 500, retries: 1 },
    );

    expect(await outcomes([raw.client.send({ path: '/a', credential: service, route: 'thing' })])).toEqual(['abcd']);
  });

  test.for<[string, Fault]>([
    ['a reset', { kind: 'reset' }],
    ['an answer that broke off', { kind: 'cut', share: 0.5 }],
    ['a 503', reply(503)],
    ['a 429', reply(429, { 'retry-after': '0' })],
  ])('of a write, after %s', async ([, fault]) => {
    await using asked = await startAsked({ ...twice, faults: [{ times: 1, fault }] });

    await outcomes([asked.ask('/a', service, { method: 'PUT', json: {} })]);

    expect(asked.reached).toEqual(['/a']);
  });
});

describe('the time that a source asks for', () => {
  test.for([429, 503])('is waited for where %i says it and it fits', async (status) => {
    const at: number[] = [];
    await using asked = await startAsked({
      ...twice,
      answer: ({ path }) => {
        at.push(performance.now());
        return at.length === 1 ? plain('later', status, { 'retry-after': '1' }) : plain(path);
      },
    });

    expect(await outcomes([asked.ask('/a')])).toEqual(['/a']);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test.for([429, 503])('is told and not waited for where %i says it and it does not fit', async (status) => {
    await using asked = await startAsked({ ...twice, faults: [{ times: 1, fault: reply(status, { 'retry-after': '7' }) }] });

    const answer = await asked.ask('/a');

    expect([answer.status, answer.header('retry-after')]).toEqual([status, '7']);
    expect(asked.reached).toEqual(['/a']);
  });

  test('does not fit where the operation ends before, whatever the source’s own deadline', async () => {
    await using asked = await startAsked({ ...twice, faults: [{ times: 1, fault: reply(429, { 'retry-after': '2' }) }] });

    const answer = await asked.ask('/a', service, { until: performance.now() + 1_000 });

    expect(answer.status).toBe(429);
    expect(asked.reached).toEqual(['/a']);
  });

  test('means nothing on other answers: the Horde says it on success too', async () => {
    await using asked = await startAsked({ ...twice, answer: ({ path }) => plain(path, 200, { 'retry-after': '60' }) });

    expect(await outcomes([asked.ask('/a'), asked.ask('/b')])).toEqual(['/a', '/b']);
    expect(asked.reached).toHaveLength(2);
  });

  test('keeps everybody else from the route too, with the same key: nothing is sent before', async () => {
    await using asked = await startAsked({ faults: [{ times: 1, fault: reply(429, { 'retry-after': '30' }) }] });
    await asked.ask('/a');

    expect(await Promise.allSettled([asked.ask('/b')])).toMatchObject([
      { reason: { code: 'SOURCE_RATE_LIMITED', retryable: true, retryAfter: 30 } },
    ]);
    expect(await outcomes([asked.ask('/c', service, { route: 'another' })])).toEqual(['/c']);
    expect(asked.reached).toEqual(['/a', '/c']);
  });
});

test('further attempts stay below a tenth of all requests and five more, however much fails', async () => {
  // One in three fails, which keeps the breaker closed.
  let count = 0;
  await using asked = await startAsked({
    ...twice,
    answer: ({ path }) => {
      count += 1;
      return count % 3 === 0 ? plain('no', 503) : plain(path);
    },
  });

  for (let round = 0; round < 20; round += 1) {
    await outcomes(Array.from({ length: 10 }, (_, index) => asked.ask(`/${round}-${index}`)));
  }

  const { requests, retries } = asked.client.traffic.stateFor(service);
  expect(requests).toBe(asked.reached.length);
  expect(requests).toBe(200 + retries);
  expect(retries).toBeGreaterThan(10);
  expect(retries).toBeLessThanOrEqual(25);
});

test('who leaves between two attempts has no further one made', async () => {
  await using asked = await startAsked({ ...twice, faults: [{ fault: reply(503, { 'retry-after': '1' }) }] });
  const leaving = new AbortController();
  const read = asked.ask('/a', service, { signal: leaving.signal });
  await expect.poll(() => asked.client.traffic.stateFor(service).failures).toBe(1);

  leaving.abort('enough');

  expect(await outcomes([read])).toEqual(['enough']);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(asked.reached).toEqual(['/a']);
});
