import type { FacetName, Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, Provenance } from './contract.ts';

/** What one operation has been told about one source's accounts. */
export interface Knowledge {
  /** Null: nobody has this id. Undefined: nothing has been told. */
  about(id: string): AccountRecord | null | undefined;
  /** Facets that were asked for, and of which there was nothing to show. */
  lacking(id: string): readonly FacetName[];
  /** Takes what was told; null where it was that nobody has this id. */
  learn(id: string, told: AccountRecord | null, about: About): void;
  /** What the facet's value was told with; undefined where it is not known. */
  partWith(id: string, facet: FacetName): Part | undefined;
  /** Somebody was given this value of the facet, and keeps it whatever is learned later. */
  show(id: string, facet: FacetName, value: Facets[FacetName]): void;
  /** All that what is known or was shown was put together from; what a newer part replaced before anybody saw it is not among it. */
  partsOf(id: string): readonly Part[];
}

export interface About extends Provenance {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Facets that were asked for, and of which there is nothing to show. */
  readonly nothing?: readonly FacetName[];
}

export interface Part extends About {
  readonly told: AccountRecord | null;
}

interface Entry {
  readonly record: AccountRecord | null;
  /** By age, the newest last. */
  readonly parts: readonly Part[];
  shown: readonly Part[];
}

export function createKnowledge(): Knowledge {
  const entries = new Map<string, Entry>();
  return {
    about: (id) => entries.get(id)?.record,
    lacking: (id) => entries.get(id)?.parts.flatMap(({ nothing = [] }) => nothing) ?? [],
    learn: (id, told, about) => {
      const before = entries.get(id);
      const part: Part = { ...about, told };
      const shown = before?.shown ?? [];
      if (before === undefined) entries.set(id, { record: told, parts: [part], shown });
      else if (about.at >= (before.parts.at(-1)?.at ?? 0))
        entries.set(id, { record: merge(before.record, told), parts: [...before.parts, part], shown });
      else {
        // A list page from a cache may be older than what was read since.
        const parts = [...before.parts, part].toSorted((one, other) => one.at - other.at);
        const record = parts.map(({ told }) => told).reduce(merge);
        entries.set(id, { record, parts, shown });
      }
    },
    partWith: (id, facet) => {
      const entry = entries.get(id);
      const value = entry?.record?.[facet];
      return entry?.parts.findLast(({ told, nothing }) =>
        value === undefined ? nothing?.includes(facet) : told?.[facet] === value,
      );
    },
    show: (id, facet, value) => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      // Nearly always there is one, and this is done for each field.
      if (entry.parts.length === 1) entry.shown = entry.parts;
      else {
        const part = entry.parts.findLast(({ told }) => told?.[facet] === value);
        if (part !== undefined && !entry.shown.includes(part)) entry.shown = [...entry.shown, part];
      }
    },
    partsOf: (id) => {
      const entry = entries.get(id);
      if (entry === undefined) return [];
      const { record, parts, shown } = entry;
      if (record === null) return parts.slice(-1);
      return parts.filter((part) => {
        const { told } = part;
        return told !== null && (shown.includes(part) || facetsIn(told).some((facet) => told[facet] === record[facet]));
      });
    },
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
