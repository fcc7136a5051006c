/** The server's shared store of answers: each kept for its time, whatever happens to what it was made from. */
export interface AnswerCache {
  /** What was remembered under `key`, or else what `make` gives now. A refusal is not remembered. */
  remember<T>(key: string, seconds: number, make: () => T): T;
  drop(...keys: string[]): void;
}

/** From so many entries on, the outdated ones are cleared away. */
const CROWDED = 10_000;

export function createCache(now: () => number): AnswerCache {
  const entries = new Map<string, { readonly value: unknown; readonly until: number }>();
  return {
    remember: <T>(key: string, seconds: number, make: () => T): T => {
      const held = entries.get(key);
      // One key is always asked for with the same `make`, so what it holds is what that gave.
      if (held && held.until > now()) return held.value as T;
      const value = make();
      if (entries.size >= CROWDED) for (const [old, { until }] of entries) if (until <= now()) entries.delete(old);
      entries.set(key, { value, until: now() + seconds * 1000 });
      return value;
    },
    drop: (...keys) => {
      for (const key of keys) entries.delete(key);
    },
  };
}

/** Remembers nothing. */
export const noCache: AnswerCache = { remember: (_key, _seconds, make) => make(), drop: () => {} };
