import type { CacheKey } from '../../src/cache/key.ts';
import type { Kept, SecondLevel } from '../../src/cache/second-level.ts';

/** A second level in this very process, for several caches that stand for several processes. Counts what it is asked. */
export interface SharedMemory {
  /** For one process. */
  connect(): SecondLevel;
  /** From now on nobody hears what others invalidate, until the returned function is called. */
  holdNews(): () => void;
  /** How many keys each fetch asked for, since the last time this was asked. */
  fetches(): number[];
  /** What is kept under an account's or other thing's id, whatever the credential. */
  valuesOf(id: string): unknown[];
  /** Puts something there that no Rollcall would. */
  spoil(change: (kept: Kept) => Kept): void;
}

type Hear = Parameters<SecondLevel['onInvalidation']>[0];

export function createSharedMemory(): SharedMemory {
  const items = new Map<string, { key: CacheKey; kept: Kept }>();
  const listeners = new Set<{ hear: Hear }>();
  const generations = new Map<string, number>();
  let fetched: number[] = [];
  let held: (() => void)[] | undefined;
  const nameOf = ({ source, credential, what, id }: CacheKey) => JSON.stringify([source, credential, what, id]);
  const generationOf = ({ source }: { source: string }) => `${generations.get(source) ?? 0}`;

  const connect = (): SecondLevel => {
    const own: { hear: Hear } = { hear: () => undefined };
    listeners.add(own);
    return {
      fetch: async (keys) => {
        fetched.push(keys.length);
        return keys.map((key) => ({ kept: items.get(nameOf(key))?.kept, ticket: generationOf(key) }));
      },
      put: (puts) => {
        for (const { key, kept, ticket } of puts) {
          // As through a wire: nothing is shared by reference.
          if (ticket === generationOf(key)) items.set(nameOf(key), { key, kept: structuredClone(kept) });
        }
      },
      invalidate: async (invalidation) => {
        generations.set(invalidation.source, Number(generationOf(invalidation)) + 1);
        for (const [name, { key }] of items) {
          const isMeant = invalidation.account === null || key.what !== 'account' || key.id === invalidation.account;
          if (key.source === invalidation.source && isMeant) items.delete(name);
        }
        const tell = (): void => {
          for (const listener of listeners) if (listener !== own) listener.hear(invalidation, true);
        };
        if (held === undefined) tell();
        else held.push(tell);
      },
      onInvalidation: (listener) => {
        own.hear = listener;
      },
      close: async () => undefined,
    };
  };

  return {
    connect,
    holdNews: () => {
      held = [];
      return () => {
        const news = held ?? [];
        held = undefined;
        for (const tell of news) tell();
      };
    },
    fetches: () => {
      const counts = fetched;
      fetched = [];
      return counts;
    },
    valuesOf: (id) => [...items.values()].filter(({ key }) => key.id === id).map(({ kept }) => kept.value),
    spoil: (change) => {
      for (const [name, item] of items) items.set(name, { ...item, kept: change(item.kept) });
    },
  };
}
