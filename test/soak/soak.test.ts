import { describe, expect, test } from 'vitest';
import { slopeOf } from './regression.ts';
import { type Soak, soak } from './soak.ts';

/**
 * Bytes of heap for each operation. The smallest thing that can be lost, an object without fields in a list, is 24 and more; a closure,
 * a listener or a short text 50 and more.
 */
const smallestLoss = 24;

/** Whether the heap grows by so much that something must be lost; not by what chance explains, and not by what settles. */
const isLosing = ({ slope: { slope, low } }: Soak): boolean => low > 0 && slope >= smallestLoss;

describe('the process under operations without end', () => {
  test('keeps its heap and its handles', async () => {
    // Until then V8 still compiles what is rare, and notes of that are half of what the heap grows by: 20 bytes an operation were seen.
    const soaked = await soak({ operations: 50_000, warmUp: 50_000, samples: 20 });
    const handles = soaked.samples.map(({ resources }) => resources.length);
    const { slope, perSecond, failed, samples } = soaked;
    console.log(JSON.stringify({ slope, perSecond, failed, handles, rss: samples.map(({ rss }) => rss) }));

    expect(isLosing(soaked)).toBe(false);
    // Some of them come and go: what counts is whether it is certain that one more is left at the end than at the beginning.
    expect(slopeOf(handles.map((count, index) => [index, count])).low * (handles.length - 1)).toBeLessThan(1);
    expect(failed).toBe(0);
    expect(soaked.stderr).toBe('');
    expect(soaked.exitCode).toBe(0);
  }, 400_000);

  test('is found out when it loses a short text with each of them', async () => {
    // Between the ten thousandth and the twenty thousandth five megabytes have been seen to settle: more than is lost in as many.
    const soaked = await soak({ operations: 18_000, warmUp: 22_000, samples: 12, leak: true });
    console.log(JSON.stringify({ slope: soaked.slope, heap: soaked.samples.map(({ heapUsed }) => heapUsed) }));

    expect(isLosing(soaked)).toBe(true);
  }, 400_000);
});

test('a slope is that of the line, and its margin covers it in nineteen of twenty draws', () => {
  const exact = slopeOf([0, 1, 2, 3, 4].map((x) => [x, 3 * x + 1]));
  let state = 1;
  const noise = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const draws = Array.from({ length: 1_000 }, () =>
    slopeOf(Array.from({ length: 20 }, (_, x) => [x, 2 * x + noise() + noise() + noise()])),
  );

  expect(exact).toEqual({ slope: 3, low: 3, high: 3 });
  const covered = draws.filter(({ low, high }) => low <= 2 && high >= 2).length;
  expect(covered).toBeGreaterThan(920);
  expect(covered).toBeLessThan(980);
});
