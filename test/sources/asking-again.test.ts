import { expect, test } from 'vitest';
import { createAskingAgain } from '../../src/sources/asking-again.ts';
import { meansOf } from '../../src/sources/means.ts';
import { named, sessionOf } from './loading-session.ts';

test('a kept page is a way to those of its rows that are shown, and to nobody else', () => {
  const again = createAskingAgain(sessionOf({}), () => false);
  const page = {
    name: 'first',
    brings: ['identity'] as const,
    requests: 1,
    origin: 'MEMORY' as const,
    readAt: 0,
    lag: 0,
    again: async () => ({ accounts: [], total: null, more: false }),
  };
  again.note({ id: 'a', record: named('a') }, page);

  const { sweeps } = meansOf(again.session, {
    population: undefined,
    concurrency: 1,
    mostSweptBytes: Number.POSITIVE_INFINITY,
    estimate: () => ({ pace: 1, bytes: 1 }),
    known: () => new Set(),
    hasMissed: () => false,
    hasShared: () => false,
    isUnderway: () => false,
  });

  const sweep = sweeps.find(({ name }) => name === 'list page 1');
  expect(['a', 'b'].map((id) => sweep?.partition(id))).toEqual(['', null]);
});
