import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cursor } from '../../src/sources/cursor.ts';
import { walk } from '../../src/sources/walking.ts';
import { endOf, idsOf, list, listOf, numbered, startOf, walkBackward, walkForward } from './walking-lists.ts';

const anyList = fc.record({
  count: fc.nat({ max: 120 }),
  pageSize: fc.integer({ min: 1, max: 12 }),
  stableOrder: fc.boolean(),
  tellsTotal: fc.boolean(),
});
const anySizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });

describe('a list that keeps still', () => {
  test('is met row by row, each exactly once, whatever the sizes of pages and windows', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, anySizes, async ({ count, ...about }, sizes) => {
        const reader = listOf({ rows: numbered(count), ...about });

        const windows = await walkForward(reader, sizes);

        expect(windows.flatMap(idsOf)).toEqual(numbered(count));
        expect(windows.slice(0, -1).map((window) => window.rows.length)).toEqual(
          windows.slice(1).map((_, turn) => sizes[turn % sizes.length]),
        );
        expect(windows.every(({ total }) => total === (about.tellsTotal ? count : null))).toBe(true);
        expect(windows.map(({ hasPrevious }) => hasPrevious)).toEqual(windows.map((_, turn) => turn > 0));
      }),
    );
  });

  test('is met backward likewise', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, anySizes, async ({ count, pageSize, stableOrder }, sizes) => {
        const reader = listOf({ rows: numbered(count), pageSize, stableOrder });

        const windows = await walkBackward(reader, sizes);

        expect(windows.toReversed().flatMap(idsOf)).toEqual(numbered(count));
        expect(await Promise.all(windows.map((window) => window.hasNext()))).toEqual(windows.map((_, turn) => turn > 0));
      }),
    );
  });

  test('leads back from any row to those before it, total or none', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, fc.nat(), fc.integer({ min: 1, max: 40 }), async ({ count, ...about }, where, last) => {
        const reader = listOf({ rows: numbered(count + 1), ...about });
        const row = where % (count + 1);
        const there = await walk(reader, { first: row + 1, after: null }, list);
        const cursor = endOf({ ...there, rows: there.rows.slice(-1) });

        const back = await walk(reader, { last, before: cursor }, list);

        expect(idsOf(back)).toEqual(numbered(count + 1).slice(Math.max(0, row - last), row));
        expect(back.hasPrevious).toBe(row > last);
      }),
    );
  });

  test('gives the same cursor to a row whichever way it was met', async () => {
    const reader = listOf({ rows: numbered(60), pageSize: 7 });

    const forward = await walkForward(reader, [9, 4]);
    const backward = await walkBackward(reader, [5, 11]);

    const cursorsOf = (windows: typeof forward) => windows.flatMap(({ rows }) => rows.map(({ cursor }) => cursor()));
    expect(cursorsOf(forward)).toEqual(cursorsOf(backward.toReversed()));
    expect(new Set(cursorsOf(forward)).size).toBe(60);
  });

  test('without a total cannot be read from its end, and says how to read it', async () => {
    const reader = listOf({ rows: numbered(60), pageSize: 10, tellsTotal: false });

    await expect(walk(reader, { last: 5, before: null }, list)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[SourceError: The source cannot do this. It does not tell where its list ends: read with first and after.]`,
    );
  });
});

describe('windows of odd sizes', () => {
  test('first 0 shows nobody and tells whether somebody follows', async () => {
    const reader = listOf({ rows: numbered(10), pageSize: 5 });
    const whole = await walk(reader, { first: 10, after: null }, list);

    const atStart = await walk(reader, { first: 0, after: null }, list);
    const atEnd = await walk(reader, { first: 0, after: endOf(whole) }, list);

    expect([atStart.rows, atStart.total, atStart.hasPrevious, await atStart.hasNext()]).toEqual([[], 10, false, true]);
    expect([atEnd.rows, atEnd.total, atEnd.hasPrevious, await atEnd.hasNext()]).toEqual([[], 10, true, false]);
  });

  test('last 0 shows nobody and tells whether somebody comes before', async () => {
    const reader = listOf({ rows: numbered(10), pageSize: 5 });
    const whole = await walk(reader, { first: 10, after: null }, list);

    const atEnd = await walk(reader, { last: 0, before: null }, list);
    const atStart = await walk(reader, { last: 0, before: startOf(whole) }, list);

    expect([atEnd.rows, atEnd.total, atEnd.hasPrevious, await atEnd.hasNext()]).toEqual([[], 10, true, false]);
    expect([atStart.rows, atStart.total, atStart.hasPrevious, await atStart.hasNext()]).toEqual([[], 10, false, true]);
  });

  test('more than there are shows all there are', async () => {
    const reader = listOf({ rows: numbered(23), pageSize: 5 });

    const [first, last] = [
      await walk(reader, { first: 100, after: null }, list),
      await walk(reader, { last: 100, before: null }, list),
    ];

    expect([idsOf(first), await first.hasNext()]).toEqual([numbered(23), false]);
    expect([idsOf(last), last.hasPrevious]).toEqual([numbered(23), false]);
  });

  test('an empty list is empty from both ends', async () => {
    const reader = listOf({ rows: [], pageSize: 5 });

    const first = await walk(reader, { first: 5, after: null }, list);
    const last = await walk(reader, { last: 5, before: null }, list);

    expect([first.rows, first.total, await first.hasNext()]).toEqual([[], 0, false]);
    expect([last.rows, last.total, last.hasPrevious]).toEqual([[], 0, false]);
  });
});

describe('rows that are not shown', () => {
  const anyHiding = fc.record({ hidden: fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), sizes: anySizes });
  const hiding = (hidden: readonly boolean[]) => {
    const isHidden = (id: string): boolean => hidden[Number(id.slice(4)) % hidden.length] ?? false;
    const shown = (count: number) => numbered(count).filter((id) => !isHidden(id));
    return { shown, showing: { ...list, shows: ({ id }: { id: string }) => !isHidden(id) } };
  };

  test('are passed over, and a window says that somebody follows only if somebody shown does', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, anyHiding, async ({ count, ...about }, { hidden, sizes }) => {
        const { shown, showing } = hiding(hidden);
        const reader = listOf({ rows: numbered(count), ...about });

        const windows = await walkForward(reader, sizes, undefined, showing);

        expect(windows.flatMap(idsOf)).toEqual(shown(count));
        expect(windows.slice(1).every(({ rows }) => rows.length > 0)).toBe(true);
      }),
    );
  });

  test('are passed over backward as well', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, anyHiding, async ({ count, pageSize }, { hidden, sizes }) => {
        const { shown, showing } = hiding(hidden);
        const reader = listOf({ rows: numbered(count), pageSize });

        const windows = await walkBackward(reader, sizes, undefined, showing);

        expect(windows.toReversed().flatMap(idsOf)).toEqual(shown(count));
        expect(windows.slice(1).every(({ rows }) => rows.length > 0)).toBe(true);
      }),
    );
  });
});

describe('pages read', () => {
  test('from the beginning: the pages that hold the rows, and one more only to tell whether somebody follows', async () => {
    const reader = listOf({ rows: numbered(100), pageSize: 25 });

    const walked = await walk(reader, { first: 50, after: null }, list);

    expect(reader.reads).toEqual([0, 1]);
    expect([await walked.hasNext(), await walked.hasNext()]).toEqual([true, true]);
    expect(reader.reads).toEqual([0, 1, 2]);
  });

  test('from a cursor: its own page to find the row again, the one before where that page begins, and those that hold the rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          count: fc.integer({ min: 1, max: 400 }),
          pageSize: fc.integer({ min: 8, max: 50 }),
          stableOrder: fc.boolean(),
        }),
        fc.integer({ min: 1, max: 100 }),
        async ({ count, pageSize, stableOrder }, first) => {
          const reader = listOf({ rows: numbered(count), pageSize, stableOrder });
          const pageOf = (row: number) => Math.floor(row / pageSize);
          const expected: number[] = [];
          let cursor: Cursor | null = null;
          for (let row = -1; row < count - 1; ) {
            const last = Math.min(row + first, count - 1);
            const from = Math.max(0, pageOf(row));
            if (row >= 0 && row % pageSize < 7 && from > 0) expected.push(from, from - 1);
            else expected.push(from);
            for (let page = from + 1; page <= pageOf(last); page += 1) expected.push(page);

            const walked = await walk(reader, { first, after: cursor }, list);
            cursor = endOf(walked);
            row = last;
          }

          expect(reader.reads).toEqual(expected);
        },
      ),
    );
  });

  test('a hundred accounts at a time through ten thousand: five pages of 25 for each hundred, four or five of 30, three of 50', async () => {
    const pagesFor = async (pageSize: number): Promise<number> => {
      const reader = listOf({ rows: numbered(10_000), pageSize });
      let cursor: Cursor | null = null;
      for (let turn = 0; turn < 100; turn += 1) cursor = endOf(await walk(reader, { first: 100, after: cursor }, list));
      return reader.reads.length;
    };

    expect([await pagesFor(25), await pagesFor(30), await pagesFor(50)]).toEqual([499, 433, 299]);
  });

  test('nothing past the end is asked for', async () => {
    const reader = listOf({ rows: numbered(30), pageSize: 10 });
    const whole = await walk(reader, { first: 30, after: null }, list);
    reader.rows = numbered(29);
    reader.reads.length = 0;

    const behind = await walk(reader, { first: 10, after: endOf(whole) }, list);

    expect([behind.rows, await behind.hasNext()]).toEqual([[], false]);
    expect(reader.reads).toEqual([2]);
  });
});
