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
  readonly points: readonly {
    readonly name: string;
    readonly brings: readonly FacetName[];
    readonly cost: number;
    readonly rounds: number;
  }[];
  readonly sweeps: readonly {
    readonly name: string;
    readonly brings: readonly FacetName[];
    readonly partitions: Readonly<Record<string, string | null>>;
    readonly costs: Readonly<Record<string, number>>;
    readonly rounds: Readonly<Record<string, number>>;
  }[];
  readonly shared: readonly { readonly name: string; readonly cost: number; readonly rounds: number }[];
  readonly concurrency: number;
  readonly derivations: Means['derivations'];
}

const someFacets = (atMost: number) => fc.uniqueArray(fc.constantFrom(...facets), { maxLength: atMost });
const forEachId = <Value>(value: fc.Arbitrary<Value>) => fc.record({ a: value, b: value, c: value });
const someCost = fc.integer({ min: 0, max: 9 });
/** Whole, so that sums of their halves, quarters and eighths are exact. */
const someRounds = fc.integer({ min: 0, max: 9 });
const named = <Item extends object>(prefix: string, items: readonly Item[]): (Item & { name: string })[] =>
  items.map((item, index) => ({ ...item, name: `${prefix} ${index}` }));

/** At most twelve reads in all, so 4,096 sets of them. The shared read `at hand` was made before and costs nothing. */
export const smallCase: fc.Arbitrary<Case> = fc.record({
  needs: fc.array(fc.record({ id: fc.constantFrom(...ids), facet: fc.constantFrom(...facets) }), { minLength: 1, maxLength: 8 }),
  known: forEachId(someFacets(2)),
  points: fc
    .array(fc.record({ brings: someFacets(3), cost: someCost, rounds: someRounds }), { maxLength: 2 })
    .map((items) => named('point', items)),
  sweeps: fc
    .array(
      fc.record({
        brings: someFacets(3),
        partitions: forEachId(fc.constantFrom('odd', 'even', null)),
        costs: fc.record({ odd: someCost, even: someCost }),
        rounds: fc.record({ odd: someRounds, even: someRounds }),
      }),
      { maxLength: 2 },
    )
    .map((items) => named('sweep', items)),
  shared: fc.array(fc.record({ cost: someCost, rounds: someRounds }), { maxLength: 2 }).map((items) => named('shared', items)),
  concurrency: fc.constantFrom(1, 2, 8),
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
    sweeps: given.sweeps.map(({ name, brings, partitions, costs, rounds }) => ({
      name,
      brings,
      partition: (id) => partitions[id] ?? null,
      cost: (partition) => costs[partition] ?? Number.NaN,
      rounds: (partition) => rounds[partition] ?? Number.NaN,
    })),
    shared: given.shared,
    derivations: given.derivations,
    known: (id) => new Set(given.known[id]),
    concurrency: given.concurrency,
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
  const prices = actions.map((action) => pricesOf(given, action)[0] ?? free);
  // What a set costs is what it costs without its last read, and that.
  const sums: Sum[] = [nothingYet];
  for (let set = 0; set < 2 ** actions.length; set += 1) {
    const last = 31 - Math.clz32(set);
    const sum = set === 0 ? nothingYet : plus(sums[set - 2 ** last] ?? nothingYet, prices[last] ?? free);
    sums[set] = sum;
    const spent = totalOf(sum, given.concurrency);
    // Only what is cheaper, or leaves less open, can take its place.
    if (least.unmet === 0 && spent >= least.cost) continue;
    const taken = actions.filter((_, index) => (set >> index) & 1);
    const reads = {
      points: taken.flatMap(({ points }) => points),
      sweeps: taken.flatMap(({ sweeps }) => sweeps),
      shared: taken.flatMap(({ shared }) => shared),
    };
    const unmet = stillOpen(given, reads).length;
    if (unmet < least.unmet || (unmet === least.unmet && spent < least.cost)) least = { unmet, cost: spent };
  }
  return least;
}

/** What the reads cost, and the longest that they can take when so many of them run at once. */
export const cost = (given: Case, reads: Reads): number =>
  totalOf(pricesOf(given, reads).reduce(plus, nothingYet), given.concurrency);

interface Price {
  readonly cost: number;
  readonly rounds: number;
}

function pricesOf(given: Case, { points, sweeps, shared }: Reads): Price[] {
  const nowhere = { cost: Number.NaN, rounds: Number.NaN };
  return [
    ...points.map(({ read }) => given.points.find(({ name }) => name === read) ?? nowhere),
    ...sweeps.map(({ read, partition }) => {
      const sweep = given.sweeps.find(({ name }) => name === read);
      return { cost: sweep?.costs[partition] ?? Number.NaN, rounds: sweep?.rounds[partition] ?? Number.NaN };
    }),
    ...shared.map((read) => given.shared.find(({ name }) => name === read) ?? nowhere),
  ];
}

interface Sum {
  readonly cost: number;
  readonly busy: number;
  readonly longest: number;
}

const nothingYet: Sum = { cost: 0, busy: 0, longest: 0 };
const free: Price = { cost: 0, rounds: 0 };

const plus = ({ cost, busy, longest }: Sum, price: Price): Sum => ({
  cost: cost + price.cost,
  busy: busy + price.rounds,
  longest: Math.max(longest, price.rounds),
});

const totalOf = ({ cost, busy, longest }: Sum, concurrency: number): number => cost + (busy - longest) / concurrency + longest;

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
