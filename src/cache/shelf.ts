import type { Credential } from '../access/credential.ts';
import type { FacetName } from '../domain/facets.ts';
import { ageOf, aheadMs, isKept, lifetime, type SourceAges } from './ages.ts';
import {
  isKeptAccount,
  isNobody,
  type KeptAccount,
  type Layer,
  mergeKept,
  newestOf,
  onlyLayers,
  onlyWith,
  readUntil,
  wasGoneSince,
  without,
  withoutBetterKnown,
} from './kept-account.ts';
import { type CacheKey, cacheKey } from './key.ts';
import { type Memory, noMemory } from './memory.ts';
import { createReadThrough, type Given, labelOf, type Name, type ReadThrough, type Tickets } from './reading-through.ts';
import type { SecondLevel } from './second-level.ts';
import { noting, type ShelfLife, type Shown, shownOf } from './shelf-life.ts';
import type { WrittenLately } from './written-lately.ts';

/** What one operation asks of the age of its answers. It is told when the operation begins to run. */
export interface Demand {
  /** Seconds; undefined: whatever is usual. 0: all is read anew. */
  maxAge: number | undefined;
}

/** What is kept of one source for one credential class, as one operation may use it. */
export interface Shelf extends ReadThrough {
  readonly ages: SourceAges;
  /** Whether anything is ever kept on it. */
  readonly keeps: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether something read then may be used for so many seconds; an operation may want it younger. */
  allows(readAt: number, seconds: number): boolean;
  /** To be taken before a read begins. */
  begin(): number;
  account(name: Name): KeptAccount | undefined;
  /** Looks for these in the second level too. Those for which it knew something more are told. */
  fetch(names: readonly Name[]): Promise<ReadonlySet<string>>;
  keep(name: Name, told: ToldOf, begun: number): void;
  /** Whether the source's own cache may have told of the account as it was before a write of which this process knows. */
  isBehindWrite(id: string, told: Pick<Layer, 'readAt' | 'lag'>): boolean;
  /** For what may no longer be shown to this class. */
  drop(name: Name): void;
  /** Is told what the answer holds of this source. Undefined: nobody wants to know for how long it stays fresh. */
  readonly shown: Shown | undefined;
}

/** What a read told about an account. */
export interface ToldOf {
  readonly readAt: number;
  /** Null: nobody has this id. */
  readonly layer: Layer | null;
  /** Facets that it refused: what was kept of them is shown to nobody of this class any more. */
  readonly refused: readonly FacetName[];
}

export interface ShelfPlace {
  readonly source: string;
  readonly credential: Credential;
  readonly ages: SourceAges;
  readonly demand: Demand;
  readonly memory: Memory;
  readonly second: SecondLevel | undefined;
  /** Absent: nobody writes. */
  readonly written?: WrittenLately;
  readonly now: () => number;
  /** Of the answer that is made of it. */
  readonly life?: ShelfLife | undefined;
}

export function createShelf(place: ShelfPlace): Shelf {
  const { source, credential, ages, demand, memory, second, written, now, life } = place;
  const keyOf = ({ what, id }: Name): CacheKey => cacheKey(source, credential, what, id);
  const tickets: Tickets = new Map();

  const allows = (readAt: number, seconds: number): boolean => {
    const ms = now() - readAt;
    return ms >= -aheadMs && Math.max(0, ms) < 1_000 * Math.min(seconds, demand.maxAge ?? seconds);
  };

  const isFresh = (facet: FacetName, readAt: number): boolean => now() - readAt < 1_000 * ageOf(facet, ages).fresh;

  const isBehindWrite = (id: string, { readAt, lag }: Pick<Layer, 'readAt' | 'lag'>): boolean =>
    lag > 0 && written !== undefined && now() - readAt + 1_000 * lag > written.msSince(source, id, lag);

  function account(name: Name): KeptAccount | undefined {
    // Under a key for an account nothing else is ever kept.
    return readUntil(now() + aheadMs, memory.get(keyOf(name))?.value as KeptAccount | undefined);
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
      const given = readUntil(now() + aheadMs, isKeptAccount(kept?.value) ? kept.value : undefined);
      const known = given && onlyLayers(given, (layer) => key.what !== 'account' || !isBehindWrite(key.id, layer));
      tickets.set(labelOf(key), { ticket, at: now(), known });
      if (known === undefined) continue;
      const before = account(key);
      if (before !== undefined && newestOf(known) <= newestOf(before)) continue;
      const merged = mergeKept(before, known);
      memory.set(key, { value: merged, readAt: newestOf(merged) }, begun);
      better.add(key.id);
    }
    return better;
  }

  function keep(name: Name, { readAt, layer, refused }: ToldOf, begun: number): void {
    if (memory === noMemory) return;
    if (layer !== null && name.what === 'account' && isBehindWrite(name.id, layer)) {
      if (refused.length > 0) drop(name);
      return;
    }
    const key = keyOf(name);
    const tell = (before: KeptAccount | undefined): KeptAccount => {
      if (layer === null) return { nobodyAt: readAt };
      if (wasGoneSince(layer, before) && now() - before.nobodyAt < 1_000 * ages.nobody) return before;
      return { layers: [withAge(withoutBetterKnown(layer, before, isFresh), ages)] };
    };
    const including = (before: KeptAccount | undefined): KeptAccount => without(refused, mergeKept(before, tell(before)));
    memory.set(key, { value: including(account(name)), readAt }, begun);
    const given = tickets.get(labelOf(key));
    // Not what is in memory: another process may have had it dropped, and the news may be on its way.
    if (given !== undefined && readAt >= given.at) putElsewhere(key, given, including(given.known), readAt);
  }

  function putElsewhere(key: CacheKey, { ticket, at }: Given, known: KeptAccount, readAt: number): void {
    tickets.set(labelOf(key), { ticket, at, known });
    const seconds = isNobody(known) ? ages.nobody : longestOf(known, ages);
    second?.put([{ key, kept: { value: known, readAt }, ticket, forMs: 1_000 * seconds }]);
  }

  function drop(name: Name): void {
    const key = keyOf(name);
    memory.delete(key);
    const given = tickets.get(labelOf(key));
    if (given !== undefined) putElsewhere(key, given, { layers: [] }, now());
  }

  const shown = life && shownOf(life, credential, demand, now);
  const reading = createReadThrough({ memory, second, now, allows, keyOf, tickets });

  return {
    ages,
    keeps: memory !== noMemory || second !== undefined,
    now,
    allows,
    begin: memory.begin,
    account,
    fetch,
    keep,
    isBehindWrite,
    drop,
    shown,
    ...(shown === undefined ? reading : noting(reading, shown)),
  };
}

/** Without the facets that are not to be kept at all. */
function withAge(layer: Layer, ages: SourceAges): Layer {
  const mayStay = (facet: string): boolean => isKept(facet, ages);
  if (Object.keys(layer.facets).every(mayStay) && layer.nothing.every(mayStay)) return layer;
  return onlyWith(layer, mayStay);
}

function longestOf(kept: Exclude<KeptAccount, { readonly nobodyAt: number }>, ages: SourceAges): number {
  const facets = kept.layers.flatMap((layer) => [...Object.keys(layer.facets), ...layer.nothing]);
  return Math.max(1, ...facets.map((facet) => lifetime(ageOf(facet, ages))));
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
