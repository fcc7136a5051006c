import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endOfTurn } from '../src/end-of-turn.ts';

test('what waits for the end of a turn goes on after all else of that turn, side by side', async () => {
  const log: string[] = [];
  const go = async (name: string): Promise<void> => {
    log.push(`${name} asks`);
    await endOfTurn();
    log.push(`${name} goes on`);
    await undefined;
    log.push(`${name} ends`);
  };
  // Due in one turn, one after the other, each with what it leads to at once.
  const asked = ['one', 'other'].map((name) => pause(5).then(() => go(name)));

  await Promise.all(asked);

  expect(log).toEqual(['one asks', 'other asks', 'one goes on', 'other goes on', 'one ends', 'other ends']);
});

test('one turn ends after the other', async () => {
  const first = endOfTurn();

  await first;
  const second = endOfTurn();

  expect(second).not.toBe(first);
  await expect(second).resolves.toBeUndefined();
});
