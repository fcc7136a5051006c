import { SourceError } from '../../errors.ts';

/** Two ways to ask, and what is known of a key's right to the better one. Belongs to one key; holds nothing about any user. */
export interface Fallback {
  /** `second` answers where the key has no right to `first`. */
  ask<Result>(first: () => Promise<Result>, second: () => Promise<Result>): Promise<Result>;
}

/** Rights may change at any time, so a refusal is believed for a while only. */
const believedMs = 60_000;

/** A batch meets a refusal once and not once for each id: while nothing is known, one asks and the others wait for how it goes. */
export function createFallback(now: () => number = () => performance.now()): Fallback {
  let refusedUntil: number | undefined;
  let trial: Promise<void> | undefined;

  return {
    ask: async (first, second) => {
      if (trial !== undefined) await trial;
      if (refusedUntil !== undefined) {
        if (now() < refusedUntil) return second();
        refusedUntil = undefined;
        trial = undefined;
      }
      const attempt = first();
      // However it goes, the others then ask for themselves: they must not meet the same fault one after the other.
      trial ??= attempt.then(
        () => undefined,
        (error: unknown) => {
          if (isRefusal(error)) refusedUntil = now() + believedMs;
        },
      );
      try {
        return await attempt;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusedUntil = now() + believedMs;
        return second();
      }
    },
  };
}

const isRefusal = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_FORBIDDEN';
