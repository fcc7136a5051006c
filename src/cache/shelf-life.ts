import type { Credential } from '../access/credential.ts';
import type { ReadThrough } from './reading-through.ts';
import type { Demand } from './shelf.ts';

/** For how long an answer stays fresh, as everything it holds says so, and whether it was read without any key. */
export interface ShelfLife {
  /** The answer holds something that was read so many milliseconds ago, and is fresh for so many seconds. */
  holds(ageMs: number, seconds: number, isForAnybody: boolean): void;
  /** The answer holds something that is true for now only, or that nobody is to keep. */
  end(): void;
  /** By the clock that it was given; infinite where nothing of an age was told, and long past where nobody is to keep the answer. */
  readonly until: number;
  readonly isForAnybody: boolean;
}

/** `steady` is a clock that only goes forward, in milliseconds. */
export function createShelfLife(steady: () => number): ShelfLife {
  const life = {
    until: Number.POSITIVE_INFINITY,
    isForAnybody: true,
    holds: (ageMs: number, seconds: number, shownToAnybody: boolean): void => {
      // What was read by a clock that was set back since is no younger than just read.
      life.until = Math.min(life.until, steady() + 1_000 * seconds - Math.max(0, ageMs));
      life.isForAnybody &&= shownToAnybody;
    },
    end: (): void => {
      life.until = Number.NEGATIVE_INFINITY;
    },
  };
  return life;
}

/** As `ShelfLife`, for what was read of one source for one class; in milliseconds since 1970. */
export interface Shown {
  holds(readAt: number, seconds: number): void;
  end(): void;
}

export const shownOf = (life: ShelfLife, credential: Credential, demand: Demand, now: () => number): Shown => ({
  holds: (readAt, seconds) =>
    life.holds(now() - readAt, Math.min(seconds, demand.maxAge ?? seconds), credential.class === 'none'),
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
