import type { Credential } from '../access/credential.ts';
import { ageOf, lifetime, type SourceAges } from './ages.ts';
import { isKeptAccount, isNobody, type KeptAccount, type Layer, mergeKept, newestOf } from './kept-account.ts';
import { type CacheKey, cacheKey } from './key.ts';
import { type Memory, noMemory } from './memory.ts';
import { createReadThrough, labelOf, type Name, type ReadThrough, type Tickets } from './reading-through.ts';
import type { SecondLevel } from './second-level.ts';

/** What one operation asks of the age of its answers. It is told when the operation begins to run. */
export interface Demand {
  /** Seconds; undefined: whatever is usual. 0: all is read anew. */
  maxAge: number | undefined;
}

/** What is kept of one source for one credential class, as one operation may use it. */
export interface Shelf extends ReadThrough {
  readonly ages: SourceAges;
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether something read then may be used for so many seconds; an operation may want it younger. */
  allows(readAt: number, seconds: number): boolean;
  /** To be taken before a read begins. */
  begin(): number;
  account(name: Name): KeptAccount | undefined;
  /** Looks for these in the second level too. Those for which it knew something more are told. */
  fetch(names: readonly Name[]): Promise<ReadonlySet<string>>;
  /** Null: nobody has this id. */
  keep(name: Name, told: Layer | null, readAt: number, begun: number): void;
  drop(name: Name): void;
}

export interface ShelfPlace {
  readonly source: string;
  readonly credential: Credential;
  readonly ages: SourceAges;
  readonly demand: Demand;
  readonly memory: Memory;
  readonly second: SecondLevel | undefined;
  readonly now: () => number;
}

/** Clocks are set back: what seems to have been read later than now has an age that nobody knows. */
const toleratedMs = 1_000;

export function createShelf(place: ShelfPlace): Shelf {
  const { source, credential, ages, demand, memory, second, now } = place;
  const keyOf = ({ what, id }: Name): CacheKey => cacheKey(source, credential, what, id);
  const tickets: Tickets = new Map();

  const allows = (readAt: number, seconds: number): boolean => {
    const ms = now() - readAt;
    return ms >= -toleratedMs && Math.max(0, ms) < 1_000 * Math.min(seconds, demand.maxAge ?? seconds);
  };

  function account(name: Name): KeptAccount | undefined {
    // Under a key for an account nothing else is ever kept.
    return memory.get(keyOf(name))?.value as KeptAccount | undefined;
  }

  async function fetch(names: readonly Name[]): Promise<ReadonlySet<string>> {
    if (second === undefined || names.length === 0) return new Set();
    const begun = memory.begin();
    const keys = names.map(keyOf);
    const fetched = await second.fetch(keys);
    const better = new Set<string>();
    for (const [index, { kept, ticket }] of fetched.entries()) {
      const key = keys[index];
      if (key === undefined) continue;
      const known = isKeptAccount(kept?.value) ? kept.value : undefined;
      tickets.set(labelOf(key), { ticket, known });
      if (known === undefined) continue;
      const before = account(key);
      if (before !== undefined && newestOf(known) <= newestOf(before)) continue;
      const merged = mergeKept(before, known);
      memory.set(key, { value: merged, readAt: newestOf(merged) }, begun);
      better.add(key.id);
    }
    return better;
  }

  function keep(name: Name, told: Layer | null, readAt: number, begun: number): void {
    if (memory === noMemory) return;
    const key = keyOf(name);
    const kept: KeptAccount | null = told === null ? { nobodyAt: readAt } : withAge(told, ages);
    if (kept === null) return;
    memory.set(key, { value: mergeKept(account(name), kept), readAt }, begun);
    const given = tickets.get(labelOf(key));
    if (second === undefined || given === undefined) return;
    // Not what is in memory: another process may have had it dropped, and the news may be on its way.
    const value = mergeKept(given.known, kept);
    tickets.set(labelOf(key), { ...given, known: value });
    const seconds = isNobody(value) ? ages.nobody : longestOf(value, ages);
    second.put([{ key, kept: { value, readAt }, ticket: given.ticket, forMs: 1_000 * seconds }]);
  }

  return {
    ages,
    now,
    allows,
    begin: memory.begin,
    account,
    fetch,
    keep,
    drop: (name) => memory.delete(keyOf(name)),
    ...createReadThrough({ memory, second, now, allows, keyOf, tickets }),
  };
}

/** Without the facets that are not to be kept at all; null when none is left. */
function withAge(layer: Layer, ages: SourceAges): KeptAccount | null {
  const isKept = (facet: string): boolean => lifetime(ageOf(facet, ages)) > 0;
  const facets = Object.entries(layer.facets);
  const kept = facets.filter(([facet]) => isKept(facet));
  const nothing = layer.nothing.filter(isKept);
  if (kept.length === 0 && nothing.length === 0) return null;
  if (kept.length === facets.length && nothing.length === layer.nothing.length) return { layers: [layer] };
  return { layers: [{ ...layer, facets: Object.fromEntries(kept), nothing }] };
}

function longestOf(kept: Exclude<KeptAccount, { readonly nobodyAt: number }>, ages: SourceAges): number {
  const facets = kept.layers.flatMap((layer) => [...Object.keys(layer.facets), ...layer.nothing]);
  return Math.max(...facets.map((facet) => lifetime(ageOf(facet, ages))));
}

/** Where nothing is kept. */
export const emptyShelf = (ages: SourceAges, now: () => number = Date.now): Shelf =>
  createShelf({
    source: '',
    credential: { class: 'none' },
    ages,
    demand: { maxAge: undefined },
    memory: noMemory,
    second: undefined,
    now,
  });
