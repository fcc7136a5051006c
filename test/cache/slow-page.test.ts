import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';
import { openAnswerDoor } from './held-answers.ts';
import { withChat } from './with-chat.ts';

const ada = 'a1d00001-0000-4000-8000-000000000001';
const list = '{ openWebUIAccounts(first: 3) { edges { node { username } } } }';

test('a page that comes late replaces none that was asked for after it', async () => {
  await using door = await openAnswerDoor();
  await using keeping = await startKeeping({
    config: withChat(({ url = '' }) => ({ url: door.before(url) })),
  });
  const { world } = keeping.rollcall.community.openWebUI;
  await keeping.data(list);
  keeping.pass(3_600);

  const held = door.hold((_method, path) => path.startsWith('/api/v1/users'));
  const late = keeping.data(list);
  await held.answered;
  world.users.remove(ada);
  keeping.pass(1);
  expect(JSON.stringify(await keeping.data(`query @maxAge(seconds: 0) ${list}`))).not.toContain('Ada Lindqvist');
  held.letGo();
  expect(JSON.stringify(await late)).toContain('Ada Lindqvist');

  expect(JSON.stringify(await keeping.data(list))).not.toContain('Ada Lindqvist');
});
