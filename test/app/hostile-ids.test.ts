import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ada } from './everywhere.ts';
import { startTarget, type Target } from './hostile.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.rollcall[Symbol.asyncDispose]());

const uuid = '6f1c0001-0000-4000-8000-000000000001';
const ids: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a blank', ' '],
  ['a number without a source', '42'],
  ['a source without an id', 'horde:'],
  ['an id without a source', ':42'],
  ['a path that climbs', 'horde:../1'],
  ['a path that climbs, encoded', 'horde:..%2f1'],
  ['an exponent', 'horde:1e9'],
  ['hexadecimal', 'horde:0x1f'],
  ['a fraction', 'horde:1.5'],
  ['a sign', 'horde:-1'],
  ['a plus', 'horde:+1'],
  ['blanks around', 'horde: 42 '],
  ['digits of another script', 'horde:٤٢'],
  ['full-width digits', 'horde:４２'],
  ['more than a number holds', 'horde:99999999999999999999'],
  ['just past the largest', 'horde:2147483648'],
  ['a query', 'horde:1?x=1'],
  ['a fragment', 'horde:1#2'],
  ['a second line', 'horde:1\r\nx-evil: 1'],
  ['a line feed at the end', 'horde:1\n'],
  ['a null byte', 'horde:1\u0000'],
  ['two ids', 'horde:1,2'],
  ['a name', 'horde:ada#101'],
  ['an encoded null byte', 'mcsmanager:%00'],
  ['too short', 'mcsmanager:a1d0'],
  ['not quite hexadecimal', `mcsmanager:${'g'.repeat(32)}`],
  ['one digit more', `mcsmanager:${'a'.repeat(33)}`],
  ['dashes where none belong', `mcsmanager:${uuid}`],
  ['a query', `mcsmanager:${'a'.repeat(32)}&advanced=true`],
  ['a path that climbs', 'webui:../all'],
  ['a path that climbs, encoded', 'webui:..%2Fall'],
  ['the word of another route', 'webui:all'],
  ['the word of another route', 'webui:search'],
  ['a shared chat', 'webui:shared-1'],
  ['a slash', `webui:${uuid}/info`],
  ['a dot', 'webui:.'],
  ['a wildcard', 'webui:%'],
  ['a letter that looks like another', 'webui:аdmin'],
  ['a text that turns round', 'webui:\u202Enimda'],
  ['half a character', 'webui:\uD800'],
  ['an unknown source', 'nobody:42'],
  ['a source in capitals', 'HORDE:42'],
  ['a word of JavaScript', '__proto__:42'],
  ['a word of JavaScript', 'constructor:42'],
  ['an address', 'http://127.0.0.1/1'],
  ['ten kilobytes of digits', `horde:${'1'.repeat(10_000)}`],
  ['ten kilobytes of letters', `webui:${'a'.repeat(10_000)}`],
  ['ten kilobytes of source', `${'a'.repeat(10_000)}:1`],
];

describe('an id', () => {
  test.for(ids)('that is %s is refused by every field that takes one, and nobody is asked', async ([, id]) => {
    target.expectRefused(await target.asked('query ($id: ID!) { user(id: $id) { username } }', { id }), ['user']);
    target.expectRefused(await target.asked('query ($id: ID!) { node(id: $id) { id } }', { id }), ['node']);
    target.expectRefused(await target.asked('query ($id: ID!) { usersById(ids: [$id]) { kudos } }', { id }), ['usersById', 0]);
    target.expectRefused(await target.asked('query ($id: ID!) { nodes(ids: [$id]) { ... on Account { username } } }', { id }), [
      'nodes',
      0,
    ]);
  });
});

test('what an answer repeats of a long id is short', async () => {
  const { text } = await target.asked('query ($id: ID!) { user(id: $id) { id } }', { id: `horde:${'1'.repeat(10_000)}` });

  expect(text.length).toBeLessThan(600);
});

test('a malformed id costs its own place, and the others are answered', async () => {
  const { data, errors } = await target.asked('query ($ids: [ID!]!) { usersById(ids: $ids) { id username } }', {
    ids: [ada.horde, 'horde:../1', 'nobody:1', 'horde:999999', ada.openWebUI],
  });

  expect(data).toEqual({
    usersById: [{ id: ada.horde, username: 'ada#101' }, null, null, null, { id: ada.horde, username: 'ada#101' }],
  });
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['usersById', 1], 'BAD_USER_INPUT'],
    [['usersById', 2], 'BAD_USER_INPUT'],
  ]);
  expect(target.rollcall.calls()).toEqual({ horde: 2, mcsManager: 0, openWebUI: 0 });
});

test('one account in two spellings is asked for once, and is one account', async () => {
  const { data, errors } = await target.asked('{ usersById(ids: ["horde:101", "horde:0101", "horde:000101"]) { id username } }');

  expect(errors).toBeUndefined();
  expect(data).toEqual({ usersById: Array.from({ length: 3 }, () => ({ id: 'horde:101', username: 'ada#101' })) });
  expect(target.rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
});

test('ten thousand ids are too many at once', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `horde:${index}`);

  target.expectRefused(await target.asked('query ($ids: [ID!]!) { usersById(ids: $ids) { username } }', { ids: many }), [
    'usersById',
  ]);
  target.expectRefused(await target.asked('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: many }), ['nodes']);
});

test('no ids at all are an empty list', async () => {
  const { data, errors } = await target.asked('{ usersById(ids: []) { id } nodes(ids: []) { id } }');

  expect({ data, errors }).toEqual({ data: { usersById: [], nodes: [] }, errors: undefined });
});
