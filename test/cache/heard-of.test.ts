import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';
import { openAnswerDoor } from './held-answers.ts';
import { createSharedMemory } from './shared-memory.ts';
import { withChat } from './with-chat.ts';

const ada = 'webui:a1d00001-0000-4000-8000-000000000001';
const list = '{ openWebUIAccounts(first: 3) { edges { node { username } } } }';
const write = `mutation { updateOpenWebUIUser(input: { id: "${ada}", name: "Ada the Second" }) { sent } }`;

test.for([
  ['the same operation', list],
  ['another operation', list.replace('{', '{ sources { id }')],
])('after the news of a write elsewhere %s joins nothing from before it, and nothing of that is kept', async ([, query = '']) => {
  const shared = createSharedMemory();
  await using door = await openAnswerDoor();
  await using writing = await startKeeping({ second: shared.connect() });
  const url = door.before(writing.rollcall.community.openWebUI.apiUrl);
  await using hearing = await startKeeping({
    second: shared.connect(),
    config: withChat(() => ({ url })),
  });

  // As long as nobody knows what the key is good for, one asks and all others wait.
  await hearing.data(list);
  for (const each of [writing, hearing]) each.pass(3_600);

  const held = door.hold((_method, path) => path.startsWith('/api/v1/users'));
  const before = hearing.data(list);
  await held.answered;
  await writing.data(write);
  const after = hearing.data(query);
  // Time enough to join what is under way.
  await new Promise((resolve) => setTimeout(resolve, 100));
  held.letGo();

  expect(JSON.stringify(await before)).toContain('Ada Lindqvist');
  for (const told of [await after, await hearing.data(list), await writing.data(list)]) {
    expect(JSON.stringify(told)).toContain('Ada the Second');
  }
});
