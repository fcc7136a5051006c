import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { beginning, type Cursor, formatCursor, listMark, markCount, markOf, parseCursor } from '../../src/sources/cursor.ts';
import { walk } from '../../src/sources/walking.ts';
import { endOf, list, listOf, numbered } from './walking-lists.ts';

const anyCursor: fc.Arbitrary<Cursor> = fc
  .record({
    source: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
    list: fc.string().map((order) => listMark([order])),
    page: fc.nat({ max: 1_000_000 }),
    index: fc.nat({ max: 1_000 }),
    ids: fc.array(fc.string(), { minLength: 1, maxLength: markCount }),
  })
  .map(({ ids, ...cursor }) => ({ ...cursor, marks: [...beginning, ...ids.map(markOf)].slice(-markCount) }));

describe('a cursor', () => {
  test('is read as it was written, and is short', () => {
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        const text = formatCursor(cursor);

        expect(parseCursor(text)).toEqual(cursor);
        expect(text).toMatch(/^[\w-]{1,200}$/);
      }),
    );
  });

  test('that was cut, lengthened or changed in any place is refused', () => {
    const anyChange = fc.record({
      at: fc.nat(),
      removed: fc.nat({ max: 3 }),
      added: fc.string({ maxLength: 3, unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(anyCursor, anyChange, (cursor, { at, removed, added }) => {
        const text = formatCursor(cursor);
        const place = at % (text.length + 1);
        const changed = `${text.slice(0, place)}${added}${text.slice(place + removed)}`;
        fc.pre(changed !== text);

        expect(() => parseCursor(changed)).toThrow(InputError);
      }),
      { numRuns: 2_000 },
    );
  });

  test.for([
    ['nothing', ''],
    ['a number', '17'],
    ['what is no base64url', '////++++===='],
    ['a Relay offset', 'YXJyYXljb25uZWN0aW9uOjI1'],
    ['a megabyte', 'a'.repeat(1_000_000)],
  ])('is not %s', ([, text]) => {
    expect(() => parseCursor(text ?? '')).toThrowErrorMatchingInlineSnapshot(
      `[InputError: This cursor was not given by this list. Pass one that an edge or a pageInfo of it had.]`,
    );
  });

  test('with a right check on nonsense is refused too', () => {
    const forged = (changes: Partial<Cursor>): string =>
      formatCursor({ source: 'horde', list: 'any', page: 0, index: 0, marks: [markOf('1')], ...changes });

    expect(parseCursor(forged({}))).toMatchObject({ page: 0 });
    expect(() => parseCursor(forged({ page: -1 }))).toThrow(InputError);
    expect(() => parseCursor(forged({ page: 1e9 }))).toThrow(InputError);
    expect(() => parseCursor(forged({ index: 0.5 }))).toThrow(InputError);
    expect(() => parseCursor(forged({ marks: [] }))).toThrow(InputError);
    expect(() => parseCursor(forged({ marks: Array.from({ length: 9 }, () => markOf('1')) }))).toThrow(InputError);
    expect(() => parseCursor(forged({ source: 'x'.repeat(400) }))).toThrow(InputError);
  });

  test('holds no id in clear', async () => {
    const reader = listOf({ rows: ['258170', 'mia@example.org', ...numbered(20)], pageSize: 10 });
    const { rows } = await walk(reader, { first: 22, after: null }, list);

    for (const { cursor } of rows) {
      expect(Buffer.from(cursor().slice(6), 'base64url').toString()).not.toMatch(/258170|mia|row/);
    }
  });

  test('of another source or list is refused before anything is asked', async () => {
    const reader = listOf({ rows: numbered(20), pageSize: 10 });
    const after = endOf(await walk(reader, { first: 5, after: null }, list));
    reader.reads.length = 0;

    await expect(walk(reader, { first: 5, after }, { ...list, mark: 'by kudos' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: This cursor belongs to another list. Pass the same source, order and filter as when it was given.]`,
    );
    await expect(walk(reader, { last: 5, before: after }, { ...list, source: 'horde-eu' })).rejects.toThrow(InputError);
    expect(reader.reads).toEqual([]);
  });

  test('of a list that has nobody left in common with this one is refused', async () => {
    const after = endOf(await walk(listOf({ rows: numbered(20), pageSize: 10 }), { first: 15, after: null }, list));
    const others = listOf({ rows: numbered(40).slice(20), pageSize: 10 });

    await expect(walk(others, { first: 5, after }, list)).rejects.toThrow('place of this cursor is lost');
  });
});

test('the mark of a list tells order, filter and their places apart', () => {
  const lists = [[], ['NAME'], [undefined, 'NAME'], ['NAME', 'a'], ['NAMEa'], ['NAME', undefined, 'a']];

  expect(new Set(lists.map(listMark)).size).toBe(lists.length);
});
