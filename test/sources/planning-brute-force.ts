import fc from 'fast-check';
import type { FacetName } from '../../src/domain/facets.ts';
import type { Means, Need, Plan } from '../../src/sources/planning.ts';

// The planner's results found again without its cleverness: every set of reads there is, one after the other.

const facets = ['identity', 'email', 'role', 'presence', 'kudos'] as const satisfies readonly FacetName[];
const ids = ['a', 'b', 'c'] as const;

/** A case as plain data, so that a counterexample can be read. */
export interface Case {
  readonly needs: readonly Need[];
  readonly known: Readonly<Record<string, readonly FacetName[]>>;
  readonly points: readonly { readonly name: string; readonly brings: readonly FacetName[]; readonly cost: number }[];
  readonly sweeps: readonly {
    readonly name: string;
    readonly brings: readonly FacetName[];
    readonly partitions: Readonly<Record<string, string | null>>;
    readonly costs: Readonly<Record<string, number>>;
  }[];
  readonly shared: readonly { readonly name: string; readonly cost: number }[];
  readonly derivations: Means['derivations'];
}

const someFacets = (atMost: number) => fc.uniqueArray(fc.constantFrom(...facets), { maxLength: atMost });
const forEachId = <Value>(value: fc.Arbitrary<Value>) => fc.record({ a: value, b: value, c: value });
const someCost = fc.integer({ min: 0, max: 9 });
const named = <Item extends object>(prefix: string, items: readonly Item[]): (Item & { name: string })[] =>
  items.map((item, index) => ({ ...item, name: `${prefix} ${index}` }));

/** At most twelve reads in all, so 4,096 sets of them. The shared read `at hand` was made before and costs nothing. */
export const smallCase: fc.Arbitrary<Case> = fc.record({
  needs: fc.array(fc.record({ id: fc.constantFrom(...ids), facet: fc.constantFrom(...facets) }), { minLength: 1, maxLength: 8 }),
  known: forEachId(someFacets(2)),
  points: fc.array(fc.record({ brings: someFacets(3), cost: someCost }), { maxLength: 2 }).map((items) => named('point', items)),
  sweeps: fc
    .array(
      fc.record({
        brings: someFacets(3),
        partitions: forEachId(fc.constantFrom('odd', 'even', null)),
        costs: fc.record({ odd: someCost, even: someCost }),
      }),
      { maxLength: 2 },
    )
    .map((items) => named('sweep', items)),
  shared: fc.array(fc.record({ cost: someCost }), { maxLength: 2 }).map((items) => named('shared', items)),
  // `shared 1` may be named where there is only `shared 0`: then it was made before, too.
  derivations: fc.array(
    fc.record({
      facet: fc.constantFrom(...facets),
      from: someFacets(2),
      shared: fc.uniqueArray(fc.constantFrom('shared 0', 'shared 1', 'at hand'), { maxLength: 2 }),
    }),
    { maxLength: 4 },
  ),
});

export function means(given: Case): Means {
  return {
    points: given.points,
    sweeps: given.sweeps.map(({ name, brings, partitions, costs }) => ({
      name,
      brings,
      partition: (id) => partitions[id] ?? null,
      cost: (partition) => costs[partition] ?? Number.NaN,
    })),
    shared: given.shared,
    derivations: given.derivations,
    known: (id) => new Set(given.known[id]),
  };
}

type Reads = Pick<Plan, 'points' | 'sweeps' | 'shared'>;

/** The least number of needs that must stay open, and the least cost of leaving no more than those. */
export function cheapest(given: Case): { unmet: number; cost: number } {
  const actions: Reads[] = [
    ...given.shared.map(({ name }) => ({ points: [], sweeps: [], shared: [name] })),
    ...given.points.flatMap(({ name }) => ids.map((id) => ({ points: [{ read: name, id }], sweeps: [], shared: [] }))),
    ...given.sweeps.flatMap(({ name, partitions }) =>
      ['odd', 'even'].map((partition) => {
        const wanted = ids.filter((id) => partitions[id] === partition);
        return { points: [], sweeps: [{ read: name, partition, wanted }], shared: [] };
      }),
    ),
  ];
  let least = { unmet: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };
  for (let set = 0; set < 2 ** actions.length; set += 1) {
    const taken = actions.filter((_, index) => (set >> index) & 1);
    const reads = {
      points: taken.flatMap(({ points }) => points),
      sweeps: taken.flatMap(({ sweeps }) => sweeps),
      shared: taken.flatMap(({ shared }) => shared),
    };
    const spent = cost(given, reads);
    // Only what is cheaper, or leaves less open, can take its place.
    if (least.unmet === 0 && spent >= least.cost) continue;
    const unmet = stillOpen(given, reads).length;
    if (unmet < least.unmet || (unmet === least.unmet && spent < least.cost)) least = { unmet, cost: spent };
  }
  return least;
}

export function cost(given: Case, { points, sweeps, shared }: Reads): number {
  let total = 0;
  for (const { read } of points) total += given.points.find(({ name }) => name === read)?.cost ?? Number.NaN;
  for (const { read, partition } of sweeps)
    total += given.sweeps.find(({ name }) => name === read)?.costs[partition] ?? Number.NaN;
  for (const made of shared) total += given.shared.find(({ name }) => name === made)?.cost ?? Number.NaN;
  return total;
}

/** The needs, each once, that these reads leave open. A sweep brings something only to those it is wanted for. */
export function stillOpen(given: Case, { points, sweeps, shared }: Reads): Need[] {
  const toBeMade = given.shared.map(({ name }) => name).filter((name) => !shared.includes(name));
  const open = new Map<string, Need>();
  for (const need of given.needs) {
    const had: string[] = [...(given.known[need.id] ?? [])];
    for (const { read, id } of points)
      if (id === need.id) had.push(...(given.points.find(({ name }) => name === read)?.brings ?? []));
    for (const { read, wanted } of sweeps)
      if (wanted.includes(need.id)) had.push(...(given.sweeps.find(({ name }) => name === read)?.brings ?? []));
    // A chain is no longer than there are derivations.
    for (const _ of given.derivations)
      for (const derivation of given.derivations)
        if (derivation.from.every((base) => had.includes(base)) && !derivation.shared.some((name) => toBeMade.includes(name)))
          had.push(derivation.facet);
    if (!had.includes(need.facet)) open.set(`${need.id} ${need.facet}`, need);
  }
  return [...open.values()];
}
