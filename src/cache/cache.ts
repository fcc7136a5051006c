import type { Credential } from '../access/credential.ts';
import type { SourceAges } from './ages.ts';
import { createMemory, noMemory } from './memory.ts';
import type { Invalidation, SecondLevel } from './second-level.ts';
import { createShelf, type Demand, type Shelf } from './shelf.ts';
import type { ShelfLife } from './shelf-life.ts';
import { createWrittenLately } from './written-lately.ts';

/** What is kept between operations: of each source, for each credential class apart. */
export interface Cache {
  /**
   * The clock of one operation, in whole milliseconds since 1970: told the time of day once, it goes on by the steady one. By a clock
   * that is set back while the operation is under way, what it reads itself would be older than what was kept before, and would lose
   * against that.
   */
  clock(): () => number;
  /** `life` is told of all that is shown from it; absent: nobody wants to know. Without a `clock` it has one of its own. */
  shelf(
    source: string,
    credential: Credential,
    ages: SourceAges,
    demand: Demand,
    operation?: { readonly clock?: () => number; readonly life?: ShelfLife | undefined },
  ): Shelf;
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
  /** A clock that only goes forward, in milliseconds. */
  readonly steady?: (() => number) | undefined;
  readonly second?: SecondLevel | undefined;
  /** Told of the source whenever another process has dropped something of it. */
  readonly onHeard?: ((source: string) => void) | undefined;
}

export function createCache(options: CacheOptions): Cache {
  const { enabled, maxMegabytes, now, steady = () => performance.now(), second: given, onHeard } = options;
  const memory = enabled ? createMemory(maxMegabytes * 1_000_000) : noMemory;
  const second = enabled ? given : undefined;
  const clock = (): (() => number) => {
    const ahead = now() - steady();
    return () => Math.floor(ahead + steady());
  };
  // Where nothing is kept, too: one operation may be told by a list and by the account.
  const written = createWrittenLately(steady);
  const drop = (invalidation: Invalidation): void => {
    memory.invalidate(invalidation);
    written.note(invalidation);
  };
  second?.onInvalidation((invalidation, isHeard) => {
    if (isHeard) drop(invalidation);
    // Nobody is known to have written.
    else memory.invalidate(invalidation);
    onHeard?.(invalidation.source);
  });
  return {
    clock,
    shelf: (source, credential, ages, demand, operation = {}) =>
      createShelf({
        ...{ source, credential, ages, demand, memory, second, written },
        ...{ now: operation.clock ?? clock(), life: operation.life },
      }),
    invalidate: async (invalidation) => {
      drop(invalidation);
      if (second === undefined) return;
      await second.invalidate(invalidation);
      // Somebody may have fetched what was still there.
      drop(invalidation);
    },
    close: async () => given?.close(),
  };
}
