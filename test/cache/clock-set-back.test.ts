import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';

const anHour = 3_600;

test.each([
  ['what was read of somebody', 'horde:101'],
  ['that somebody does not exist', 'horde:999999'],
])('%s by a clock that is set back since keeps nothing newer from being kept', async (_what, id) => {
  await using keeping = await startKeeping();
  const query = `{ user(id: "${id}") { horde { username } } }`;
  keeping.pass(anHour);
  await keeping.data(query);
  keeping.pass(-anHour);
  keeping.rollcall.calls();

  await keeping.data(query);
  const anew = keeping.calls();
  await keeping.data(query);

  expect([anew, keeping.calls()]).toEqual([1, 0]);
});
