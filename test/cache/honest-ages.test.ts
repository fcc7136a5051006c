import { expect, test } from 'vitest';
import { usualAges } from '../../src/cache/ages.ts';
import { emptyShelf } from '../../src/cache/shelf.ts';
import { noteAsked, traced, withMeter } from '../../src/cache/since.ts';
import { keepLists } from '../../src/sources/keeping.ts';
import { named, sessionOf } from '../sources/loading-session.ts';
import { startKeeping } from './counting.ts';

test('a read that was told what had been asked before it began is as much older, and so is one that it is a part of', async () => {
  const asked = performance.now() - 500;
  const joining = async (): Promise<string> => {
    await Promise.resolve();
    noteAsked(asked);
    return 'told';
  };

  const own = await traced(async () => noteAsked(performance.now()));
  const whole = await traced(async () => (await traced(joining)).result);

  expect(own.earlierMs).toBe(0);
  expect(whole).toEqual({ result: 'told', earlierMs: expect.closeTo(500, -2) });
});

test('how old a part was is told to the whole through any number of meters between the two', async () => {
  const meter = () => ({ requests: 0, bytes: 0 });
  const part = () => traced(async () => noteAsked(performance.now() - 500));

  const whole = await traced(async () => withMeter(meter(), () => withMeter(meter(), part)));

  expect(whole.earlierMs).toBeCloseTo(500, -2);
});

test('whose key it is was told when it was asked, and by our own clock', async () => {
  let time = 1_000_000;
  const self = async () => {
    time += 500;
    noteAsked(performance.now() - 2_000);
    return { id: 'a', record: named('a') };
  };

  const kept = keepLists(
    { ...sessionOf({}), self },
    emptyShelf(usualAges, () => time),
  );

  expect(await kept.self()).toEqual({ id: 'a', record: named('a'), fetchedAt: expect.any(Date) });
  expect(Number((await kept.self())?.fetchedAt)).toBeCloseTo(1_000_500 - 2_000, -2);
});

test('what was shown of a list page counts for the age, though a newer answer came before the rest was shown', async () => {
  await using keeping = await startKeeping();

  const data = await keeping.data('{ hordeAccounts(first: 1) { edges { node { kudos contact freshness { sourceLag } } } } }');

  expect(data).toMatchObject({ hordeAccounts: { edges: [{ node: { freshness: { sourceLag: 310 } } }] } });
});
