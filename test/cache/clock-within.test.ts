import { expect, test } from 'vitest';
import { age, usualAges } from '../../src/cache/ages.ts';
import { createCache } from '../../src/cache/cache.ts';
import { createShelfLife, type ShelfLife } from '../../src/cache/shelf-life.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { named, point, sessionOf } from '../sources/loading-session.ts';

const ages = { ...usualAges, facets: { identity: age(60, 0, 0), email: age(60, 0, 0), kudos: age(60, 0, 0) } };
const anHour = 3_600_000;

/** A clock of the day that may be set, and one that only goes forward. Both go on by so many milliseconds with each request. */
function openClocks({ takesMs = 5 } = {}) {
  const clocks = { day: 1_000_000_000_000, steady: 0 };
  const pass = (ms: number): void => {
    clocks.day += ms;
    clocks.steady += ms;
  };
  const cache = createCache({ enabled: true, maxMegabytes: 1, now: () => clocks.day, steady: () => clocks.steady });
  const names = ['old', 'new', 'newest'];
  const tell = () => {
    pass(takesMs);
    return { ...named(names.shift() ?? ''), email: 'a@example.org' };
  };
  const session = sessionOf({
    reads: [
      point([], 'short', { brings: ['identity', 'email'], tell }),
      point([], 'long', {
        brings: ['identity', 'email', 'kudos'],
        cost: { requests: 1, bytes: 5_000 },
        tell: () => ({ ...tell(), kudos: 1 }),
      }),
    ],
  });
  const begin = (life?: ShelfLife) => {
    const shelf = cache.shelf('test', { class: 'none' }, ages, { maxAge: undefined }, { life });
    return { shelf, loader: createAccountLoader(session, 'test', { shelf, refresh: () => undefined }) };
  };
  return { clocks, pass, begin };
}

test.for([0, -anHour, anHour])(
  'an answer stays fresh as long as what it shows, though the clock was set by %d ms meanwhile',
  async (step) => {
    const { clocks, pass, begin } = openClocks();
    await begin().loader.load('a', 'identity');
    pass(50_000);
    const life = createShelfLife(() => clocks.steady);
    const { loader } = begin(life);

    clocks.day += step;
    loader.peek('a', 'identity');

    // It is fresh for a minute, of which ten seconds are left, but for the time that reading it took.
    expect(life.until - clocks.steady).toBe(10_000 - 5);
  },
);

test.for([0, -anHour, anHour])(
  'what an operation reads itself is newer than what was kept, though the clock was set by %d ms in between',
  async (step) => {
    const { clocks, pass, begin } = openClocks();
    await begin().loader.load('a', 'identity');
    pass(2_000);
    const { loader } = begin();
    expect(loader.peek('a', 'email')).toEqual({ exists: true, value: 'a@example.org' });

    clocks.day += step;
    await loader.load('a', 'kudos');

    expect(loader.peek('a', 'identity')).toMatchObject({ value: named('new').identity });
    expect(await loader.freshness('a')).toMatchObject({ origin: 'MEMORY', age: expect.closeTo(2.01, 2) });
  },
);
