import { expect, test } from 'vitest';
import { createTurns, type TurnOptions } from '../../src/edge/turns.ts';

/** Turns whose end comes when it is called for, by a clock that is set. */
function slowMotion({ most = 4, enough = most, patienceMs = 20 }: Pick<TurnOptions, 'most' | 'enough' | 'patienceMs'> = {}) {
  let time = 1_000;
  const ends: (() => void)[] = [];
  const turns = createTurns({ most, enough, patienceMs, now: () => time, atEnd: (act) => ends.push(act) });
  const begun: string[] = [];
  const sentAway: string[] = [];
  return {
    ...turns,
    begun,
    sentAway,
    isIdle: () => ends.length === 0,
    arrive: (name: string, { weight = 1, lane = 'all', forMs = 30_000 } = {}) => {
      const turn = turns.wait({ lane, weight, until: time + forMs });
      if (turn === undefined) begun.push(name);
      else void turn.come.then((hasCome) => (hasCome ? begun : sentAway).push(name));
      return turn;
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
  arrive('heavy', { weight: 26 });
  arrive('second', { weight: 3 });
  arrive('third', { weight: 3 });
  arrive('fourth');

  expect(begun).toEqual(['heavy']);
  expect(await endTurn()).toEqual(['second', 'third']);
  expect(await endTurn()).toEqual(['fourth']);
});

test('lets lanes take turns, whoever of them came with a crowd', async () => {
  const { arrive, endTurn } = slowMotion({ most: 2 });
  for (const name of names(6, 'crowd ')) arrive(name, { lane: 'crowd' });
  arrive('single', { lane: 'single' });

  expect(await endTurn()).toEqual(['crowd 2', 'single']);
  expect(await endTurn()).toEqual(['crowd 3', 'crowd 4']);
});

test('more may begin in a turn than be dealt with before the next, and answers count by their size', async () => {
  const { answered, arrive, endTurn } = slowMotion({ most: 4, enough: 2 });
  for (const name of names(13)) arrive(name);

  for (const _ of names(2)) answered(0);
  expect(await endTurn()).toEqual(['4', '5', '6', '7']);
  for (const _ of names(3)) answered(0);
  expect(await endTurn()).toEqual([]);
  answered(32_768);
  expect(await endTurn()).toEqual([]);
  answered(16_384);
  expect(await endTurn()).toEqual(['8', '9', '10', '11']);
});

test('begins none after a turn in which much was dealt with, not even who has just come', async () => {
  const { answered, arrive, endTurn } = slowMotion({ most: 4 });
  for (const name of names(12)) arrive(name);

  expect(await endTurn()).toEqual(['4', '5', '6', '7']);
  for (const _ of names(5)) answered(0);
  expect(await endTurn()).toEqual([]);
  arrive('late');
  for (const _ of names(4)) answered(0);
  expect(await endTurn()).toEqual(['8', '9', '10', '11']);
  expect(await endTurn()).toEqual(['late']);
});

test('holds nobody up because turns take long in which nothing is dealt with', async () => {
  const { arrive, endTurn } = slowMotion();
  for (const name of names(12)) arrive(name);

  expect(await endTurn(500)).toEqual(['4', '5', '6', '7']);
  expect(await endTurn(500)).toEqual(['8', '9', '10', '11']);
});

test('begins one now and then though there is always as much to do', async () => {
  const { answered, arrive, endTurn } = slowMotion({ most: 1, patienceMs: 20 });
  for (const name of names(4)) arrive(name);
  const busyTurn = (): Promise<string[]> => {
    for (const _ of names(2)) answered(0);
    return endTurn(12);
  };

  expect([await busyTurn(), await busyTurn(), await busyTurn(), await busyTurn()]).toEqual([[], ['1'], [], ['2']]);
});

test('begins at once after a while in which nothing was asked, however much there was before', async () => {
  const { answered, arrive, begun, endTurn, isIdle } = slowMotion();
  for (const _ of names(9)) answered(0);
  while (!isIdle()) await endTurn();
  arrive('first');

  expect(begun).toEqual(['first']);
});

test('begins out of turn whose time is up, of whichever lane, and nobody else for that', async () => {
  const { answered, arrive, endTurn } = slowMotion({ most: 1 });
  arrive('first');
  for (const name of names(2, 'late ')) arrive(name, { forMs: 10 });
  arrive('late too', { lane: 'other', forMs: 10 });
  arrive('in time', { lane: 'third' });
  for (const _ of names(2)) answered(0);

  expect(await endTurn(12)).toEqual(['late 0', 'late too', 'late 1']);
  for (const _ of names(2)) answered(0);
  expect(await endTurn()).toEqual([]);
  expect(await endTurn()).toEqual(['in time']);
});

test('leaves the turn of whoever has left to the next', async () => {
  const { arrive, endTurn, isIdle } = slowMotion({ most: 1 });
  arrive('first');
  const left = [arrive('second', { weight: 100 }), arrive('third', { lane: 'other' })];
  arrive('fourth');
  for (const turn of left) turn?.leave();

  expect(await endTurn()).toEqual(['fourth']);
  while (!isIdle()) expect(await endTurn()).toEqual([]);
});

test('sends away the last comer of the longest lane for who has no crowd, and nobody for who has one', async () => {
  const { arrive, endTurn, makeRoom, sentAway } = slowMotion({ most: 1 });
  arrive('first');
  for (const name of names(3, 'crowd ')) arrive(name, { lane: 'crowd' });

  expect([makeRoom('crowd'), makeRoom('single')]).toEqual([false, true]);
  arrive('single', { lane: 'single' });
  expect(makeRoom('single')).toBe(false);
  expect(await endTurn()).toEqual(['crowd 0']);
  expect(await endTurn()).toEqual(['single']);
  expect(await endTurn()).toEqual(['crowd 1']);
  expect(await endTurn()).toEqual([]);
  expect(sentAway).toEqual(['crowd 2']);
});
