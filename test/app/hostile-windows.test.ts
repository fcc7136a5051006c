import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatCursor, listMark, markOf, parseCursor } from '../../src/sources/cursor.ts';
import { startTarget, type Target } from './hostile.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.rollcall[Symbol.asyncDispose]());

const lists = ['users', 'hordeAccounts', 'mcsManagerAccounts', 'openWebUIAccounts'];
const ask = (list: string, args: string): ReturnType<Target['asked']> =>
  target.asked(`{ ${list}(${args}) { totalCount pageInfo { hasNextPage } edges { cursor node { id username } } } }`);

describe.for(lists)('a window of %s', (list) => {
  test.for<[string, string]>([
    ['a negative first', 'first: -1'],
    ['a negative last', 'last: -1'],
    ['a first past the cap', 'first: 101'],
    ['a huge first', 'first: 2147483647'],
    ['a huge last', 'last: 2147483647'],
    ['first and last at once', 'first: 1, last: 1'],
    ['first with before', 'first: 1, before: "x"'],
    ['last with after', 'last: 1, after: "x"'],
    ['a cursor that is empty', 'after: ""'],
    ['a cursor of words', 'after: "not a cursor"'],
    ['a cursor of another program', 'after: "YXJyYXljb25uZWN0aW9uOjI0"'],
    ['a number for a cursor', 'after: "25"'],
    ['ten kilobytes for a cursor', `after: "${'A'.repeat(10_000)}"`],
    ['a cursor with a null byte', 'after: "\\u0000"'],
    ['a malformed before', 'last: 1, before: "WzFd"'],
  ])('with %s is refused', async ([, args]) => {
    target.expectRefused(await ask(list, args), [list]);
  });

  test('of no rows is empty', async () => {
    const { data, errors } = await target.asked(`{ ${list}(first: 0) { edges { node { id } } } }`);

    expect(errors).toBeUndefined();
    expect(data).toEqual({ [list]: { edges: [] } });
  });
});

test('a number that no Int holds, or text, never reaches a resolver', async () => {
  for (const first of ['2147483648', '1.5', '"1"', 'null: 1', '{}']) {
    const { errors, data } = await target.asked(`{ users(first: ${first}) { edges { cursor } } }`);
    expect(errors?.[0]?.message).toBeTruthy();
    expect(data).toBeUndefined();
  }
  target.expectNobodyAsked();
});

describe('a cursor', () => {
  const cursorOf = async (query: string): Promise<string> => {
    const { data } = await target.rollcall.askText(`{ list: ${query} { edges { cursor } } }`);
    // One of the lists above with at least one row.
    const cursor = (data?.list as { edges: { cursor: string }[] } | undefined)?.edges.at(-1)?.cursor;
    if (cursor === undefined) throw new Error(`no cursor came from ${query}`);
    return cursor;
  };

  test('of one list is refused by another', async () => {
    const horde = await cursorOf('hordeAccounts(first: 3)');
    const byKudos = await cursorOf('hordeAccounts(first: 3, orderBy: KUDOS)');
    const panel = await cursorOf('mcsManagerAccounts(first: 3)');
    const admins = await cursorOf('mcsManagerAccounts(first: 1, role: ADMIN)');
    const webui = await cursorOf('openWebUIAccounts(first: 3)');
    const found = await cursorOf('openWebUIAccounts(first: 3, query: "a")');

    target.expectRefused(await ask('hordeAccounts', `after: "${byKudos}"`), ['hordeAccounts']);
    target.expectRefused(await ask('hordeAccounts', `orderBy: KUDOS, after: "${horde}"`), ['hordeAccounts']);
    target.expectRefused(await ask('hordeAccounts', `after: "${panel}"`), ['hordeAccounts']);
    target.expectRefused(await ask('mcsManagerAccounts', `after: "${horde}"`), ['mcsManagerAccounts']);
    target.expectRefused(await ask('mcsManagerAccounts', `after: "${admins}"`), ['mcsManagerAccounts']);
    target.expectRefused(await ask('mcsManagerAccounts', `role: USER, after: "${admins}"`), ['mcsManagerAccounts']);
    target.expectRefused(await ask('mcsManagerAccounts', `userName: "a", after: "${panel}"`), ['mcsManagerAccounts']);
    target.expectRefused(await ask('openWebUIAccounts', `after: "${found}"`), ['openWebUIAccounts']);
    target.expectRefused(await ask('openWebUIAccounts', `query: "b", after: "${found}"`), ['openWebUIAccounts']);
    target.expectRefused(await ask('openWebUIAccounts', `orderBy: NAME, after: "${webui}"`), ['openWebUIAccounts']);
    target.expectRefused(await ask('openWebUIAccounts', `direction: DESC, after: "${webui}"`), ['openWebUIAccounts']);
    target.expectRefused(await ask('users', `source: "horde", after: "${webui}"`), ['users']);
    target.expectRefused(await ask('users', `source: "webui", search: "a", after: "${webui}"`), ['users']);
  });

  test('that was cut, lengthened or changed in one character is refused', async () => {
    const cursor = await cursorOf('openWebUIAccounts(first: 30)');
    const changed = [...cursor].map((letter, at) => `${cursor.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`);

    for (const mangled of [cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, cursor.toUpperCase(), ...changed.slice(0, 80)]) {
      target.expectRefused(await ask('openWebUIAccounts', `after: "${mangled}"`), ['openWebUIAccounts']);
    }
  });

  test('made up by somebody who knows its form leads nowhere', async () => {
    const cursor = parseCursor(await cursorOf('openWebUIAccounts(first: 3)'));
    const marks = Array.from({ length: 8 }, (_, row) => markOf(`made up ${row}`));

    for (const page of [0, 1, 5_000, Number.MAX_SAFE_INTEGER]) {
      const { errors } = await ask('openWebUIAccounts', `after: "${formatCursor({ ...cursor, page, marks })}"`);
      expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
      // Its row is looked for on the pages around, and no further.
      expect(target.rollcall.calls().openWebUI).toBeLessThan(10);
    }
    const elsewhere = formatCursor({ ...cursor, source: 'nobody' });
    target.expectRefused(await ask('users', `after: "${elsewhere}"`), ['users']);
    target.expectRefused(await ask('openWebUIAccounts', `after: "${formatCursor({ ...cursor, list: listMark(['other']) })}"`), [
      'openWebUIAccounts',
    ]);
  });
});
