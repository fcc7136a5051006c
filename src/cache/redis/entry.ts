import { parse, stringify } from 'devalue';
import { z } from 'zod';
import { aheadMs } from '../ages.ts';
import type { Kept } from '../second-level.ts';
import { isPlain } from './plain.ts';

/** Characters of one entry. Beyond that it would hold up everybody who waits for Redis, which does one thing at a time. */
export const longestEntry = 1_000_000;

const Entry = z.strictObject({
  /** Of the generation or the epoch under which it was kept. */
  stamp: z.string(),
  readAt: z.number().min(0),
  until: z.number(),
  value: z.unknown().refine((value) => isPlain(value)),
});

/** Undefined for what is too long or no plain data. */
export function writeEntry({ value, readAt }: Kept, stamp: string, until: number): string | undefined {
  if (!isPlain(value)) return undefined;
  const text = stringify({ stamp, readAt, until, value });
  return text.length > longestEntry ? undefined : text;
}

/** Undefined for what was kept before an invalidation, is past its time, or is nothing that `writeEntry` wrote. */
export function readEntry(text: unknown, stamp: string, now: number): Kept | undefined {
  if (typeof text !== 'string' || text.length > longestEntry) return undefined;
  const entry = Entry.safeParse(revive(text)).data;
  if (entry === undefined || entry.stamp !== stamp || entry.until <= now) return undefined;
  // Another machine's clock may be a little ahead of ours. What was kept by one that is set back since then has no age.
  if (entry.readAt > now + aheadMs) return undefined;
  return { value: entry.value, readAt: Math.min(entry.readAt, now) };
}

function revive(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
