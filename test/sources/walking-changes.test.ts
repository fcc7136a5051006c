import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { walk } from '../../src/sources/walking.ts';
import { createRandom } from '../../src/twins/random.ts';
import { endOf, idsOf, type ListInMemory, list, listOf, numbered, startOf, walkBackward, walkForward } from './walking-lists.ts';

/** What happens to a list between two windows. */
interface Change {
  /** Rows deleted at the cursor, counted from its own: 0 is the row itself. */
  readonly near: readonly number[];
  /** Rows deleted anywhere else, at least eight before the cursor or three behind it. */
  readonly elsewhere: readonly number[];
  readonly created: readonly number[];
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  near: fc
    .tuple(fc.boolean(), fc.subarray([-2, -1, 1, 2], { maxLength: 2 }))
    .map(([own, neighbours]) => (own ? [0, ...neighbours] : neighbours)),
  elsewhere: fc.array(fc.nat({ max: 1_000 }), { maxLength: 12 }),
  created: fc.array(fc.nat({ max: 1_000 }), { maxLength: 5 }),
});

const anyWalk = fc.record({
  count: fc.nat({ max: 150 }),
  pageSize: fc.integer({ min: 5, max: 30 }),
  stableOrder: fc.boolean(),
  tellsTotal: fc.boolean(),
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
  changes: fc.array(anyChange, { minLength: 1, maxLength: 12 }),
});

/** Applies one change after the other, and remembers who stayed throughout. */
function createLife(reader: ListInMemory, changes: readonly Change[]) {
  const stayed = new Set(reader.rows);
  let turn = 0;
  const remove = (doomed: ReadonlySet<string | undefined>) => {
    reader.rows = reader.rows.filter((id) => !doomed.has(id));
    for (const id of doomed) stayed.delete(id ?? '');
  };
  return {
    stayed,
    goOn: (cursorId: string): void => {
      const change = changes[turn];
      turn += 1;
      if (change === undefined) return;
      const at = reader.rows.indexOf(cursorId);
      const far = reader.rows.filter((_, row) => row < at - 8 || row > at + 2);
      const elsewhere = change.elsewhere.map((pick) => far[pick % far.length]);
      remove(new Set([...change.near.map((offset) => reader.rows[at + offset]), ...elsewhere]));
      for (const [nth, pick] of change.created.entries()) {
        const place = reader.stableOrder ? reader.rows.length : pick % (reader.rows.length + 1);
        reader.rows.splice(place, 0, `new ${turn}.${nth}`);
      }
    },
  };
}

