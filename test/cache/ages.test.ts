import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { startKeeping, until } from './counting.ts';

const ada =
  '{ user(id: "webui:a1d00001-0000-4000-8000-000000000001") { openWebUI { username email freshness { age stale servedFrom } } } }';
const shown = (servedFrom: string, age: number, stale = false) => ({
  user: { openWebUI: { username: 'Ada Lindqvist', email: 'ada@harbour.example', freshness: { age, stale, servedFrom } } },
});

test('what one operation was told answers the next, and says so', async () => {
  await using keeping = await startKeeping();

  expect(await keeping.data(ada)).toEqual(shown('SOURCE', 0));
  expect(keeping.calls()).toBe(1);
  keeping.pass(20);

  expect(await keeping.data(ada)).toEqual(shown('MEMORY', 20));
  expect(keeping.calls()).toBe(0);
});

test('a little too old it is still the answer, and is read anew behind it, once', async () => {
  await using keeping = await startKeeping();
  await keeping.data(ada);
  keeping.calls();
  keeping.pass(60);
  // By whichever door they come, all three are there before it is.
  keeping.rollcall.community.openWebUI.faults.add({ times: 1, fault: { kind: 'delay', ms: 500 } });

  const answers = await Promise.all([keeping.data(ada), keeping.data(ada), keeping.data(ada)]);

  expect(answers).toEqual([1, 2, 3].map(() => shown('MEMORY', 60, true)));
  await until(() => keeping.rollcall.community.openWebUI.requests.length === 1);
  await expect.poll(() => keeping.data(ada)).toEqual(shown('MEMORY', 0));
  expect(keeping.calls()).toBe(1);
});

test('much too old it is read anew before it answers', async () => {
  await using keeping = await startKeeping();
  await keeping.data(ada);
  keeping.calls();
  keeping.pass(151);

  expect(await keeping.data(ada)).toEqual(shown('SOURCE', 0));
  expect(keeping.calls()).toBe(1);
});

test('it stands in for a source that fails, as long as that is no refusal and not for ever', async () => {
  await using keeping = await startKeeping();
  const { faults } = keeping.rollcall.community.openWebUI;
  await keeping.data(ada);
  keeping.pass(200);
  faults.add({ fault: { kind: 'reset' } });

  expect(await keeping.data(ada)).toEqual(shown('MEMORY', 200, true));
  keeping.pass(3_600);
  await expect(keeping.data(ada)).rejects.toThrow('SOURCE_UNREACHABLE');
});

test('a refusal is no failure: what was shown before is not shown again, even when the source fails later', async () => {
  await using keeping = await startKeeping();
  const { faults } = keeping.rollcall.community.openWebUI;
  await keeping.data(ada);
  keeping.pass(200);
  faults.add({
    fault: { kind: 'reply', status: 401, headers: { 'content-type': 'application/json' }, body: '{"detail":"401 Unauthorized"}' },
  });

  await expect(keeping.data(ada)).rejects.toThrow(/SOURCE_(UNAUTHORIZED|FORBIDDEN)/);
  faults.clear();
  faults.add({ fault: { kind: 'reset' } });

  await expect(keeping.data(ada)).rejects.toThrow('SOURCE_UNREACHABLE');
});

test('that nobody has an id is believed for a few seconds', async () => {
  await using keeping = await startKeeping();
  const nobody = '{ user(id: "webui:00000000-0000-4000-8000-000000000000") { username } }';
  const ask = async () => [await keeping.data(nobody), keeping.calls()];

  expect(await ask()).toEqual([{ user: null }, 1]);
  keeping.pass(4);
  expect(await ask()).toEqual([{ user: null }, 0]);
  keeping.pass(2);
  expect(await ask()).toEqual([{ user: null }, 1]);
});

