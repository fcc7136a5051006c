import type { Invalidation } from './second-level.ts';

/** When what was written to was written: a source's own cache may be behind that in what it is asked later. */
export interface WrittenLately {
  note(invalidation: Invalidation): void;
  /**
   * How long ago a write was that what tells of the account with such a lag, in seconds, may be behind, in milliseconds: one to the
   * account, or one of which nobody knows whom it touched.
   */
  msSince(source: string, account: string, lag: number): number;
}

/**
 * Seconds. Whom a write touched of which nobody else knows that, the kind itself asks for past caches of up to half a minute: behind such a
 * write are only those that keep for longer, as for lists.
 */
const longestPassedBy = 60;

/** More accounts than are written to while the slowest cache of a source is behind. Beyond that all count as written. */
const mostAccounts = 10_000;

/** `steady` only goes forward, in milliseconds. */
export function createWrittenLately(steady: () => number): WrittenLately {
  const sources = new Map<string, number>();
  const accounts = new Map<string, number>();
  let everything = Number.NEGATIVE_INFINITY;
  const nameOf = (source: string, account: string): string => `${source}\0${account}`;

  return {
    note: ({ source, account }) => {
      if (account === null) sources.set(source, steady());
      else accounts.set(nameOf(source, account), steady());
      if (accounts.size <= mostAccounts) return;
      everything = steady();
      accounts.clear();
    },
    msSince: (source, account, lag) => {
      // Looked at for each row of a list, and most of the time nobody has written.
      if (accounts.size === 0 && sources.size === 0) return steady() - everything;
      const anybody = lag > longestPassedBy ? (sources.get(source) ?? everything) : everything;
      return steady() - Math.max(everything, anybody, accounts.get(nameOf(source, account)) ?? everything);
    },
  };
}
