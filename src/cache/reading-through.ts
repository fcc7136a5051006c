import { SourceError } from '../errors.ts';
import { type Age, lifetime } from './ages.ts';
import type { KeptAccount } from './kept-account.ts';
import type { CacheKey } from './key.ts';
import { type Memory, noMemory } from './memory.ts';
import type { Kept, SecondLevel, Ticket } from './second-level.ts';
import { traced } from './since.ts';

/** Where an answer came from. */
export type Origin = 'SOURCE' | 'MEMORY' | 'SHARED_MEMORY';

/** Names something kept of a source. */
export type Name = Pick<CacheKey, 'what' | 'id'>;

/** Something that is read as a whole: a page, who is found by a name, what all accounts share. */
export interface Whole<Value> {
  readonly name: Name;
  /** It may depend on what was found. */
  age(value: Value): Age;
  /** What of it is kept: errors are not. */
  toKeep?(value: Value): Value;
  /** Whether something that was kept under this name is such a thing. */
  check(value: unknown): value is Value;
  /** Passes by what is kept, though not what comes of it. */
  readonly anew?: boolean;
}

export interface Found<Value> {
  readonly value: Value;
  /** When reading it began, in milliseconds since 1970. */
  readonly readAt: number;
  readonly origin: Origin;
  /** Older than it should be, for want of a newer one. */
  readonly stale: boolean;
  /** What would have stood in, had the source failed. */
  readonly before?: Found<Value> | undefined;
}

export interface ReadThrough {
  /** Fresh and in this process's memory. */
  atHand<Value>(whole: Whole<Value>): Found<Value> | undefined;
  /** What is kept, or what `read` brings. */
  through<Value>(whole: Whole<Value>, read: () => Promise<Value>): Promise<Found<Value>>;
}

/**
 * By name: what the second level gave out before a read, when, and what it knew of an account then. What was read earlier, because somebody
 * else had asked for it, is not handed in: there may have been a write between, of which the news is on its way.
 */
export type Tickets = Map<string, Given>;

export interface Given {
  readonly ticket: Ticket;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly known?: KeptAccount | undefined;
}

export const labelOf = ({ what, id }: Name): string => `${what}\0${id}`;

interface Place {
  readonly memory: Memory;
  readonly second: SecondLevel | undefined;
  readonly tickets: Tickets;
  now(): number;
  allows(readAt: number, seconds: number): boolean;
  keyOf(name: Name): CacheKey;
}

export function createReadThrough({ memory, second, tickets, now, allows, keyOf }: Place): ReadThrough {
  function atHand<Value>(whole: Whole<Value>): Found<Value> | undefined {
    return freshest(memory.get(keyOf(whole.name)), whole, 'MEMORY');
  }

  function freshest<Value>(kept: Kept | undefined, { check, age }: Whole<Value>, origin: Origin): Found<Value> | undefined {
    if (kept === undefined || !check(kept.value) || !allows(kept.readAt, age(kept.value).fresh)) return undefined;
    return { value: kept.value, readAt: kept.readAt, origin, stale: false };
  }

  async function elsewhere<Value>(level: SecondLevel, whole: Whole<Value>, key: CacheKey): Promise<Found<Value> | undefined> {
    const begun = memory.begin();
    const [fetched] = await level.fetch([key]);
    if (fetched === undefined) return undefined;
    tickets.set(labelOf(key), { ticket: fetched.ticket, at: now() });
    const { kept } = fetched;
    if (whole.anew || kept === undefined || !whole.check(kept.value)) return undefined;
    // What is too old is kept, too: it may stand in for an answer that fails.
    if (kept.readAt > (memory.get(key)?.readAt ?? 0)) memory.set(key, kept, begun);
    return freshest(kept, whole, 'SHARED_MEMORY');
  }

  async function through<Value>(whole: Whole<Value>, read: () => Promise<Value>): Promise<Found<Value>> {
    const kept = whole.anew ? undefined : atHand(whole);
    if (kept !== undefined) return kept;
    const key = keyOf(whole.name);
    const shared = second === undefined ? undefined : await elsewhere(second, whole, key);
    if (shared !== undefined) return shared;

    const begun = memory.begin();
    const began = now();
    const before = standIn(key, whole);
    try {
      const { result: value, earlierMs } = await traced(read);
      const readAt = began - earlierMs;
      keep(key, whole, { value, readAt }, begun);
      return { value, readAt, origin: 'SOURCE', stale: false, before };
    } catch (error) {
      const stale = afterFailure(key, whole, error);
      if (stale === undefined) throw error;
      return stale;
    }
  }

  function keep<Value>(
    key: CacheKey,
    { age, toKeep }: Whole<Value>,
    { value, readAt }: Pick<Found<Value>, 'value' | 'readAt'>,
    begun: number,
  ): void {
    const seconds = lifetime(age(value));
    if (seconds <= 0 || (memory === noMemory && second === undefined)) return;
    // One that was asked for later has come before, unless the clock was ahead when it was.
    const later = memory.get(key)?.readAt ?? 0;
    if (later > readAt && later <= now()) return;
    const kept: Kept = { value: toKeep?.(value) ?? value, readAt };
    memory.set(key, kept, begun);
    const given = tickets.get(labelOf(key));
    if (given !== undefined && readAt >= given.at) second?.put([{ key, kept, ticket: given.ticket, forMs: 1_000 * seconds }]);
  }

  /** An answer of before, where the source could not give a new one. One that it would not give is not given by us either. */
  function afterFailure<Value>(key: CacheKey, whole: Whole<Value>, error: unknown): Found<Value> | undefined {
    if (!(error instanceof SourceError)) return undefined;
    if (isRefusal(error)) forget(key);
    return error.retryable ? standIn(key, whole) : undefined;
  }

  function forget(key: CacheKey): void {
    memory.delete(key);
    const given = tickets.get(labelOf(key));
    // Nothing in its place: it would be fetched as soon as the source fails.
    if (given !== undefined)
      second?.put([{ key, kept: { value: undefined, readAt: now() }, ticket: given.ticket, forMs: 1_000 }]);
  }

  function standIn<Value>(key: CacheKey, { check, age }: Whole<Value>): Found<Value> | undefined {
    const kept = memory.get(key);
    if (kept === undefined || !check(kept.value)) return undefined;
    const { fresh, staleIfError } = age(kept.value);
    if (!allows(kept.readAt, fresh + staleIfError)) return undefined;
    return { value: kept.value, readAt: kept.readAt, origin: 'MEMORY', stale: true };
  }

  return { atHand, through };
}

/** Whoever asked may not, or no longer, see what they were shown before. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof SourceError && (error.code === 'SOURCE_UNAUTHORIZED' || error.code === 'SOURCE_FORBIDDEN');