test('who is gone is not brought back by what was known of them, not even when the source fails', async () => {
  await using keeping = await startKeeping();
  const { openWebUI } = keeping.rollcall.community;
  await keeping.data(ada);
  keeping.pass(200);
  openWebUI.faults.add({
    times: 1,
    fault: { kind: 'reply', status: 400, headers: { 'content-type': 'application/json' }, body: gone },
  });
  expect(await keeping.data(ada)).toEqual({ user: null });
  keeping.pass(10);
  openWebUI.faults.add({ fault: { kind: 'reset' } });

  await expect(keeping.data(ada)).rejects.toThrow('SOURCE_UNREACHABLE');
});

const gone = JSON.stringify({ detail: "We could not find what you're looking for :/" });

test('an error is not kept', async () => {
  await using keeping = await startKeeping();
  keeping.rollcall.community.openWebUI.faults.add({ times: 1, fault: { kind: 'reset' } });

  await expect(keeping.data(ada)).rejects.toThrow('SOURCE_UNREACHABLE');
  expect(await keeping.data(ada)).toEqual(shown('SOURCE', 0));
});

test('a failing refresh keeps the stale answer and leaves the source alone for a while', async () => {
  await using keeping = await startKeeping();
  const { openWebUI } = keeping.rollcall.community;
  await keeping.data(ada);
  keeping.calls();
  keeping.pass(60);
  openWebUI.faults.add({ fault: { kind: 'reset' } });

  expect(await keeping.data(ada)).toEqual(shown('MEMORY', 60, true));
  // Not when the twin was asked, but when the failure has arrived: only then does the pause begin.
  await until(async () => {
    const { sources } = await keeping.data('{ sources { id state { running failures } } }');
    return (sources as readonly unknown[]).some((each) =>
      isDeepStrictEqual(each, { id: 'webui', state: { running: 0, failures: 1 } }),
    );
  });
  for (let round = 0; round < 5; round += 1) expect(await keeping.data(ada)).toEqual(shown('MEMORY', 60, true));
  expect(keeping.calls()).toBe(1);

  openWebUI.faults.clear();
  keeping.pass(3);
  expect(await keeping.data(ada)).toEqual(shown('MEMORY', 63, true));
  await until(() => openWebUI.requests.length === 1);
});

test('a page of a list answers for its accounts in the next operation, and for itself', async () => {
  await using keeping = await startKeeping();
  const page = '{ openWebUIAccounts(first: 5) { edges { node { username nativeId } } totalCount } }';
  const first = await keeping.data(page);
  expect(keeping.calls()).toBe(1);

  expect(await keeping.data(page)).toEqual(first);
  expect(keeping.calls()).toBe(0);
  expect(await keeping.data(ada)).toEqual(shown('MEMORY', 0));
  expect(keeping.calls()).toBe(0);
});

test('a name and a search are looked up once', async () => {
  await using keeping = await startKeeping();
  const both =
    '{ userByUsername(username: "Ada Lindqvist", source: "webui") { id } searchUsers(query: "Ada", sources: ["webui"]) { users { username } } }';
  const first = await keeping.data(both);
  expect(keeping.calls()).toBeGreaterThan(0);

  expect(await keeping.data(both)).toEqual(first);
  expect(keeping.calls()).toBe(0);
});

test('rights that are computed are computed from what is kept', async () => {
  await using keeping = await startKeeping();
  const rights =
    '{ user(id: "webui:c41d0003-0000-4000-8000-000000000003") { openWebUI { permissions { allows(permission: "chat.delete") } } } }';
  const first = await keeping.data(rights);
  expect(keeping.calls()).toBe(3);

  expect(await keeping.data(rights)).toEqual(first);
  expect(keeping.calls()).toBe(0);
});

test('what is not asked for again within one source’s ages is asked of the others', async () => {
  await using keeping = await startKeeping({
    config: (input) => ({
      ...input,
      sources: input.sources.map((source) => (source.id === 'horde' ? { ...source, cache: { kudos: false } } : source)),
    }),
  });
  const member = '{ user(id: "horde:101") { kudos displayName permissions { nativeRole } } }';
  const first = await keeping.data(member);
  keeping.rollcall.calls();

  expect(await keeping.data(member)).toEqual(first);
  expect(keeping.rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
});
