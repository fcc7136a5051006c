import type { FacetName } from '../domain/facets.ts';
import { closure, leadingTo, type Step } from './closure.ts';
import { type Cost, lingering, usualConcurrency } from './cost.ts';
import { type Group, gather, type Point, type Sweep, tiedTogether, withShare } from './grouping.ts';

/** One thing wanted: a facet of an id. */
export interface Need {
  readonly id: string;
  readonly facet: FacetName;
}

/** What the planner must know of a kind's reads, with their costs already worked out (see `means.ts`). */
export interface Means {
  readonly points: readonly (Priced & { readonly brings: readonly FacetName[] })[];
  readonly sweeps: readonly {
    readonly name: string;
    readonly brings: readonly FacetName[];
    /** Null: this sweep is no use for this id. */
    partition(id: string): string | null;
    cost(partition: string): Cost;
    /** As `Priced` has it. */
    rounds?(partition: string): number;
  }[];
  /** Shared reads not at hand yet. One that is at hand costs nothing and is simply not named here. */
  readonly shared: readonly Priced[];
  readonly derivations: readonly (Step & { readonly shared: readonly string[] })[];
  /** What is known of an id already and need not be read. */
  known(id: string): ReadonlySet<FacetName>;
  /** How many reads are under way at once. */
  readonly concurrency?: number;
}

export interface Priced {
  readonly name: string;
  readonly cost: Cost;
  /** How long it takes; 0 where waiting does not count. */
  readonly rounds?: number;
}

export interface Plan {
  readonly points: readonly { readonly read: string; readonly id: string }[];
  readonly sweeps: readonly { readonly read: string; readonly partition: string; readonly wanted: readonly string[] }[];
  readonly shared: readonly string[];
  /** Needs that no read of this kind, alone or with others, can meet. */
  readonly unmet: readonly Need[];
  /** Of its reads, and of waiting until all of them have ended. */
  readonly cost: Cost;
}

/**
 * The set of reads that meets most needs, and the cheapest such set. It is found by trying: under every bound on how long a single
 * read may take, every choice of shared reads, under each of them every choice of sweeps, and then, for every id, every choice of
 * point reads for what is still missing. That stays small because ids in the same position are decided as one, and ids that no
 * sweep ties together are decided apart. The bound comes first because what a plan waits for hangs on its longest read (see
 * `waiting`): once that is settled, all that is left of the cost is a sum.
 */
export function plan(needs: readonly Need[], given: Means): Plan {
  const { concurrency = usualConcurrency } = given;
  const groups = gather(needs, given, concurrency);
  const everySweep = [...new Set(groups.flatMap((group) => group.sweeps))];
  const useful = leadingTo(new Set(groups.flatMap(({ wants }) => wants)), given.derivations);
  const leading = given.derivations.filter(({ facet }) => useful.has(facet)).flatMap(({ shared }) => shared);
  const shared = given.shared.filter(({ name }) => leading.includes(name)).map((read) => withShare(read, concurrency));
  const isDerivable = given.derivations.some(({ facet }) => useful.has(facet));
  const obvious = isDerivable ? undefined : obviousPoint(groups, everySweep, concurrency);
  if (obvious !== undefined) return toPlan(obvious);
  const timed = [...groups.flatMap(({ points }) => points), ...everySweep, ...shared];
  const bounds = new Set([0, ...timed.map(({ rounds }) => rounds)]);
  const choices = [...bounds].flatMap((longest) => {
    const inTime = <One extends { readonly rounds: number }>(reads: readonly One[]) =>
      reads.filter(({ rounds }) => rounds <= longest);
    return subsets(inTime(shared)).map((made) => {
      const without = new Set(
        given.shared.filter(({ name }) => !made.some((read) => read.name === name)).map(({ name }) => name),
      );
      const derivations = given.derivations.filter((derivation) => !derivation.shared.some((name) => without.has(name)));
      const choice = chooseSweeps(groups, new Set(inTime(everySweep)), [], { derivations, longest });
      return { ...choice, shared: made, cost: choice.cost + sum(made) + lingering(longest, concurrency) };
    });
  });
  return toPlan(best(choices));
}

/**
 * The one read of an only group that brings all it wants, where something of that is brought by dearer reads otherwise: no plan can
 * do with less, so there is nothing to try. Most operations ask one source for one account, or for a page of them that stand alike.
 * Nothing that is wanted may be derivable.
 */
