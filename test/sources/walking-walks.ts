import { describe, expect, test } from 'vitest';
import type { ListReader } from '../../src/sources/contract.ts';
import type { Cursor } from '../../src/sources/cursor.ts';
import { walk } from '../../src/sources/walking.ts';
import { createRandom } from '../../src/twins/random.ts';
import { type Crowd, size } from './walking-crowds.ts';
import { endOf, idsOf, list } from './walking-lists.ts';

export interface Expected {
  /** What a hundred at a time cost in all. */
  readonly requests: number;
  readonly tellsTotal: boolean;
}

export function describeWalks(title: string, open: () => Promise<Crowd>, { requests, tellsTotal }: Expected): void {
  // Hundreds of requests each, on a machine that may be busy.
  describe(`ten thousand accounts of ${title}`, { timeout: 60_000 }, () => {
    test('are met exactly once each, a hundred at a time', async () => {
      await using crowd = await open();

      const met = await walkAll(crowd.reader);

      expect(met).toEqual(crowd.ids());
      expect(met).toHaveLength(size);
      expect(crowd.requests()).toBe(requests);
    });

    test('lose nobody and repeat nobody while accounts come and go between the windows, at the cursor and elsewhere', async () => {
      await using crowd = await open();
      const random = createRandom(7);
      let order = crowd.ids();
      const stayed = new Set(order);
      let created = 0;
      const live = (met: readonly string[]): void => {
        const at = order.indexOf(met.at(-1) ?? '');
        const near = [0, -1, 2].filter(() => random.chance(0.4)).map((offset) => order[at + offset]);
        const elsewhere = Array.from({ length: 5 }, () => order[random.between(0, order.length - 1)]);
        const doomed = new Set([...near, ...elsewhere.filter((id) => isFar(order.indexOf(id ?? ''), at))]);
        for (const id of doomed) {
          if (crowd.remove(id ?? '')) stayed.delete(id ?? '');
        }
        order = order.filter((id) => !doomed.has(id));
        for (let nth = random.between(0, 5); nth > 0; nth -= 1) crowd.create(created++);
      };

      const met = await walkAll(crowd.reader, live);

      expect(created).toBeGreaterThan(200);
      expect(stayed.size).toBeLessThan(size - 400);
      expect(new Set(met).size).toBe(met.length);
      expect(met.filter((id) => stayed.has(id))).toEqual([...stayed]);
    });

    // Whoever tells no total does not show that the list changed meanwhile.
    if (!tellsTotal) return;
    test('lose nobody and repeat nobody while one after the other goes in the middle of a window', async () => {
      await using crowd = await open();
      const stayed = new Set(crowd.ids());
      const random = createRandom(11);
      let pages = 0;
      const reader: ListReader = {
        ...crowd.reader,
        page: async (index) => {
          const page = await crowd.reader.page(index);
          pages += 1;
          if (pages % 13 !== 0) return page;
          const gone = [...stayed][random.between(1, stayed.size - 1)] ?? '';
          if (crowd.remove(gone)) stayed.delete(gone);
          return page;
        },
      };

      const met = await walkAll(reader);

      expect(stayed.size).toBeLessThan(size - 20);
      expect(new Set(met).size).toBe(met.length);
      expect(met.filter((id) => stayed.has(id))).toEqual([...stayed]);
    });
  });
}

/** Everybody, a hundred at a time. `between` is called after each hundred with all who were met so far. */
export async function walkAll(
  reader: ListReader,
  between: (met: readonly string[]) => void = () => undefined,
): Promise<string[]> {
  const met: string[] = [];
  for (let after: Cursor | null = null; ; ) {
    const walked = await walk(reader, { first: 100, after }, list);
    met.push(...idsOf(walked));
    if (!(await walked.hasNext())) return met;
    after = endOf(walked);
    between(met);
  }
}

const isFar = (position: number, at: number): boolean => position < at - 8 || position > at + 2;
