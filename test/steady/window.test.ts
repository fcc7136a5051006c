import { expect, test } from 'vitest';
import { createWindow } from '../../src/steady/window.ts';

/** The same numbers each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('a window counts what was answered for as long as it lasts, however many come and go', () => {
  const random = numbersFrom(7);
  const [lasting, limit] = [1_000, 500];
  let time = 0;
  let underWay = 0;
  let ends: number[] = [];
  const window = createWindow(lasting, limit, 1, () => time);
  const told: unknown[] = [];
  const expected: unknown[] = [];

  for (let step = 0; step < 20_000; step += 1) {
    const chance = random();
    if (chance < 0.45 && window.wait() === 0) {
      window.take();
      underWay += 1;
    } else if (chance < 0.9 && underWay > 0) {
      window.settle();
      underWay -= 1;
      ends.push(time + lasting);
    } else time += Math.floor(random() * 4);
    ends = ends.filter((end) => end > time);

    told.push([window.state(), window.wait(limit), window.isIdle()]);
    const left = limit - underWay - ends.length;
    // All of it is there again once all that is under way has been answered and counted.
    const until = underWay > 0 ? lasting : (ends.at(-1) ?? time) - time;
    expected.push([{ limit, left, resetMs: ends.length > 0 ? (ends.at(-1) ?? 0) - time : null }, until, left === limit]);
  }

  expect(told).toEqual(expected);
});

test('of requests in quick succession none ceases to count too soon, and none by more than a thousandth too late', () => {
  const random = numbersFrom(11);
  const lasting = 60_000;
  let time = 0;
  const ends: number[] = [];
  const window = createWindow(lasting, 1_000_000, 1, () => time);

  for (let step = 0; step < 20_000; step += 1) {
    time += random() * 20;
    window.take();
    window.settle();
    ends.push(time + lasting);
    if (step % 50 !== 0) continue;
    const used = 1_000_000 - (window.state().left ?? 0);

    expect(used).toBeGreaterThanOrEqual(ends.filter((end) => end > time).length);
    expect(used).toBeLessThanOrEqual(ends.filter((end) => end + lasting / 1_000 > time).length);
  }
  time = (ends.at(-1) ?? 0) + lasting / 1_000;
  expect(window.isIdle()).toBe(true);
});
