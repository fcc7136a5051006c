import { expect, test } from 'vitest';
import { noteAsked, traced, withMeter } from '../../src/cache/since.ts';
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

test('what was shown of a list page counts for the age, though a newer answer came before the rest was shown', async () => {
  await using keeping = await startKeeping();

  const data = await keeping.data('{ hordeAccounts(first: 1) { edges { node { kudos contact freshness { sourceLag } } } } }');

  expect(data).toMatchObject({ hordeAccounts: { edges: [{ node: { freshness: { sourceLag: 310 } } }] } });
});
