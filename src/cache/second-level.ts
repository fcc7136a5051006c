import type { CacheKey } from './key.ts';

/** Anything plain, with `Date`s where times are; when it was read, in milliseconds since 1970. */
export interface Kept {
  readonly value: unknown;
  readonly readAt: number;
}

/** What to drop, whatever the credential: one account and all lists of its source, or all that is kept of the source. */
export interface Invalidation {
  readonly source: string;
  /** A native id; null for everything. */
  readonly account: string | null;
}

/** Given out before a read, handed in with what it brought: what was read before an invalidation is not kept after it. */
export type Ticket = string;

/** A memory that several processes share. It never rejects: while it is away it holds nothing, and says so in the log. */
export interface SecondLevel {
  /** In the order of the keys. */
  fetch(keys: readonly CacheKey[]): Promise<readonly { readonly kept: Kept | undefined; readonly ticket: Ticket }[]>;
  /** `forMs`: after that it is of no use to anybody. Nothing waits for it. */
  put(items: readonly { readonly key: CacheKey; readonly kept: Kept; readonly ticket: Ticket; readonly forMs: number }[]): void;
  /** Drops it, and tells all other processes. Resolves when it is done or cannot be done. */
  invalidate(invalidation: Invalidation): Promise<void>;
  /** Told of what other processes invalidate, and, as everything of each source and with false, of the time while it was away. */
  onInvalidation(listener: (invalidation: Invalidation, isHeard: boolean) => void): void;
  close(): Promise<void>;
}
