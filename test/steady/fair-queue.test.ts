import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { createFairQueue, type Entry, type FairQueue } from '../../src/steady/fair-queue.ts';

/** A queue, how often it has asked somebody, and who was run or refused, in order. */
function queueing(running = 10) {
  const told = { asked: 0, ran: [] as string[], refused: [] as string[] };
  const overflow = () => new SourceError('SOURCE_OVERLOADED', 'horde');
  const queue: FairQueue = createFairQueue({ running, waiting: 2_048, overflow, now: () => performance.now() });
  const entry = (name: string, verdict: () => number | SourceError, lane = 'none'): Entry => ({
    lane,
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
