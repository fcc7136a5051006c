import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import type { HttpClient } from '../../src/http/client.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { type Asked, outcomes, service, startAsked } from './asked.ts';
import { startRaw } from './raw-server.ts';

const hang: Fault = { kind: 'hang' };
const eight = Array.from({ length: 8 }, (_, index) => `/${index}`);
const timeout = new DOMException('the operation took too long', 'TimeoutError');

/** What stands still until it is told otherwise. */
const startClock = () => ({ at: 1_000_000 });

/** Eight who are asking, and their leaving. */
function askEight(asked: Asked) {
  const leaving = new AbortController();
  const reads = eight.map((path) => asked.ask(path, service, { signal: leaving.signal }));
  return {
    reads,
    leave: async (reason: unknown): Promise<void> => {
      leaving.abort(reason);
      await outcomes(reads);
      await expect.poll(() => running(asked.client)).toBe(0);
    },
  };
}

const running = (client: HttpClient): number => client.traffic.stateFor(service).running;

test.for([
  ['the operation’s deadline ended it', timeout],
  ['the clients left', 'enough'],
] as const)(
  'a source that has been silent for a second is known to hang, although nobody waited to the end: %s',
  async ([, why]) => {
    const clock = startClock();
    await using asked = await startAsked({ faults: [{ fault: hang }], options: { now: () => clock.at } });
    const { leave } = askEight(asked);
    await expect.poll(() => asked.reached).toHaveLength(8);

    clock.at += 1_000;
    await leave(why);

    expect(asked.client.traffic.stateFor(service)).toMatchObject({ breaker: 'OPEN', failures: 8 });
    expect(await outcomes([asked.ask('/next')])).toEqual(['SOURCE_OVERLOADED']);
    expect(asked.reached).toHaveLength(8);
  },
);

test('whoever leaves sooner says nothing about a source', async () => {
  const clock = startClock();
  await using asked = await startAsked({ faults: [{ fault: hang }], options: { now: () => clock.at } });
  const { leave } = askEight(asked);
  await expect.poll(() => asked.reached).toHaveLength(8);

  clock.at += 999;
  await leave('enough');

  expect(asked.client.traffic.stateFor(service)).toMatchObject({ breaker: 'CLOSED', failures: 0 });
});

test('nor does whoever does not wait for twice as long as it usually takes', async () => {
  const clock = startClock();
  await using asked = await startAsked({
    faults: [
      { times: 1, fault: { kind: 'delay', ms: 700 } },
      { times: 8, fault: hang },
    ],
    options: { now: () => clock.at },
  });
  await asked.ask('/usual');
  const { leave } = askEight(asked);
  await expect.poll(() => asked.reached).toHaveLength(9);

  clock.at += 1_390;
  await leave('enough');

  expect(asked.client.traffic.stateFor(service)).toMatchObject({ breaker: 'CLOSED', failures: 0 });
});

test('nor does whoever leaves while an answer is coming, however long it takes', async () => {
  const clock = startClock();
  await using raw = await startRaw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome of'), {
    now: () => clock.at,
  });
  let begun = 0;
  const count = (): void => {
    begun += 1;
  };
  subscribe('undici:request:headers', count);
  const leaving = new AbortController();
  const reads = eight.map((path) => raw.client.send({ path, credential: service, route: 'thing', signal: leaving.signal }));
  const settled = outcomes(reads);
  await expect.poll(() => begun).toBe(8);
  unsubscribe('undici:request:headers', count);

  clock.at += 3_000;
  leaving.abort('enough');
  await settled;
  await expect.poll(() => running(raw.client)).toBe(0);

  expect(raw.client.traffic.stateFor(service)).toMatchObject({ breaker: 'CLOSED', failures: 0 });
});

test('while another still waits for the same, nothing is said', async () => {
  const clock = startClock();
  await using asked = await startAsked({ held: true, options: { now: () => clock.at } });
  const { leave, reads } = askEight(asked);
  const staying = eight.map((path) => asked.ask(path));
  await expect.poll(() => asked.reached).toHaveLength(8);

  clock.at += 3_000;
  const left = leave('enough');
  await outcomes(reads);
  expect(asked.client.traffic.stateFor(service)).toMatchObject({ breaker: 'CLOSED', failures: 0, running: 8 });
  asked.release();
  await left;

  expect(await outcomes(staying)).toEqual(eight);
});

test('a probe that was left after a second of silence leaves the breaker open for longer', async () => {
  const clock = startClock();
  await using asked = await startAsked({ faults: [{ fault: hang }], options: { now: () => clock.at } });
  const { leave } = askEight(asked);
  await expect.poll(() => asked.reached).toHaveLength(8);
  clock.at += 1_000;
  await leave('enough');
  clock.at += 1_000;
  const leaving = new AbortController();
  const probe = asked.ask('/probe', service, { signal: leaving.signal });
  await expect.poll(() => asked.reached).toHaveLength(9);

  clock.at += 1_000;
  leaving.abort('enough');
  await outcomes([probe]);
  await expect.poll(() => running(asked.client)).toBe(0);
  clock.at += 1_999;

  expect(asked.client.traffic.stateFor(service).breaker).toBe('OPEN');
});
