import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';

const anHour = 3_600;
const user = '{ user(id: "horde:101") { horde { username } } }';

test('what was read by a clock that is set back since keeps nothing newer from being kept', async () => {
  await using keeping = await startKeeping();
  keeping.pass(anHour);
  await keeping.data(user);
  keeping.pass(-anHour);
  keeping.rollcall.calls();

  await keeping.data(user);
  const anew = keeping.calls();
  await keeping.data(user);

  expect([anew, keeping.calls()]).toEqual([1, 0]);
});

test('that somebody does not exist is not believed from then either', async () => {
  await using keeping = await startKeeping();
  const nobody = '{ user(id: "horde:999999") { horde { username } } }';
  keeping.pass(anHour);
  await keeping.data(nobody);
  keeping.pass(-anHour);
  keeping.rollcall.calls();

  await keeping.data(nobody);
  const anew = keeping.calls();
  await keeping.data(nobody);

  expect([anew, keeping.calls()]).toEqual([1, 0]);
});
