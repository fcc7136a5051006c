import type { FacetName } from '../domain/facets.ts';

/** As much of a derivation as it takes to follow it. */
export interface Step {
  readonly facet: FacetName;
  readonly from: readonly FacetName[];
}

/** The facets themselves and all that derives from them, directly or in several steps. */
export function closure(facets: Iterable<FacetName>, steps: readonly Step[]): ReadonlySet<FacetName> {
  return grow(facets, (all) => steps.filter(({ from }) => from.every((base) => all.has(base))).map(({ facet }) => facet));
}

/** The facets themselves and all that any of them might be derived from. */
export function leadingTo(facets: Iterable<FacetName>, steps: readonly Step[]): ReadonlySet<FacetName> {
  return grow(facets, (all) => steps.filter(({ facet }) => all.has(facet)).flatMap(({ from }) => from));
}

/** Adds what `next` finds until it finds nothing new. */
function grow(facets: Iterable<FacetName>, next: (all: ReadonlySet<FacetName>) => readonly FacetName[]): ReadonlySet<FacetName> {
  const all = new Set(facets);
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const facet of next(all)) all.add(facet);
  }
  return all;
}
