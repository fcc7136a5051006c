import { expect, test } from 'vitest';
import { age, usualAges } from '../../src/cache/ages.ts';
import { createCache } from '../../src/cache/cache.ts';
import { SourceError, type SourceErrorCode, sourceErrors } from '../../src/errors.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { endings, identityOf, named, point, sessionOf } from '../sources/loading-session.ts';

const ages = { ...usualAges, facets: { identity: age(10, 0, 100), email: age(10, 0, 5) } };
const codes = Object.keys(sourceErrors) as SourceErrorCode[];

/** Reads the same account in two operations, the second one some seconds later. */
async function twice(second: () => ReturnType<typeof named> | null | SourceError, seconds = 60) {
  let time = 1_000_000;
  const cache = createCache({ enabled: true, maxMegabytes: 1, now: () => time, steady: () => time });
  const answers = [() => ({ ...named('a'), email: 'a@example.org' }), second];
  const tell = async () => {
    const told = answers.shift()?.() ?? null;
    if (told instanceof SourceError) throw told;
    return told;
  };
  const session = sessionOf({ reads: [point([], 'user', { brings: ['identity', 'email'], tell })] });
  const load = async () => {
    const shelf = cache.shelf('test', { class: 'none' }, ages, { maxAge: undefined });
    const loader = createAccountLoader(session, 'test', { shelf, refresh: () => undefined });
    return endings(loader.load('a', 'identity'), loader.load('a', 'email'));
  };
  await load();
  time += 1_000 * seconds;
  return load();
}

test.for(codes)('what is kept stands in for %s where asking again could help, as long as its age allows', async (code) => {
  const failure = new SourceError(code, 'test');

  const failed = { failed: failure };
  expect(await twice(() => failure)).toEqual([sourceErrors[code].retryable ? identityOf('a') : failed, failed]);
});

test('a facet that a row could not show is stood in for too, and one that was refused is not', async () => {
  const broken = new SourceError('SOURCE_MALFORMED', 'test');
  const refused = new SourceError('SOURCE_FORBIDDEN', 'test');

  expect(await twice(() => ({ identity: broken, email: broken }))).toEqual([identityOf('a'), { failed: broken }]);
  expect(await twice(() => ({ identity: refused, email: refused }))).toEqual([{ failed: refused }, { failed: refused }]);
});

test('an error that is no source’s is nobody’s to cover up', async () => {
  const bug = new TypeError('a mistake of ours');

  expect(
    await twice(() => {
      throw bug;
    }),
  ).toEqual([{ failed: bug }, { failed: bug }]);
});

test('a facet that is refused is forgotten at once, and what came with it is kept', async () => {
  const cache = createCache({ enabled: true, maxMegabytes: 1, now: () => 1_000_000 });
  const log: string[] = [];
  const answers = [
    { ...named('a'), email: 'a@example.org' },
    { ...named('a'), email: new SourceError('SOURCE_FORBIDDEN', 'test') },
  ];
  const session = sessionOf({
    reads: [point(log, 'user', { brings: ['identity', 'email'], tell: () => answers.shift() ?? {} })],
  });
  const load = (facet: 'identity' | 'email', maxAge?: number) => {
    const shelf = cache.shelf('test', { class: 'none' }, ages, { maxAge });
    return endings(createAccountLoader(session, 'test', { shelf, refresh: () => undefined }).load('a', facet));
  };
  await load('email');

  await load('identity', 0);

  expect(await load('identity')).toEqual([identityOf('a')]);
  expect(log).toHaveLength(2);
  // Asked for again: there is nothing kept of it.
  await load('email');
  expect(log).toHaveLength(3);
});
