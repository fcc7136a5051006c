import type { CacheKey } from './key.ts';
import type { Invalidation } from './second-level.ts';

/** Tells what was read before an invalidation from what was read after it, however late it comes to be kept. */
export interface Generations {
  /** Taken when a read begins. */
  now(): number;
  drop(invalidation: Invalidation): void;
  /** Whether nothing of this was dropped since. */
  isCurrent(key: CacheKey, begun: number): boolean;
}

/** More accounts than are written to while a read takes. Beyond that all that was read so far counts as old. */
const mostAccounts = 10_000;

export function createGenerations(): Generations {
  let current = 0;
  let everythingDropped = 0;
  // By source: all of it, and all that is no account of a user.
  const sources = new Map<string, { everything: number; others: number }>();
  const accounts = new Map<string, number>();
  const nameOf = (source: string, account: string): string => `${source}\0${account}`;

  return {
    now: () => current,
    drop: ({ source, account }) => {
      current += 1;
      const before = sources.get(source) ?? { everything: 0, others: 0 };
      sources.set(source, { everything: account === null ? current : before.everything, others: current });
      if (account !== null) accounts.set(nameOf(source, account), current);
      if (accounts.size <= mostAccounts) return;
      everythingDropped = current;
      accounts.clear();
    },
    isCurrent: ({ source, what, id }, begun) => {
      if (begun < everythingDropped) return false;
      const dropped = sources.get(source);
      if (dropped === undefined) return true;
      if (what !== 'account') return begun >= dropped.others;
      return begun >= dropped.everything && begun >= (accounts.get(nameOf(source, id)) ?? 0);
    },
  };
}