describe('a list that changes between two windows', () => {
  test('loses nobody who stayed, and shows nobody twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async ({ count, sizes, changes, ...about }) => {
        const reader = listOf({ rows: numbered(count), ...about });
        const life = createLife(reader, changes);

        const met = (await walkForward(reader, sizes, life.goOn)).flatMap(idsOf);

        expect(met.filter((id) => life.stayed.has(id))).toEqual([...life.stayed]);
        expect(new Set(met).size).toBe(met.length);
      }),
      { numRuns: 600 },
    );
  });

  test('loses nobody backward either', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async ({ count, sizes, changes, ...about }) => {
        const reader = listOf({ rows: numbered(count), ...about, tellsTotal: true });
        const life = createLife(reader, changes);

        const met = (await walkBackward(reader, sizes, life.goOn)).toReversed().flatMap(idsOf);

        expect(met.filter((id) => life.stayed.has(id))).toEqual([...life.stayed]);
        expect(new Set(met).size).toBe(met.length);
      }),
      { numRuns: 600 },
    );
  });

  test('that only grows at its end loses nobody and shows nobody twice, or says that the place is lost, however many are deleted', async () => {
    const anyDoom = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        anyWalk,
        anyDoom,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (about, doom, draws) => {
          const reader = listOf({ ...about, rows: numbered(about.count), stableOrder: true });
          const stayed = new Set(reader.rows);
          let turn = 0;
          const thinOut = (): void => {
            const share = doom[turn % doom.length] ?? 0;
            turn += 1;
            for (const id of reader.rows) if (Number(draws.next().value) < share) stayed.delete(id);
            reader.rows = reader.rows.filter((id) => stayed.has(id));
          };

          const outcome = await walkForward(reader, about.sizes, thinOut).catch((error: unknown) => error);

          outcomes.add(outcome instanceof InputError ? 'lost' : 'walked');
          if (outcome instanceof InputError) return;
          const met = Array.isArray(outcome) ? outcome.flatMap(idsOf) : [];
          expect(met.filter((id) => stayed.has(id))).toEqual([...stayed]);
          expect(new Set(met).size).toBe(met.length);
        },
      ),
      { numRuns: 300 },
    );
    expect(outcomes).toEqual(new Set(['walked', 'lost']));
  });

  test('goes on behind its row although more than a page before it was deleted, and finds it in the fewest pages there are', async () => {
    const reader = listOf({ rows: numbered(200), pageSize: 25, stableOrder: true });
    const walked = await walk(reader, { first: 100, after: null }, list);
    reader.rows.splice(10, 60);
    reader.reads.length = 0;

    const next = await walk(reader, { first: 5, after: endOf(walked) }, list);

    expect(idsOf(next)).toEqual(numbered(105).slice(100));
    expect(reader.reads).toEqual([3, 2, 1]);
  });

  test('goes on although two rows near the place changed places, as balances do', async () => {
    const reader = listOf({ rows: numbered(100), pageSize: 25 });
    const walked = await walk(reader, { first: 40, after: null }, list);
    [reader.rows[36], reader.rows[37]] = ['row 37', 'row 36'];
    reader.rows.splice(3, 0, ...reader.rows.splice(35, 1));

    const next = await walk(reader, { first: 5, after: endOf(walked) }, list);

    expect(idsOf(next)).toEqual(numbered(45).slice(40));
  });

  test('goes on where its row stood when that row has climbed', async () => {
    const reader = listOf({ rows: numbered(100), pageSize: 25 });
    const walked = await walk(reader, { first: 40, after: null }, list);
    reader.rows.splice(20, 0, ...reader.rows.splice(39, 1));

    const next = await walk(reader, { first: 5, after: endOf(walked) }, list);

    expect(idsOf(next)).toEqual(numbered(45).slice(40));
  });
});

