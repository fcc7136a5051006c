import { expect, test } from 'vitest';
import { keysAt } from '../access/people.ts';
import { startKeeping } from './counting.ts';
import { openAnswerDoor } from './held-answers.ts';
import { withChat } from './with-chat.ts';

const ada = 'a1d00001-0000-4000-8000-000000000001';
const bao = 'ba000002-0000-4000-8000-000000000002';
const nameOf = `{ user(id: "webui:${bao}") { openWebUI { username } } }`;
const named = (username: string) => ({ user: { openWebUI: { username } } });
const rename = `mutation { updateOpenWebUIUser(input: { id: "webui:${bao}", name: "Bao the Second" }) { account { username freshness { servedFrom } } changes: fields { verdict } } }`;

test('after a write everybody is told the new truth, whatever key they ask with', async () => {
  await using keeping = await startKeeping();
  const own = keysAt(keeping.rollcall.community).webui(ada);
  expect(await keeping.data(nameOf)).toEqual(named('Bao Nguyen'));
  expect(await keeping.data(nameOf, own)).toEqual(named('Bao Nguyen'));

  expect(await keeping.data(rename)).toEqual({
    updateOpenWebUIUser: {
      account: { username: 'Bao the Second', freshness: { servedFrom: 'SOURCE' } },
      changes: [{ verdict: 'APPLIED' }],
    },
  });

  expect(await keeping.data(nameOf)).toEqual(named('Bao the Second'));
  expect(await keeping.data(nameOf, own)).toEqual(named('Bao the Second'));
});

test('a read that began before a write and ends after it answers whoever asked, and is not kept', async () => {
  await using door = await openAnswerDoor();
  await using keeping = await startKeeping({
    config: withChat(({ url = '' }) => ({ url: door.before(url) })),
  });
  // As long as nobody knows what the key is good for, one asks and all others wait.
  await keeping.data(nameOf.replace(bao, ada));
  const held = door.hold((method, path) => method === 'GET' && path.endsWith(bao));
  const early = keeping.data(nameOf);
  await held.answered;

  await keeping.data(rename);
  held.letGo();

  expect(await early).toEqual(named('Bao Nguyen'));
  keeping.calls();
  expect(await keeping.data(nameOf)).toEqual(named('Bao the Second'));
  // Nor does it push out what was read since.
  expect(keeping.calls()).toBe(0);
});

test('a page that was read before a write and comes after it is not kept, nor are its accounts', async () => {
  await using door = await openAnswerDoor();
  await using keeping = await startKeeping({
    config: withChat(({ url = '' }) => ({ url: door.before(url) })),
  });
  const held = door.hold((method, path) => method === 'GET' && path.includes('/users/?'));
  const list = '{ openWebUIAccounts(first: 30) { edges { node { username } } } }';
  const early = keeping.data(list);
  await held.answered;

  await keeping.data(rename);
  held.letGo();

  expect(JSON.stringify(await early)).toContain('Bao Nguyen');
  expect(JSON.stringify(await keeping.data(list))).toContain('Bao the Second');
  expect(await keeping.data(nameOf)).toEqual(named('Bao the Second'));
});
