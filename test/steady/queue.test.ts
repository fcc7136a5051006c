import { expect, test } from 'vitest';
import { caller, nobody, outcomes, service, startAsked } from './asked.ts';

const many = (count: number, at = 0): string[] => Array.from({ length: count }, (_, index) => `/${at + index}`);

test('no more than the concurrency are under way, and no more connections are opened', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 3 } });

  const reads = many(20).map((path) => asked.ask(path));
  await expect.poll(() => asked.reached).toHaveLength(3);

  expect(asked.client.traffic.stateFor(service)).toMatchObject({ running: 3, waiting: 17 });
  asked.release();
  expect(await outcomes(reads)).toEqual(many(20));
  expect(asked.open()).toBeLessThanOrEqual(3);
  expect(asked.client.traffic.stateFor(service)).toMatchObject({ running: 0, waiting: 0 });
});

test('what does not fit into the queue is refused at once, with the time to wait', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 2, waiting: 3 } });

  const reads = many(7).map((path) => asked.ask(path));
  const refused = await Promise.allSettled(reads.slice(5));

  for (const each of refused) {
    expect(each).toMatchObject({ reason: { code: 'SOURCE_OVERLOADED', retryable: true, retryAfter: expect.any(Number) } });
  }
  asked.release();
  expect(await outcomes(reads.slice(0, 5))).toEqual(many(5));
  expect(asked.reached).toEqual(many(5));
});

test('who leaves while waiting leaves the queue, and nothing is sent', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1 } });
  const first = asked.ask('/first');
  const leaving = new AbortController();
  const waiting = asked.ask('/waiting', service, { signal: leaving.signal });
  const last = asked.ask('/last');
  await expect.poll(() => asked.client.traffic.stateFor(service).waiting).toBe(2);

  leaving.abort('enough');

  expect(await outcomes([waiting])).toEqual(['enough']);
  expect(asked.client.traffic.stateFor(service).waiting).toBe(1);
  asked.release();
  expect(await outcomes([first, last])).toEqual(['/first', '/last']);
  expect(asked.reached).toEqual(['/first', '/last']);
});

test.for([
  ['its client leaves', 'enough'],
  ['its time is up', new DOMException('the operation took too long', 'TimeoutError')],
] as const)('what an operation still waits for when %s is not counted, nor sent', async ([, why]) => {
  const quota = { enabled: true, share: 1, perMinute: 20 };
  await using asked = await startAsked({ held: true, http: { concurrency: 2 }, options: { quota } });
  const leaving = new AbortController();
  const reads = many(10).map((path) => asked.ask(path, service, { signal: leaving.signal }));
  await expect.poll(() => asked.reached).toHaveLength(2);

  leaving.abort(why);
  await outcomes(reads);
  await expect.poll(() => asked.client.traffic.stateFor(service)).toMatchObject({ running: 0, waiting: 0 });

  expect(asked.client.traffic.stateFor(service)).toMatchObject({ requests: 2, quota: [{ route: '*', limit: 20, left: 18 }] });
  expect(asked.reached).toHaveLength(2);
});

test('whoever left before there was a connection has used up nothing', async () => {
  const quota = { enabled: true, share: 1, perMinute: 20 };
  await using asked = await startAsked({ options: { quota } });
  const leaving = new AbortController();
  const read = asked.ask('/a', service, { signal: leaving.signal });

  leaving.abort('enough');
  await outcomes([read]);
  await expect.poll(() => asked.client.traffic.stateFor(service).running).toBe(0);

  expect(asked.client.traffic.stateFor(service).quota).toMatchObject([{ route: '*', left: 20 }]);
  expect(await outcomes([asked.ask('/b')])).toEqual(['/b']);
  expect(asked.reached).toEqual(['/b']);
});

