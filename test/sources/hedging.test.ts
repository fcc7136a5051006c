import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { type Hidden, hidden, spend } from './hedging-truth.ts';
import { endings, named, point, sessionOf, sweep } from './loading-session.ts';

describe('not knowing how many accounts there are', () => {
  test('never costs more than twice what knowing it would have', () => {
    fc.assert(
      fc.property(hidden, (given) => {
        const { spent, least } = spend(given);

        expect(spent).toBeLessThanOrEqual(2 * least);
      }),
      { numRuns: 500 },
    );
  });

  const panel: Hidden = {
    wanted: 20,
    truth: 50,
    guess: 1_000,
    most: 10_000,
    pointBytes: 340,
    rowBytes: 130,
    pageSize: 50,
    concurrency: 8,
    hasPages: false,
  };

  test('is mended by counting where much hangs on it, and not where little does', () => {
    expect(spend(panel).counted).toBe(true);
    expect(spend({ ...panel, wanted: 2 }).counted).toBe(false);
    expect(spend({ ...panel, wanted: 300 }).counted).toBe(false);
  });

  test('is cheaper hedged than guessed, when the guess was wrong', () => {
    const { spent } = spend({ ...panel, truth: 9_000 });

    // Those who guess a thousand would have read nine.
    expect(spent).toBeLessThan(30);
    expect(1 + (9_000 * 130) / 10_400).toBeGreaterThan(100);
  });
});

describe('a session of a source that can be counted', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `${index}`);

  function counted(truth: number, count: () => Promise<void> = async () => undefined) {
    const log: string[] = [];
    let known: number | undefined;
    const all = sweep(log, 'all', {
      brings: ['identity'],
      complete: true,
      tell: () => Object.fromEntries(ids.map((id) => [id, named(id)])),
    });
    const session = {
      ...sessionOf({
        reads: [
          point(log, 'user', { brings: ['identity'], tell: named }),
          { ...all, cost: (_partition: string, population = 10) => ({ requests: 1, bytes: 130 * population }) },
        ],
      }),
      population: () => known,
      count: {
        cost: { requests: 1, bytes: 0 },
        most: 10_000,
        ask: async () => {
          log.push('count');
          await count();
          known = truth;
        },
      },
    };
    return { log, loader: createAccountLoader(session, 'test') };
  }

  test('is counted once, and then swept if it is small', async () => {
    const { log, loader } = counted(100);

    await endings(...ids.map((id) => loader.load(id, 'identity')));

    expect(log).toEqual(['count', `all all for ${ids.join(' ')}`]);
  });

  test('is counted once, and then read singly if it is large', async () => {
    const { log, loader } = counted(9_000);

    await endings(...ids.map((id) => loader.load(id, 'identity')));

    expect(log).toEqual(['count', ...ids.map((id) => `user ${id}`)]);
  });

  test('is taken to be as large as guessed when counting fails, which is nobody’s fault', async () => {
    const { log, loader } = counted(9_000, () => Promise.reject(new Error('no')));

    const loaded = await endings(...ids.map((id) => loader.load(id, 'identity')));

    expect(loaded).toContainEqual({ exists: true, value: { username: '7', displayName: null } });
    expect(log).toEqual(['count', `all all for ${ids.join(' ')}`]);
  });

  test('is not counted for one', async () => {
    const { log, loader } = counted(9_000);

    await endings(loader.load('7', 'identity'));

    expect(log).toEqual(['user 7']);
  });
});
