import type { Credential } from '../access/credential.ts';
import type { SourceAges } from './ages.ts';
import { createMemory, noMemory } from './memory.ts';
import type { Invalidation, SecondLevel } from './second-level.ts';
import { createShelf, type Demand, type Shelf } from './shelf.ts';
import type { ShelfLife } from './shelf-life.ts';

/** What is kept between operations: of each source, for each credential class apart. */
export interface Cache {
  /** `life` is told of all that is shown from it; absent: nobody wants to know. */
  shelf(source: string, credential: Credential, ages: SourceAges, demand: Demand, life?: ShelfLife): Shelf;
  /**
   * Resolves when nothing that was read before can be the answer to anything any more here, or be found in the second level. Other
   * processes drop what they have in memory when they hear of it, which may be a moment later.
   */
  invalidate(invalidation: Invalidation): Promise<void>;
  close(): Promise<void>;
}

export interface CacheOptions {
  readonly enabled: boolean;
  readonly maxMegabytes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly second?: SecondLevel | undefined;
}

export function createCache({ enabled, maxMegabytes, now, second: given }: CacheOptions): Cache {
  const memory = enabled ? createMemory(maxMegabytes * 1_000_000) : noMemory;
  const second = enabled ? given : undefined;
  second?.onInvalidation(memory.invalidate);
  return {
    shelf: (source, credential, ages, demand, life) =>
      createShelf({ source, credential, ages, demand, memory, second, now, life }),
    invalidate: async (invalidation) => {
      memory.invalidate(invalidation);
      if (second === undefined) return;
      await second.invalidate(invalidation);
      // Somebody may have fetched what was still there.
      memory.invalidate(invalidation);
    },
    close: async () => given?.close(),
  };
}
