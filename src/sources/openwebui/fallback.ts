import { SourceError } from '../../errors.ts';

/** Two ways to ask, and what is known of a key's right to the better one. Belongs to one key; holds nothing about any user. */
export interface Fallback {
  /** `second` answers where the key has no right to `first`. Those who name the same `what` send the same request. */
  ask<Result>(what: string, first: () => Promise<Result>, second: () => Promise<Result>): Promise<Result>;
}

/** Rights may change at any time, so a refusal is believed for a while only. */
const believedMs = 60_000;

/**
 * A batch meets a refusal once and not once for each id: while nothing is known, one asks and the others wait for how it goes. Who asks
 * the same does not: it is one request under way, which goes on with them when whoever sent it has no time left. A key that
 * had the right has lost it when it is refused twice with nothing between: one refusal may be somebody's word on that one id.
 */
export function createFallback(now: () => number = () => performance.now()): Fallback {
  let refusedUntil: number | undefined;
  let trial: { readonly what: string; readonly ended: Promise<void> } | undefined;
  let hadRight = false;
  let inSuccession = 0;

  function noteRight(): void {
    hadRight = true;
    inSuccession = 0;
  }

  function noteError(error: unknown): void {
    if (!isRefusal(error)) return;
    inSuccession += 1;
    if (!hadRight || inSuccession > 1) refusedUntil = now() + believedMs;
  }

  return {
    ask: async (what, first, second) => {
      if (trial !== undefined && trial.what !== what) await trial.ended;
      if (refusedUntil !== undefined) {
        if (now() < refusedUntil) return second();
        refusedUntil = undefined;
        trial = undefined;
      }
      const attempt = first();
      const ended = attempt.then(noteRight, noteError);
      // However it goes, the others then ask for themselves: they must not meet the same fault one after the other.
      trial ??= { what, ended };
      try {
        return await attempt;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return second();
      }
    },
  };
}

const isRefusal = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_FORBIDDEN';
