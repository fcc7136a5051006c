import type { CacheKey } from '../key.ts';
import { digest, type SourceFingerprint } from './fingerprints.ts';

/** The form of names and entries. One that changes them raises it, and begins with nothing. */
const layout = 1;

/**
 * What things are called in Redis. All that belongs to one source on one run of the server has a common beginning, and ends with a hash: names
 * turn up in monitors and slow logs, where users' names and what people search for must not.
 */
export interface Names {
  /** Changes with every invalidation of the source. Lists are good as long as it stays, and so is what is read meanwhile. */
  readonly generation: (upstream: string) => string;
  /** Changes when everything of the source is invalidated. Accounts are good as long as it stays; one alone is removed. */
  readonly epoch: (upstream: string) => string;
  /** A hash with a field for each credential class, so that all of them go at once. */
  readonly entry: (upstream: string, what: CacheKey['what'], id: string) => string;
}

/**
 * `run`: which run of the server this is. After a crash it may come back with data of before the last invalidations, or a replica
 * may take its place that has not heard of them. Each run has names of its own, so nothing of that is ever read.
 */
export function namesOf(prefix: string, run: string): Names {
  const beginning = `${prefix}:${layout}:${run}`;
  return {
    generation: (upstream) => `${beginning}:${upstream}:generation`,
    epoch: (upstream) => `${beginning}:${upstream}:epoch`,
    entry: (upstream, what, id) => `${beginning}:${upstream}:${what}:${digest(id)}`,
  };
}

/** Whose answer it is. The service's key is in `reading`, so a field tells nothing of a caller's key without it. */
export const fieldOf = (credential: string, { reading }: SourceFingerprint): string => digest(credential, reading);

/** The same on every run, and for every release that can read the messages. */
export const channelOf = (prefix: string): string => `${prefix}:${layout}:invalidations`;
