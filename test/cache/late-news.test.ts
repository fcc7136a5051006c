import { expect, test } from 'vitest';
import { startRollcall } from '../app/rollcall.ts';
import { openAnswerDoor } from './held-answers.ts';
import { createSharedMemory } from './shared-memory.ts';
import { withChat } from './with-chat.ts';

const ada = 'webui:a1d00001-0000-4000-8000-000000000001';
const list = '{ openWebUIAccounts(first: 3) { edges { node { username } } } }';
const write = `mutation { updateOpenWebUIUser(input: { id: "${ada}", name: "Ada the Second" }) { sent } }`;
const second = { fresh: 1, staleWhileRevalidate: 0, staleIfError: 0 };

// By the clock as it is: how old an answer is that was joined is seen by that alone.
test('what was asked before a write is not handed to others after it, though the news of it is late', async () => {
  const shared = createSharedMemory();
  await using door = await openAnswerDoor();
  const start = (before = (url: string): string => url) =>
    startRollcall({
      size: 40,
      cache: true,
      second: shared.connect(),
      config: withChat(({ url = '' }) => ({ url: before(url), cache: { list: { fresh: 1 }, identity: second } })),
    });
  await using writing = await start();
  const url = door.before(writing.community.openWebUI.apiUrl);
  await using hearing = await start(() => url);
  await hearing.askText(list);
  await new Promise((resolve) => setTimeout(resolve, 1_100));

  const held = door.hold((_method, path) => path.startsWith('/api/v1/users'));
  const before = hearing.askText(list);
  await held.answered;
  const tellNews = shared.holdNews();
  await writing.askText(write);
  const joined = hearing.askText(list.replace('{', '{ sources { id }'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  held.letGo();
  await Promise.all([before, joined]);

  expect(JSON.stringify(await writing.askText(list))).toContain('Ada the Second');
  tellNews();
  expect(JSON.stringify(await hearing.askText(list))).toContain('Ada the Second');
});
