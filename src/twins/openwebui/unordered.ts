import { createRandom } from '../random.ts';

/** A database that was asked for rows without an order. */
export interface Unordered {
  /** Some of the rows, from an arrangement that no other request sees again. */
  slice<T>(rows: readonly T[], start: number, end: number): T[];
}

/** `shuffled`: another arrangement for each request, so that paging misses some and repeats others; `insertion`: as SQLite has it. */
export function createUnordered(seed: number, order: 'shuffled' | 'insertion'): Unordered {
  const random = createRandom(seed);
  return {
    slice: (rows, start, end) => {
      if (order === 'insertion') return rows.slice(start, end);
      const step = stepFor(rows.length, random.next());
      const offset = Math.floor(random.next() * rows.length);
      const places = Array.from({ length: Math.max(0, Math.min(end, rows.length) - start) }, (_, place) => start + place);
      return places.flatMap((place) => rows[(place * step + offset) % rows.length] ?? []);
    },
  };
}

/** A stride that visits each of `length` places once: it shares no divisor with the length. */
function stepFor(length: number, draw: number): number {
  let step = 1 + Math.floor(draw * Math.max(1, length - 1));
  while (commonDivisor(step, length) !== 1) step += 1;
  return step;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
