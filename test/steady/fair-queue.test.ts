import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { createFairQueue, type Entry, type FairQueue } from '../../src/steady/fair-queue.ts';

/** A queue, how often it has asked somebody, and who was run or refused, in order. */
function queueing(running = 10) {
  const told = { asked: 0, ran: [] as string[], refused: [] as string[] };
  const overflow = () => new SourceError('SOURCE_OVERLOADED', 'horde');
  const queue: FairQueue = createFairQueue({ running, waiting: 2_048, overflow, now: () => performance.now() });
  const entry = (name: string, verdict: () => number | SourceError, lane = 'none', asker = lane): Entry => ({
    lane,
    asker,
    admit: () => {
      told.asked += 1;
      return verdict();
    },
    run: () => told.ran.push(name),
    refuse: ({ code }) => told.refused.push(`${name} ${code}`),
  });
  return { queue, told, entry };
}

const late = new SourceError('SOURCE_RATE_LIMITED', 'horde');
const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe('while a route is held', () => {
  const held = () => 5_000;

  test('two thousand who come are asked about in proportion to their number', () => {
    const { queue, told, entry } = queueing();

    for (let count = 0; count < 2_000; count += 1) queue.enter(entry(`${count}`, held, count % 2 === 0 ? 'none' : 'service'));

    expect(queue.waiting).toBe(2_000);
    expect(told.asked).toBeLessThanOrEqual(2 * 2_000);
    queue.close(late);
  });

  test('others come and go past a thousand who wait, who are not asked again for each', async () => {
    const { queue, told, entry } = queueing(1);
    for (let count = 0; count < 1_000; count += 1) queue.enter(entry('held', held));
    for (let count = 0; count < 1_000; count += 1) queue.enter(entry('free', () => 0));

    for (let count = 0; count < 1_000; count += 1) {
      queue.leave(false);
      await turn();
    }

    expect(told.ran).toHaveLength(1_000);
    expect(queue).toMatchObject({ running: 0, waiting: 1_000 });
    expect(told.asked).toBeLessThanOrEqual(2 * 2_000);
    queue.close(late);
  });

  test('who will never have it is refused as they come, and who has it goes at once', () => {
    const { queue, told, entry } = queueing();
    queue.enter(entry('held', held));

    queue.enter(entry('hopeless', () => late));
    queue.enter(entry('free', () => 0));

    expect(told).toEqual({ asked: expect.any(Number), ran: ['free'], refused: ['hopeless SOURCE_RATE_LIMITED'] });
    queue.close(late);
  });
});

describe('those who wait are asked again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('when their time has come, lanes by turns and each in order', async () => {
    const { queue, told, entry } = queueing();
    const until = performance.now() + 300;
    const verdict = () => Math.max(0, until - performance.now());
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) queue.enter(entry(name, verdict, name.slice(0, 1)));

    await vi.advanceTimersByTimeAsync(299);
    expect(told.ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);

    expect(told.ran).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
  });

  test('before somebody who comes when their time has come and the timer has not', () => {
    const { queue, told, entry } = queueing();
    const until = performance.now() + 300;
    queue.enter(entry('first', () => Math.max(0, until - performance.now())));

    using _ = vi.spyOn(performance, 'now').mockReturnValue(until + 100);
    queue.enter(entry('second', () => 0));

    expect(told.ran).toEqual(['first', 'second']);
  });

  test('when somebody leaves with news: it may go sooner, or never', async () => {
    const { queue, told, entry } = queueing();
    const verdicts: Record<string, number | SourceError> = { sooner: 5_000, never: 5_000, still: 5_000 };
    queue.enter(entry('running', () => 0));
    for (const name of Object.keys(verdicts)) queue.enter(entry(name, () => verdicts[name] ?? 0));
    Object.assign(verdicts, { sooner: 0, never: late });

    queue.leave(true);
    await vi.advanceTimersByTimeAsync(0);

    expect(told).toMatchObject({ ran: ['running', 'sooner'], refused: ['never SOURCE_RATE_LIMITED'] });
    expect(queue.waiting).toBe(1);
  });
});

describe('who waits in a lane may ask with several credentials, and many lanes with one', () => {
  const full = () => 5_000;

  /** Two lanes, in each of which both ask. */
  function mixed() {
    const queued = queueing();
    for (const [lane, asker] of ['a service', 'a service', 'b service', 'a own', 'b own'].map((each) => each.split(' '))) {
      queued.queue.enter(queued.entry(`${lane} ${asker}`, full, lane, asker));
    }
    return queued;
  }

  const countsOf = ({ waitingOf }: FairQueue) => [waitingOf('service'), waitingOf('own'), waitingOf('a'), waitingOf('another')];

  test('they are counted by credential, and nobody else with them', () => {
    const { queue } = mixed();

    expect(countsOf(queue)).toEqual([3, 2, 0, 0]);
    queue.close(late);
    expect(countsOf(queue)).toEqual([0, 0, 0, 0]);
  });

  test('and no longer when they are dropped, run, refused, or make room', async () => {
    let verdict: number | SourceError = 5_000;
    const overflow = () => new SourceError('SOURCE_OVERLOADED', 'horde');
    const queue = createFairQueue({ running: 2, waiting: 3, overflow, now: () => performance.now() });
    const entry = (lane: string, asker: string, admit = (): number | SourceError => verdict): Entry => ({
      ...{ lane, asker, admit },
      run: () => undefined,
      refuse: () => undefined,
    });
    const dropped = entry('a', 'own');
    queue.enter(entry('z', 'z', () => 0));
    for (const each of [dropped, entry('a', 'service'), entry('a', 'own')]) queue.enter(each);

    expect(countsOf(queue)).toEqual([1, 2, 0, 0]);
    // The last of the longest lane goes, who is another's by credential.
    queue.enter(entry('b', 'service'));
    expect(countsOf(queue)).toEqual([2, 1, 0, 0]);
    queue.drop(dropped);
    queue.drop(dropped);
    expect(countsOf(queue)).toEqual([2, 0, 0, 0]);
    verdict = 0;
    queue.leave(true);
    await turn();
    expect(countsOf(queue)).toEqual([0, 0, 0, 0]);
    verdict = 5_000;
    queue.enter(entry('b', 'service'));
    verdict = late;
    queue.leave(true);
    await turn();
    expect([...countsOf(queue), queue.waiting]).toEqual([0, 0, 0, 0, 0]);
  });
});

test('as many lanes as come are each asked about once, and take turns in the order in which they came', async () => {
  const { queue, told, entry } = queueing(1);
  queue.enter(entry('first', () => 0));
  for (let count = 0; count < 1_000; count += 1) {
    const verdict = (): number | SourceError => (count % 2 === 0 ? late : 0);
    queue.enter(entry(`${count} a`, verdict, `${count}`, 'service'));
    queue.enter(entry(`${count} b`, verdict, `${count}`, 'service'));
  }

  for (let count = 0; count < 1_001; count += 1) {
    queue.leave(false);
    await turn();
  }

  const odd = Array.from({ length: 500 }, (_, at) => 2 * at + 1);
  expect(told.ran).toEqual(['first', ...odd.map((count) => `${count} a`), ...odd.map((count) => `${count} b`)]);
  expect(told.refused).toHaveLength(1_000);
  expect(told.asked).toBe(1 + 2_000);
});
