import { LRUCache } from 'lru-cache';
import { freezeAndWeigh } from './freezing.ts';
import { createGenerations } from './generations.ts';
import type { CacheKey } from './key.ts';
import type { Invalidation, Kept } from './second-level.ts';

/** What this process keeps between operations, the least lately used going first. */
export interface Memory {
  get(key: CacheKey): Kept | undefined;
  /** Freezes the value. Not kept if it was dropped since the read of it began. */
  set(key: CacheKey, kept: Kept, begun: number): void;
  delete(key: CacheKey): void;
  invalidate(invalidation: Invalidation): void;
  /** To be taken before a read begins. */
  begin(): number;
}

interface Item extends Kept {
  readonly begun: number;
}

/** Of an entry itself, its key and its place among the others. */
const entryBytes = 200;

export function createMemory(maxBytes: number): Memory {
  const items = new LRUCache<string, Item>({ maxSize: maxBytes });
  const generations = createGenerations();
  return {
    get: (key) => {
      const name = nameOf(key);
      const item = items.get(name);
      if (item === undefined || generations.isCurrent(key, item.begun)) return item;
      items.delete(name);
      return undefined;
    },
    set: (key, { value, readAt }, begun) => {
      if (!generations.isCurrent(key, begun)) return;
      const name = nameOf(key);
      const size = entryBytes + 2 * name.length + freezeAndWeigh(value);
      items.set(name, { value, readAt, begun }, { size });
    },
    delete: (key) => items.delete(nameOf(key)),
    invalidate: (invalidation) => generations.drop(invalidation),
    begin: () => generations.now(),
  };
}

/** Ids may hold anything, so they stand last. */
const nameOf = ({ source, credential, what, id }: CacheKey): string => `${source}\0${credential}\0${what}\0${id}`;

/** Where nothing is to be kept. */
export const noMemory: Memory = {
  get: () => undefined,
  set: () => undefined,
  delete: () => undefined,
  invalidate: () => undefined,
  begin: () => 0,
};
