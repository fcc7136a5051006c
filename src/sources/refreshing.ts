import { LRUCache } from 'lru-cache';
import type { Credential } from '../access/credential.ts';
import { SourceError } from '../errors.ts';
import type { Need } from './planning.ts';

/** Reads anew, behind the back of whoever was given something stale, what they were given. */
export interface Refresher {
  /** Nothing, if it is being done, if too much is, or if it failed lately. */
  refresh(wanted: Refreshing): void;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

export interface Refreshing {
  readonly source: string;
  readonly credential: Credential;
  readonly needs: readonly Need[];
  /** Asks the source for each need, and has what comes kept. In the order of the needs. */
  read(needs: readonly Need[], signal: AbortSignal): readonly Promise<unknown>[];
}

export interface RefresherOptions {
  readonly now: () => number;
  /** Told of what nobody foresaw. */
  onBug(error: unknown): void;
}

/** Few, since nobody waits for it and others do for what they ask. */
const mostAtOnce = 4;
/** No client ends it. */
const deadlineMs = 30_000;
/** How long a source that failed is left alone, in milliseconds: so long at first, then twice as long, and so on. */
const pause = { first: 2_000, longest: 60_000 };

export function createRefresher({ now, onBug }: RefresherOptions): Refresher {
  const underway = new Set<string>();
  const running = new Set<Promise<void>>();
  // By source and credential class; whose key fails must not keep others from being served.
  const pauses = new LRUCache<string, { readonly until: number; readonly ms: number }>({ max: 1_000 });
  const closing = new AbortController();

  async function run({ read }: Refreshing, needs: readonly Need[], asker: string): Promise<void> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(deadlineMs)]);
    const ended = await Promise.allSettled(read(needs, signal));
    const reasons = ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    if (reasons.length === 0) {
      pauses.delete(asker);
      return;
    }
    const ms = Math.min(pause.longest, 2 * (pauses.get(asker)?.ms ?? pause.first / 2));
    pauses.set(asker, { until: now() + ms, ms });
    for (const reason of reasons) if (!(reason instanceof SourceError) && !signal.aborted) onBug(reason);
  }

  /** A clock that was set back makes no pause longer. */
  function isPaused(asker: string): boolean {
    const left = (pauses.get(asker)?.until ?? 0) - now();
    return left > 0 && left <= pause.longest;
  }

  return {
    refresh: (wanted) => {
      const { source, credential } = wanted;
      const asker = `${source} ${credential.class === 'caller' ? credential.holder : credential.class}`;
      if (closing.signal.aborted || running.size >= mostAtOnce || isPaused(asker)) return;
      const nameOf = ({ id }: Need): string => `${asker} ${id}`;
      const needs = wanted.needs.filter((need) => !underway.has(nameOf(need)));
      if (needs.length === 0) return;
      for (const need of needs) underway.add(nameOf(need));
      const ended = run(wanted, needs, asker)
        .catch(onBug)
        .finally(() => {
          for (const need of needs) underway.delete(nameOf(need));
          running.delete(ended);
        });
      running.add(ended);
    },
    close: async () => {
      closing.abort(new SourceError('SOURCE_FAILED', ''));
      await Promise.all(running);
    },
  };
}
