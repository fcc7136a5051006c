import { expect, test } from 'vitest';
import { age, usualAges } from '../../src/cache/ages.ts';
import { createCache } from '../../src/cache/cache.ts';
import { createShelfLife } from '../../src/cache/shelf-life.ts';
import { SourceError } from '../../src/errors.ts';
import type { AccountRecord } from '../../src/sources/contract.ts';
import { keepLists } from '../../src/sources/keeping.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { named, type Pieces, point, sessionOf } from '../sources/loading-session.ts';

const ages = {
  ...usualAges,
  facets: { identity: age(10, 0, 100), email: age(4, 0, 5), groups: age(20, 0, 0) },
  shared: age(3, 0, 0),
};
const start = 1_000_000;
const down = new SourceError('SOURCE_UNREACHABLE', 'test');

/** What an operation notes that reads accounts of such a session; `again` is another one later on. */
function noting(pieces: Pieces) {
  let time = start;
  const cache = createCache({ enabled: true, maxMegabytes: 1, now: () => time, steady: () => time });
  const again = () => {
    const life = createShelfLife(() => time);
    const shelf = cache.shelf('test', { class: 'none' }, ages, { maxAge: undefined }, { life });
    const session = sessionOf(pieces);
    return {
      life,
      loader: createAccountLoader(session, 'test', { shelf, refresh: () => undefined }),
      lists: keepLists(session, shelf),
    };
  };
  const pass = (seconds: number): void => {
    time += 1_000 * seconds;
  };
  return { ...again(), again, pass };
}

const telling = (tell: () => AccountRecord | null) => [point([], 'user', { brings: ['identity', 'email'], tell })];
const whole = () => ({ ...named('a'), email: 'a@example.org' });

test('nothing that was told has no age, and what was read with something shown does not count', async () => {
  const { life, loader } = noting({ reads: telling(whole) });

  expect(life.until).toBe(Number.POSITIVE_INFINITY);
  await loader.load('a', 'identity');
  expect(life.until).toBe(start + 10_000);
  await loader.load('a', 'email');
  expect(life.until).toBe(start + 4_000);
});

test('what is shown again counts from when it was read, and that nobody is there by an age of its own', async () => {
  const { life, loader, pass } = noting({ reads: [...telling(whole)] });
  await loader.load('a', 'identity');
  pass(6);
  loader.peek('a', 'identity');
  expect(life.until).toBe(start + 10_000);

  const nobody = noting({ reads: telling(() => null) });
  await nobody.loader.load('a', 'identity');
  expect(nobody.life.until).toBe(start + 1_000 * usualAges.nobody);
});

test('what is computed is fresh for no longer than what it was computed of, the reads that accounts share among it', async () => {
  const derivation = {
    facet: 'groups' as const,
    from: ['identity' as const],
    shared: ['names'],
    derive: () => ({ groups: [] }),
  };
  const names = { name: 'names', cost: { requests: 1, bytes: 0 }, read: async () => 'names' };
  const { life, loader, pass, again } = noting({ reads: telling(whole), shared: [names], derivations: [derivation] });

  await loader.load('a', 'groups');
  expect(life.until).toBe(start + 3_000);

  // What they share is kept by now.
  pass(2);
  const later = again();
  await later.loader.load('b', 'groups');
  expect(later.life.until).toBe(start + 3_000);
});

test('a read that failed ends it, whoever passes over that', async () => {
  const { life, loader, again } = noting({
    reads: telling(() => {
      throw down;
    }),
  });

  await loader.load('a', 'identity').catch(() => undefined);

  expect(life.until).toBe(Number.NEGATIVE_INFINITY);

  // Whether anybody is there is asked of several facets at once, and one that fails is no reason to say no.
  const other = again();
  await other.loader.loadAll('b', new Set(['identity']));
  expect(other.life.until).toBe(Number.NEGATIVE_INFINITY);
});

test.for(['search', 'findByUsername', 'self', 'status'] as const)('%s that fails ends it', async (what) => {
  const { life, lists } = noting({});
  const asking = { search: () => lists.search('a', 1), findByUsername: () => lists.findByUsername('a') };

  await (what === 'search' || what === 'findByUsername' ? asking[what]() : lists[what]()).catch(() => undefined);

  expect(life.until).toBe(Number.NEGATIVE_INFINITY);
});

test('whose key it is and how a source is are true for now only, though nothing failed', async () => {
  for (const what of ['self', 'status'] as const) {
    let time = start;
    const life = createShelfLife(() => time++);
    const cache = createCache({ enabled: true, maxMegabytes: 1, now: () => time, steady: () => time });
    const shelf = cache.shelf('test', { class: 'none' }, ages, { maxAge: undefined }, { life });
    const told = { self: async () => null, status: async () => ({ version: null, message: null, credential: null }) };

    await keepLists({ ...sessionOf({}), ...told }, shelf)[what]();

    expect(life.until).toBe(Number.NEGATIVE_INFINITY);
  }
});

test('one source asked with a key is enough to be nobody else’s', () => {
  const life = createShelfLife(() => start);

  life.holds(0, 10, true);
  expect(life.isForAnybody).toBe(true);
  life.holds(0, 10, false);
  life.holds(0, 10, true);
  expect(life.isForAnybody).toBe(false);
});

test('a clock that was set back makes nothing fresh for longer', () => {
  const life = createShelfLife(() => start);

  life.holds(-60_000, 10, true);

  expect(life.until).toBe(start + 10_000);
});
