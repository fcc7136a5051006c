import type { FacetName } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord } from './contract.ts';

/** What one operation has been told about one source's accounts. */
export interface Knowledge {
  /** Null: nobody has this id. Undefined: nothing has been told. */
  about(id: string): AccountRecord | null | undefined;
  /** Takes what a read brought; null where it said that nobody has this id. */
  learn(id: string, told: AccountRecord | null, at: Date): void;
  /** When the newest of it was read. */
  fetchedAt(id: string): Date | null;
}

export function createKnowledge(): Knowledge {
  const entries = new Map<string, { readonly told: AccountRecord | null; readonly at: Date }>();
  return {
    about: (id) => entries.get(id)?.told,
    learn: (id, told, at) => {
      const before = entries.get(id);
      if (before === undefined) entries.set(id, { told, at });
      // A list page from a cache may be older than what was read since.
      else if (at < before.at) entries.set(id, { told: merge(told, before.told), at: before.at });
      else entries.set(id, { told: merge(before.told, told), at });
    },
    fetchedAt: (id) => entries.get(id)?.at ?? null,
  };
}

/** The newer value wins, except that a refusal never replaces what another read did bring. */
function merge(older: AccountRecord | null, newer: AccountRecord | null): AccountRecord | null {
  if (older === null || newer === null) return newer;
  const kept = facetsIn(older).filter((facet) => newer[facet] instanceof SourceError);
  return { ...older, ...newer, ...Object.fromEntries(kept.map((facet) => [facet, older[facet]])) };
}

export function facetsIn(record: AccountRecord): FacetName[] {
  // Facet names are the only keys a record's type allows.
  return Object.keys(record) as FacetName[];
}
