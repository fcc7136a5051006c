import { expect, test } from 'vitest';
import { createTurns } from '../../src/edge/turns.ts';

/** Turns whose end comes when it is called for, by a clock that is set. */
function slowMotion({ most = 4, longMs = 2, patienceMs = 100 } = {}) {
  let time = 1_000;
  const ends: (() => void)[] = [];
  const turns = createTurns({ most, longMs, patienceMs, now: () => time, atEnd: (act) => ends.push(act) });
  const begun: string[] = [];
  return {
    begun,
    isIdle: () => ends.length === 0,
    arrive: (name: string, weight = 1, lane = 'all') => {
      const turn = turns.wait(lane, weight);
      if (turn === undefined) begun.push(name);
      else void turn.then(() => begun.push(name));
    },
    /** The turn ends after so many milliseconds. Tells who has begun since. */
    endTurn: async (ms = 0) => {
      const before = begun.length;
      time += ms;
      ends.shift()?.();
      await Promise.resolve();
      return begun.slice(before);
    },
  };
}

const names = (count: number, of = ''): string[] => Array.from({ length: count }, (_, at) => `${of}${at}`);

test('begins at once as many as fit in a turn, and the others in the turns after it in their order', async () => {
  const { arrive, begun, endTurn, isIdle } = slowMotion();
  for (const name of names(10)) arrive(name);

  expect(begun).toEqual(['0', '1', '2', '3']);
  expect(await endTurn()).toEqual(['4', '5', '6', '7']);
  expect(await endTurn()).toEqual(['8', '9']);
  expect(await endTurn()).toEqual([]);
  await endTurn();
  expect(isIdle()).toBe(true);
});

test('weighs them by what they may ask, and lets one begin that is heavier than all of a turn', async () => {
  const { arrive, begun, endTurn } = slowMotion();
  arrive('heavy', 26);
  arrive('second', 3);
  arrive('third', 3);
  arrive('fourth', 1);

  expect(begun).toEqual(['heavy']);
  expect(await endTurn()).toEqual(['second', 'third']);
  expect(await endTurn()).toEqual(['fourth']);
});

test('lets lanes take turns, whoever of them came with a crowd', async () => {
  const { arrive, endTurn } = slowMotion({ most: 2 });
  for (const name of names(6, 'crowd ')) arrive(name, 1, 'crowd');
  arrive('single', 1, 'single');

  expect(await endTurn()).toEqual(['crowd 2', 'single']);
  expect(await endTurn()).toEqual(['crowd 3', 'crowd 4']);
});

test('begins none after a long turn, not even who has just come', async () => {
  const { arrive, endTurn } = slowMotion({ most: 1 });
  for (const name of names(4)) arrive(name);

  expect(await endTurn()).toEqual(['1']);
  expect(await endTurn(3)).toEqual([]);
  arrive('late');
  expect(await endTurn(3)).toEqual([]);
  expect(await endTurn(2)).toEqual(['2']);
});

test('begins one now and then though turns stay long', async () => {
  const { arrive, endTurn } = slowMotion({ most: 1, patienceMs: 100 });
  for (const name of names(4)) arrive(name);
  await endTurn();

  const each = [await endTurn(60), await endTurn(60), await endTurn(60), await endTurn(60)];
  expect(each).toEqual([[], ['2'], [], ['3']]);
});

test('knows nothing of how long it was idle', async () => {
  const { arrive, begun, endTurn } = slowMotion({ most: 1 });
  arrive('first');
  await endTurn();
  await endTurn();
  await endTurn(10_000);
  arrive('second');

  expect(begun).toEqual(['first', 'second']);
});
