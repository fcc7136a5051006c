import { ageOf } from '../cache/ages.ts';
import { isNobody, type Layer, onlyWith } from '../cache/kept-account.ts';
import { isRefusal, type Name, type Origin } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import type { FacetName } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import { leadingTo } from './closure.ts';
import type { Derivation, KeptPage, ListedAccount, SourceSession } from './contract.ts';
import { facetsIn, type Knowledge } from './knowledge.ts';
import type { Need } from './planning.ts';
import { type Reading, withoutErrors } from './readings.ts';

/** What one operation takes of that which is kept into its own knowledge. */
export interface Recall {
  /** Takes note of what a kept page tells of somebody, for whom nothing may be in memory any more. */
  note(account: ListedAccount, page: KeptPage): void;
  /** Takes what is fresh in this process's memory, though something else be in the knowledge already. False where there is none. */
  newer(need: Need): boolean;
  /** Takes what is fresh in this process's memory for one need. True when nothing need be asked for it. */
  fresh(need: Need): boolean;
  /** The same for many, the second level included, and what may be used while it is read anew. Gives what has to be. */
  usable(needs: readonly Need[]): readonly Need[] | Promise<readonly Need[]>;
  /** After the reads for an id have ended: what was kept stands in for what failed, if a later try could bring it. */
  standIn(need: Need, readingsOf: (id: string) => readonly Reading[]): void;
}

/** How old a facet may be: by the word of its age, and in what case. */
type Case = 'fresh' | 'staleWhileRevalidate' | 'staleIfError';

