import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';
import { createSharedMemory } from './shared-memory.ts';

const list = '{ openWebUIAccounts(first: 3) { edges { node { username } } } }';
const reply = (status: number) =>
  ({ kind: 'reply', status, headers: { 'content-type': 'application/json' }, body: '{"detail":"No."}' }) as const;

test.for([
  ['this process alone', undefined],
  ['several processes', createSharedMemory()],
] as const)('a list that was refused does not come back out of the memory of %s when the source is gone', async ([, shared]) => {
  await using keeping = await startKeeping(shared === undefined ? {} : { second: shared.connect() });
  const { faults } = keeping.rollcall.community.openWebUI;
  await keeping.data(list);
  keeping.pass(11);
  const codes = async () => (await keeping.rollcall.askText(list)).errors?.map(({ extensions }) => extensions.code);

  faults.add({ fault: reply(401) });
  expect(await codes()).toEqual(['SOURCE_UNAUTHORIZED']);
  faults.clear();
  faults.add({ fault: reply(503) });
  expect(await codes()).toEqual(['SOURCE_FAILED']);
});