describe('a list that changes while a window is read', () => {
  const anyMoment = fc.record({ read: fc.integer({ min: 1, max: 12 }), place: fc.nat(), creates: fc.boolean() });
  const anyBusyList = fc.record({
    count: fc.integer({ min: 1, max: 150 }),
    pageSize: fc.integer({ min: 5, max: 30 }),
    stableOrder: fc.boolean(),
  });

  test.for([
    ['forward', walkForward],
    ['backward', walkBackward],
  ] as const)('loses nobody who stayed, and shows nobody twice, when it tells its total: %s', async ([, walkAll]) => {
    await fc.assert(
      fc.asyncProperty(
        anyBusyList,
        fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 1 }),
        anyMoment,
        async (about, sizes, moment) => {
          const reader = listOf({ rows: numbered(about.count), ...about });
          const stayed = new Set(reader.rows);
          reader.onRead = (count) => {
            if (count !== moment.read) return;
            const place = moment.place % reader.rows.length;
            if (moment.creates) reader.rows.splice(about.stableOrder ? reader.rows.length : place, 0, 'new');
            else stayed.delete(reader.rows.splice(place, 1)[0] ?? '');
          };

          const met = (await walkAll(reader, sizes)).flatMap(idsOf);

          expect(new Set(met.filter((id) => stayed.has(id)))).toEqual(stayed);
          expect(new Set(met).size).toBe(met.length);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('says that somebody follows although the page that was to tell is empty by now', async () => {
    const reader = listOf({ rows: numbered(36), pageSize: 5 });
    const walked = await walk(reader, { first: 35, after: null }, list);
    reader.rows.shift();

    expect(await walked.hasNext()).toBe(true);
    expect(idsOf(await walk(reader, { first: 5, after: endOf(walked) }, list))).toEqual(['row 35']);
  });

  test('is read from the end that it has by then', async () => {
    const reader = listOf({ rows: numbered(20), pageSize: 10 });
    reader.onRead = (count) => {
      if (count === 1) reader.rows.push(...numbered(25).slice(20));
    };

    const walked = await walk(reader, { last: 3, before: null }, list);

    expect(idsOf(walked)).toEqual(['row 22', 'row 23', 'row 24']);
  });

  test('keeps the place of a cursor when a row crosses the border between the two pages in which it is looked for', async () => {
    const reader = listOf({ rows: numbered(40), pageSize: 10, stableOrder: true, tellsTotal: false });
    const walked = await walk(reader, { first: 23, after: null }, list);
    reader.reads.length = 0;
    reader.onRead = (count) => {
      if (count === 1) reader.rows.shift();
    };

    const next = await walk(reader, { first: 5, after: endOf(walked) }, list);

    expect(reader.reads).toEqual([2, 1]);
    expect(idsOf(next)).toEqual(numbered(28).slice(23));
  });

  test('is given up after three tries when it never keeps still, with what the third one showed', async () => {
    const reader = listOf({ rows: numbered(40), pageSize: 10, stableOrder: true });
    reader.onRead = (count) => reader.rows.push(`new ${count}`);

    const walked = await walk(reader, { first: 40, after: null }, list);

    expect(idsOf(walked)).toEqual(numbered(40));
    expect(reader.reads).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  });

  test('shows a row that was pushed onto the next page once, total or none', async () => {
    const reader = listOf({ rows: numbered(40), pageSize: 10, tellsTotal: false });
    reader.onRead = (count) => {
      if (count === 1) reader.rows.unshift('new');
    };

    const walked = await walk(reader, { first: 20, after: null }, list);

    expect(idsOf(walked)).toEqual(numbered(20));
  });
});

describe('a list that was put in another order', () => {
  const anyShuffle = fc.record({
    count: fc.integer({ min: 400, max: 1_500 }),
    first: fc.integer({ min: 8, max: 100 }),
    seed: fc.integer(),
  });

  test('is noticed forward and backward, and nobody is silently passed over', async () => {
    await fc.assert(
      fc.asyncProperty(anyShuffle, async ({ count, first, seed }) => {
        const reader = listOf({ rows: numbered(count), pageSize: 50 });
        const [start, end] = [
          await walk(reader, { first, after: null }, list),
          await walk(reader, { last: first, before: null }, list),
        ];
        reader.rows = shuffled(reader.rows, seed);

        const outcomes = await Promise.allSettled([
          walk(reader, { first, after: endOf(start) }, list),
          walk(reader, { last: first, before: startOf(end) }, list),
        ]);

        const reason = new InputError(
          'The list has changed so much that the place of this cursor is lost. Start again without it.',
        );
        expect(outcomes).toEqual([
          { status: 'rejected', reason },
          { status: 'rejected', reason },
        ]);
      }),
      { numRuns: 100 },
    );
  });

  test('is looked through three pages to either side, as far as there are any', async () => {
    const reader = listOf({ rows: numbered(500), pageSize: 50 });
    const lookFor = async (first: number): Promise<readonly number[]> => {
      reader.rows = numbered(500);
      const start = await walk(reader, { first, after: null }, list);
      reader.rows = shuffled(reader.rows, 1);
      reader.reads.length = 0;
      await expect(walk(reader, { first, after: endOf(start) }, list)).rejects.toThrow(InputError);
      return [...reader.reads];
    };

    expect(await lookFor(250)).toEqual([4, 3, 5, 2, 6, 1, 7]);
    expect(await lookFor(450)).toEqual([8, 7, 9, 6, 5]);
    expect(await lookFor(50)).toEqual([0, 1, 2, 3]);
  });

  test('but with this place as it was goes on', async () => {
    const reader = listOf({ rows: numbered(400), pageSize: 50 });
    const start = await walk(reader, { first: 100, after: null }, list);
    reader.rows = [...reader.rows.slice(40, 300), ...shuffled([...reader.rows.slice(0, 40), ...reader.rows.slice(300)], 1)];

    const next = await walk(reader, { first: 100, after: endOf(start) }, list);

    expect(idsOf(next)).toEqual(numbered(200).slice(100));
  });
});

/** By drawing lots. */
function shuffled(rows: readonly string[], seed: number): string[] {
  const random = createRandom(seed);
  return rows
    .map((id) => ({ id, lot: random.next() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ id }) => id);
}