test('the deadline includes waiting: what was not sent by then is refused, and never sent', async () => {
  // Both are asked in the same moment, however busy the machine is.
  const clock = { at: 0 };
  await using asked = await startAsked({
    held: true,
    http: { concurrency: 1, deadlineMs: 1_000 },
    options: { now: () => clock.at },
  });

  const reads = [asked.ask('/first'), asked.ask('/second')];
  await expect.poll(() => asked.reached).toHaveLength(1);
  clock.at = 1_000;

  expect(await outcomes(reads)).toEqual(['SOURCE_TIMEOUT', 'SOURCE_OVERLOADED']);
  expect(asked.reached).toEqual(['/first']);
  expect(asked.client.traffic.stateFor(service)).toMatchObject({ waiting: 0 });
});

test('one caller’s crowd takes turns with the others: the service waits for one of them and not for all', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1 } });
  const crowd = many(30).map((path) => asked.ask(path, caller('a crowd')));
  await expect.poll(() => asked.reached).toHaveLength(1);

  const own = asked.ask('/service');
  asked.release();
  await Promise.all([own, ...crowd]);

  expect(asked.reached.indexOf('/service')).toBeLessThanOrEqual(2);
});

test('who has no crowd finds room in a queue that a crowd has filled: the last of the crowd makes place', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1, waiting: 10 } });
  const crowd = many(11).map((path) => asked.ask(path, caller('a crowd')));
  await expect.poll(() => asked.reached).toHaveLength(1);

  const own = asked.ask('/service');
  asked.release();

  expect(await outcomes([own])).toEqual(['/service']);
  expect((await outcomes(crowd)).filter((each) => each === 'SOURCE_OVERLOADED')).toHaveLength(1);
});

test('a crowd that asks with the service’s key keeps nobody else waiting who asks with it, and is where room is made', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1, waiting: 10 } });
  const crowd = many(11).map((path) => asked.ask(path, service, { lane: 'KEY crowd' }));
  await expect.poll(() => asked.reached).toHaveLength(1);

  const single = asked.ask('/single', service, { lane: 'KEY single' });
  const unnamed = asked.ask('/unnamed');
  asked.release();

  expect(await outcomes([single, unnamed])).toEqual(['/single', '/unnamed']);
  expect((await outcomes(crowd)).slice(-2)).toEqual(['SOURCE_OVERLOADED', 'SOURCE_OVERLOADED']);
  expect(asked.reached.slice(0, 4).toSorted()).toEqual(['/0', '/1', '/single', '/unnamed']);
});

test('what waits is counted by credential, whoever asks', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1 } });
  const own = caller('own');
  const reads = [
    ...many(4).map((path) => asked.ask(path, service, { lane: 'KEY one' })),
    asked.ask('/5', service, { lane: 'KEY two' }),
    asked.ask('/6', nobody, { lane: 'KEY one', asker: own }),
    asked.ask('/7', own, { lane: 'KEY two' }),
  ];
  await expect.poll(() => asked.reached).toHaveLength(1);

  const waiting = [service, own, nobody, caller('KEY one')].map((each) => asked.client.traffic.stateFor(each).waiting);
  asked.release();
  await Promise.all(reads);

  expect(waiting).toEqual([4, 2, 0, 0]);
});

test('in whose line a request waits is told to no source, and keeps nobody from sharing it', async () => {
  await using asked = await startAsked({ held: true });

  const reads = ['KEY one', 'KEY two'].map((lane) => asked.ask('/same', service, { lane }));
  asked.release();

  expect(await outcomes(reads)).toEqual(['/same', '/same']);
  expect(asked.reached).toEqual(['/same']);
  expect(JSON.stringify(asked.server.requests)).not.toContain('KEY');
});

test('closing ends what runs and what waits', async () => {
  await using asked = await startAsked({ held: true, http: { concurrency: 1 } });
  const reads = [asked.ask('/first'), asked.ask('/second')];
  await expect.poll(() => asked.reached).toHaveLength(1);

  await asked.client.close();

  expect(await outcomes(reads)).toEqual(['SOURCE_UNREACHABLE', 'SOURCE_UNREACHABLE']);
});