export function createRecall(session: Pick<SourceSession, 'derivations'>, shelf: Shelf, knowledge: Knowledge): Recall {
  if (!shelf.keeps) return noRecall;
  const { ages } = shelf;
  const { derivations } = session;
  const leading = new Map<FacetName, readonly FacetName[]>();
  const listed = new Map<string, { readonly account: ListedAccount; readonly page: KeptPage }>();

  /** The facet, and what it might be derived from. */
  function basesOf(facet: FacetName): readonly FacetName[] {
    const bases = leading.get(facet) ?? [...leadingTo([facet], derivations)];
    leading.set(facet, bases);
    return bases;
  }

  const nameOf = ({ id, facet }: Need): Name => ({ what: ages.besides.has(facet) ? 'shared' : 'account', id });

  /** In the knowledge of this operation, as it is or to be derived. */
  function isAtHand(id: string, facet: FacetName, ways = derivations): boolean {
    const record = knowledge.about(id);
    if (record === null) return true;
    const told = record?.[facet];
    if (told !== undefined) return !(told instanceof SourceError);
    // A derivation that leads back to itself is not followed round again.
    const others = (way: Derivation) => ways.filter((other) => other !== way);
    if (ways.some((way) => way.facet === facet && way.from.every((base) => isAtHand(id, base, others(way))))) return true;
    return knowledge.lacking(id).includes(facet);
  }

  const isAllowed = (facet: FacetName, readAt: number, meant: Case): boolean => {
    const { fresh, [meant]: more } = ageOf(facet, ages);
    return shelf.allows(readAt, meant === 'fresh' ? fresh : fresh + more);
  };

  /** Takes those facets of the layer that may be used. */
  function takeLayer(
    id: string,
    layer: Layer,
    may: (facet: FacetName) => boolean,
    how: { origin: Origin; stale: boolean },
  ): void {
    const names = facetsIn(layer.facets);
    const facets = names.filter(may);
    const told = facets.length === names.length ? layer.facets : pick(layer.facets, facets);
    knowledge.learn(id, told, { ...how, at: layer.readAt, lag: layer.lag, nothing: layer.nothing.filter(may) });
  }

  function onPage(id: string): Layer | undefined {
    const found = listed.get(id);
    if (found === undefined) return undefined;
    const { account, page } = found;
    return { readAt: page.readAt, lag: page.lag, facets: withoutErrors(account.record), nothing: [] };
  }

  /** What is known better may be too old by now, and a page that came after it not yet. */
  function layerFor({ id, facet }: Need, known: Layer, meant: Case): Layer | undefined {
    if (isAllowed(facet, known.readAt, meant)) return known;
    const page = listed.get(id)?.page;
    if (page === undefined || page.readAt <= known.readAt || !isAllowed(facet, page.readAt, meant)) return undefined;
    const layer = onPage(id);
    // All else on it may have been refused since.
    return layer && tells(layer, facet) ? onlyWith(layer, (other) => other === facet) : undefined;
  }

  function take(need: Need, from: Origin, meant: Case): void {
    const { id } = need;
    // What is in memory of an account holds all that the pages told, but for what is known better, or has been refused since.
    const kept = shelf.account(nameOf(need)) ?? { layers: [onPage(id)].filter((layer) => layer !== undefined) };
    if (isNobody(kept)) {
      if (meant === 'fresh' && shelf.allows(kept.nobodyAt, ages.nobody)) {
        knowledge.learn(id, null, { at: kept.nobodyAt, origin: from, stale: false, lag: 0 });
      }
      return;
    }
    const { layers } = kept;
    const page = listed.get(id)?.page;
    for (const facet of basesOf(need.facet)) {
      if (knowledge.about(id) === null || isTold(id, facet)) continue;
      const known = layers.find((each) => tells(each, facet));
      const layer = known && layerFor({ id, facet }, known, meant);
      if (layer === undefined) continue;
      const origin = page?.readAt === layer.readAt ? page.origin : from;
      // What is fresh is welcome with all that came with it; of what is stale only what is wanted.
      if (meant === 'fresh') {
        takeLayer(id, layer, (other) => isAllowed(other, layer.readAt, 'fresh'), { origin, stale: false });
      } else takeLayer(id, layer, (other) => other === facet, { origin, stale: true });
    }
  }

  /** Why the facet did not come. */
  function reasonsAgainst(id: string, facet: FacetName, readings: readonly Reading[]): unknown[] {
    const told = knowledge.about(id)?.[facet];
    if (told !== undefined) return told instanceof SourceError ? [told] : [];
    return readings.flatMap(({ read, state }) => (state.is === 'failed' && read.brings.includes(facet) ? [state.reason] : []));
  }

  const isTold = (id: string, facet: FacetName): boolean => {
    const told = knowledge.about(id)?.[facet];
    return told === undefined ? knowledge.lacking(id).includes(facet) : !(told instanceof SourceError);
  };

  function fresh(need: Need): boolean {
    if (isAtHand(need.id, need.facet)) return true;
    take(need, 'MEMORY', 'fresh');
    return isAtHand(need.id, need.facet);
  }

  function newer(need: Need): boolean {
    const kept = shelf.account(nameOf(need));
    if (kept === undefined || isNobody(kept)) return false;
    const layer = kept.layers.find(({ facets }) => need.facet in facets);
    if (layer === undefined || !isAllowed(need.facet, layer.readAt, 'fresh')) return false;
    takeLayer(need.id, layer, (other) => other === need.facet, { origin: 'MEMORY', stale: false });
    return true;
  }

  return {
    newer,
    note: (account, page) => {
      listed.set(account.id, { account, page });
    },
    fresh,
    usable: async (needs) => {
      const open = needs.filter((need) => !fresh(need));
      if (open.length === 0) return [];
      const names = new Map(open.map((need) => [`${nameOf(need).what} ${need.id}`, nameOf(need)]));
      const better = await shelf.fetch([...names.values()]);
      for (const need of open) if (better.has(need.id)) take(need, 'SHARED_MEMORY', 'fresh');
      const stale = open.filter(({ id, facet }) => !isAtHand(id, facet));
      for (const need of stale) take(need, better.has(need.id) ? 'SHARED_MEMORY' : 'MEMORY', 'staleWhileRevalidate');
      return stale.filter(({ id, facet }) => isAtHand(id, facet));
    },
    standIn: ({ id, facet }, readingsOf) => {
      for (const base of basesOf(facet)) {
        for (const reason of reasonsAgainst(id, base, readingsOf(id))) {
          // One of a facet alone has been taken note of when it came.
          if (isRefusal(reason) && reason !== knowledge.about(id)?.[base]) shelf.drop(nameOf({ id, facet: base }));
          else if (reason instanceof SourceError && reason.retryable) take({ id, facet: base }, 'MEMORY', 'staleIfError');
        }
      }
    },
  };
}

const tells = ({ facets, nothing }: Layer, facet: FacetName): boolean => facet in facets || nothing.includes(facet);

const noRecall: Recall = {
  newer: () => false,
  note: () => undefined,
  fresh: () => false,
  usable: () => [],
  standIn: () => undefined,
};

function pick(facets: Layer['facets'], wanted: readonly FacetName[]): Layer['facets'] {
  return Object.fromEntries(wanted.map((facet) => [facet, facets[facet]]));
}