function obviousPoint(
  [group, ...others]: readonly Group[],
  sweeps: readonly Sweep[],
  concurrency: number,
): Parameters<typeof toPlan>[0] | undefined {
  if (group === undefined || others.length > 0) return undefined;
  const priced = [
    ...group.points.map((read) => ({ read, brings: read.brings, cost: read.cost * group.ids.length, rounds: read.rounds })),
    ...sweeps.map(({ read, cost, rounds }) => ({ read, brings: read.brings, cost, rounds })),
  ].map((each) => ({ ...each, cost: each.cost + lingering(each.rounds, concurrency) }));
  for (const read of group.points) {
    if (!group.wants.every((facet) => read.brings.includes(facet))) continue;
    const cost = priced.find((each) => each.read === read)?.cost ?? 0;
    const isWanting = (facet: FacetName): boolean =>
      priced.every((other) => other.read === read || !other.brings.includes(facet) || other.cost > cost);
    if (group.wants.some(isWanting)) {
      return { unmet: 0, cost, sweeps: [], shared: [], points: [{ group, reads: [read], lacking: [] }] };
    }
  }
  return undefined;
}

/** Under what a choice is made. */
interface Terms {
  readonly derivations: Means['derivations'];
  /** No read may take longer. */
  readonly longest: number;
}

interface Choice {
  /** How many needs stay open. */
  readonly unmet: number;
  readonly cost: Cost;
  readonly sweeps: readonly Sweep[];
  readonly points: readonly { readonly group: Group; readonly reads: readonly Point[]; readonly lacking: readonly FacetName[] }[];
}

/** Decides on one open sweep after another, and, as soon as those left no longer tie two groups together, on each apart. */
function chooseSweeps(groups: readonly Group[], open: ReadonlySet<Sweep>, chosen: readonly Sweep[], terms: Terms): Choice {
  const parts = tiedTogether(groups, open).map((part): Choice => {
    // The one that ties most together: once it is decided, most falls apart.
    const [sweep, ...others] = [...part.sweeps].sort((left, right) => right.serves.length - left.serves.length);
    if (sweep === undefined) return sumOf(part.groups.map((group) => choosePoints(group, chosen, terms)));
    const rest = new Set(others);
    const done = chooseSweeps(part.groups, rest, [...chosen, sweep], terms);
    const left = chooseSweeps(part.groups, rest, chosen, terms);
    return best([left, { ...done, sweeps: [sweep, ...done.sweeps], cost: sweep.cost + done.cost }]);
  });
  return sumOf(parts);
}

function choosePoints(group: Group, chosen: readonly Sweep[], terms: Terms): Choice {
  const swept = chosen.filter((sweep) => group.sweeps.includes(sweep)).flatMap((sweep) => sweep.read.brings);
  return best(
    subsets(group.points.filter(({ rounds }) => rounds <= terms.longest)).map((reads) => {
      const had = closure([...group.has, ...swept, ...reads.flatMap((read) => read.brings)], terms.derivations);
      const lacking = group.wants.filter((facet) => !had.has(facet));
      const [unmet, cost] = [lacking.length * group.ids.length, sum(reads) * group.ids.length];
      return { unmet, cost, sweeps: [], points: [{ group, reads, lacking }] };
    }),
  );
}

function toPlan({ cost, shared, sweeps, points }: Choice & { readonly shared: readonly Priced[] }): Plan {
  return {
    cost,
    shared: shared.map((read) => read.name),
    sweeps: sweeps.map(({ read, partition, serves }) => ({
      read: read.name,
      partition,
      wanted: serves.flatMap((group) => group.ids),
    })),
    points: points.flatMap(({ group, reads }) => group.ids.flatMap((id) => reads.map((read) => ({ read: read.name, id })))),
    unmet: points.flatMap(({ group, lacking }) => group.ids.flatMap((id) => lacking.map((facet) => ({ id, facet })))),
  };
}

/** Fewest open needs, then least cost. Of equals the first, so smaller sets stand before larger ones. */
function best<One extends Pick<Choice, 'unmet' | 'cost'>>(choices: readonly One[]): One {
  const isBetter = (one: One, other: One) => one.unmet < other.unmet || (one.unmet === other.unmet && one.cost < other.cost);
  return choices.reduce((soFar, next) => (isBetter(next, soFar) ? next : soFar));
}

const sumOf = (parts: readonly Choice[]): Choice => ({
  unmet: parts.reduce((total, part) => total + part.unmet, 0),
  cost: sum(parts),
  sweeps: parts.flatMap((part) => part.sweeps),
  points: parts.flatMap((part) => part.points),
});

const sum = (items: readonly { readonly cost: Cost }[]): Cost => items.reduce((total, item) => total + item.cost, 0);

/** Every subset, the empty one first. */
function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const all: (readonly Item[])[] = [[]];
  for (const item of items) all.push(...all.map((subset) => [...subset, item]));
  return all;
}
