import { expect, test } from 'vitest';
import { startRollcall } from '../app/rollcall.ts';

/** Lets every turn of the event loop take three milliseconds more, with something else. Tells how many there were. */
function keepBusy(): { stop(): number } {
  let turns = 0;
  let next = setImmediate(work);
  function work(): void {
    turns += 1;
    const until = performance.now() + 3;
    while (performance.now() < until);
    next = setImmediate(work);
  }
  return {
    stop: () => {
      clearImmediate(next);
      return turns;
    },
  };
}

test('a process that has other things to do in every turn gets operations done in the turns that they take', async () => {
  await using rollcall = await startRollcall({ size: 40 });
  const { data } = await rollcall.askText('{ openWebUIAccounts(first: 25) { edges { node { id } } } }');
  const [first] = JSON.stringify(data).match(/webui:[\w-]+/) ?? [];
  // Each is an operation of its own, whose answer none of the others shares.
  const asked = Array.from({ length: 100 }, (_, at) => `query ($id: ID!) { user(id: $id) { a${at}: openWebUI { id email } } }`);
  const host = keepBusy();
  const answers = await Promise.all(asked.map((query) => rollcall.askText(query, { id: first })));
  const turns = host.stop();

  expect(answers.map(({ data }) => Object.values(data?.user ?? {}))).toEqual(
    answers.map(() => [{ id: first, email: expect.any(String) }]),
  );
  // One by one, with a pause after each, they would take thousands.
  expect(turns).toBeLessThan(600);
});
