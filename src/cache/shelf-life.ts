import type { Credential } from '../access/credential.ts';
import type { ReadThrough } from './reading-through.ts';
import type { Demand } from './shelf.ts';

/** For how long an answer stays fresh, as everything it holds says so, and whether it was read without any key. */
export interface ShelfLife {
  /** The answer holds something that was read then, in milliseconds since 1970, and is fresh for so many seconds. */
  holds(readAt: number, seconds: number, isForAnybody: boolean): void;
  /** The answer holds something that is true for now only, or that nobody is to keep. */
  end(): void;
  /** In milliseconds since 1970; infinite where nothing of an age was told, and long past where nobody is to keep the answer. */
  readonly until: number;
  readonly isForAnybody: boolean;
}

export function createShelfLife(now: () => number): ShelfLife {
  const life = {
    until: Number.POSITIVE_INFINITY,
    isForAnybody: true,
    holds: (readAt: number, seconds: number, shownToAnybody: boolean): void => {
      // By a clock that was set back, nothing is younger than just read.
      life.until = Math.min(life.until, Math.min(readAt, now()) + 1_000 * seconds);
      life.isForAnybody &&= shownToAnybody;
    },
    end: (): void => {
      life.until = Number.NEGATIVE_INFINITY;
    },
  };
  return life;
}

/** As `ShelfLife`, for what was read of one source for one class. */
export interface Shown {
  holds(readAt: number, seconds: number): void;
  end(): void;
}

export const shownOf = (life: ShelfLife, credential: Credential, demand: Demand): Shown => ({
  holds: (readAt, seconds) => life.holds(readAt, Math.min(seconds, demand.maxAge ?? seconds), credential.class === 'none'),
  end: life.end,
});

/** The same, with all that is read through it noted. What is at hand is only looked at: whoever shows it says so. */
export const noting = ({ atHand, through }: ReadThrough, shown: Shown): ReadThrough => ({
  atHand,
  through: async (whole, read) => {
    try {
      const found = await through(whole, read);
      shown.holds(found.readAt, whole.age(found.value).fresh);
      return found;
    } catch (error) {
      shown.end();
      throw error;
    }
  },
});
