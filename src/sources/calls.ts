import type { FacetName } from '../domain/facets.ts';

/**
 * What a source is asked beyond the reads of accounts, in requests at most: for telling what an operation may cost before it runs.
 * Only `lookup` and what is behind it is an estimate, since no source limits how many names hold a text.
 */
export interface SourceCalls {
  readonly status: number;
  readonly self: number;
  search(limit: number): number;
  /** Facets that come with everybody whom a search finds. */
  readonly searchBrings: readonly FacetName[];
  /** For finding a whole name. */
  readonly lookup: number;
  /** The route that a page of the list is asked of, where its requests are counted by the source. */
  readonly listRoute?: string;
  /** What one round of reads may cost beside them: finding out what the key may do, and what a "no" meant. */
  readonly aside: number;
}

/** For kinds that declare nothing. */
export const usualCalls: SourceCalls = {
  status: 2,
  self: 1,
  search: (limit) => 2 + Math.ceil(limit / 25),
  searchBrings: [],
  lookup: 10,
  aside: 2,
};

/** How many accounts a source is taken to hold as long as it has not said. */
export const mostAccounts = 10_000;

/** Pages that are looked through at most for rows that are left out of what is shown. An estimate. */
export const mostFilteredPages = 50;
