import type { FacetName } from '../domain/facets.ts';
import type { Step } from './closure.ts';
import type { Read } from './contract.ts';
import type { Need, Plan } from './planning.ts';

/** What a plan asks, whatever it costs. */
export type Unpriced = Omit<Plan, 'cost'>;

/** As much of a session as is looked at. */
export interface Ways {
  readonly reads: readonly Pick<Read, 'name' | 'shape' | 'brings'>[];
  readonly derivations: readonly Pick<Step, 'facet'>[];
}

/**
 * The plan for accounts of which nothing is known, where one point read brings all that is wanted of them, and something of each that
 * no other read does: whatever reads cost, none can be spared of these and no other is needed. Undefined where prices have a say.
 */
export function planWithoutPrices(
  needs: readonly Need[],
  { reads, derivations }: Ways,
  isUnknown: (id: string) => boolean,
): Unpriced | undefined {
  let only: Ways['reads'][number] | undefined;
  const certain = new Set<string>();
  for (const { id, facet } of needs) {
    if (derivations.some((derivation) => derivation.facet === facet)) return undefined;
    const bringing = whichBrings(facet, reads);
    if (bringing === 'several') continue;
    if (bringing === 'none' || (only !== undefined && only !== bringing)) return undefined;
    only = bringing;
    certain.add(id);
  }
  if (only?.shape !== 'point') return undefined;
  const { name, brings } = only;
  if (!needs.every(({ id, facet }) => certain.has(id) && brings.includes(facet))) return undefined;
  const ids = [...certain];
  if (!ids.every(isUnknown)) return undefined;
  return { points: ids.map((id) => ({ read: name, id })), sweeps: [], shared: [], unmet: [] };
}

function whichBrings(facet: FacetName, reads: Ways['reads']): Ways['reads'][number] | 'none' | 'several' {
  let found: Ways['reads'][number] | 'none' = 'none';
  for (const read of reads) {
    if (!read.brings.includes(facet)) continue;
    if (found !== 'none') return 'several';
    found = read;
  }
  return found;
}
