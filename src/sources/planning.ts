import type { FacetName } from '../domain/facets.ts';
import { closure, leadingTo, type Step } from './closure.ts';
import type { Cost } from './cost.ts';

/** One thing wanted: a facet of an id. */
export interface Need {
  readonly id: string;
  readonly facet: FacetName;
}

/** What the planner must know of a kind's reads. A `Read` of the contract fits, with its costs already worked out. */
export interface Means {
  readonly points: readonly { readonly name: string; readonly brings: readonly FacetName[]; readonly cost: Cost }[];
  readonly sweeps: readonly {
    readonly name: string;
    readonly brings: readonly FacetName[];
    /** Null: this sweep is no use for this id. */
    partition(id: string): string | null;
    cost(partition: string): Cost;
  }[];
  /** Shared reads not at hand yet. One that is at hand costs nothing and is simply not named here. */
  readonly shared: readonly { readonly name: string; readonly cost: Cost }[];
  readonly derivations: readonly (Step & { readonly shared: readonly string[] })[];
  /** What is known of an id already and need not be read. */
  known(id: string): ReadonlySet<FacetName>;
}

export interface Plan {
  readonly points: readonly { readonly read: string; readonly id: string }[];
  readonly sweeps: readonly { readonly read: string; readonly partition: string; readonly wanted: readonly string[] }[];
  readonly shared: readonly string[];
  /** Needs that no read of this kind, alone or with others, can meet. */
  readonly unmet: readonly Need[];
  readonly cost: Cost;
}

/**
 * The set of reads that meets most needs, and the cheapest such set. It is found by trying: every choice of shared reads, under
 * each of them every choice of sweeps, and then, for every id, every choice of point reads for what is still missing.
 * That stays small because ids in the same position are decided as one, and ids that no sweep ties together are decided apart.
 */
export function plan(needs: readonly Need[], means: Means): Plan {
  const groups = gather(needs, means);
  const everySweep = new Set(groups.flatMap((group) => group.sweeps));
  return toPlan(
    best(
      subsets(means.shared).map((shared) => {
        const without = new Set(means.shared.filter((read) => !shared.includes(read)).map((read) => read.name));
        const derivations = means.derivations.filter((derivation) => !derivation.shared.some((name) => without.has(name)));
        const choice = chooseSweeps(groups, everySweep, [], { ...means, derivations });
        return { ...choice, shared, cost: choice.cost + sum(shared) };
      }),
    ),
  );
}

/** Ids that want the same, have the same and are reached by the same sweeps: what is best for one is best for all. */
interface Group {
  readonly ids: string[];
  readonly wants: readonly FacetName[];
  readonly has: ReadonlySet<FacetName>;
  /** Only those reads that bring something new which is wanted, or from which something wanted might be derived. */
  readonly points: Means['points'];
  readonly sweeps: readonly Sweep[];
}

/** One partition of a sweep, and the groups it would be made for. */
interface Sweep {
  readonly read: Means['sweeps'][number];
  readonly partition: string;
  readonly cost: Cost;
  readonly serves: Group[];
}

interface Choice {
  /** How many needs stay open. */
  readonly unmet: number;
  readonly cost: Cost;
  readonly sweeps: readonly Sweep[];
  readonly points: readonly { readonly group: Group; readonly reads: Means['points']; readonly lacking: readonly FacetName[] }[];
}

function gather(needs: readonly Need[], means: Means): Group[] {
  const wantsOf = new Map<string, Set<FacetName>>();
  for (const { id, facet } of needs) wantsOf.set(id, (wantsOf.get(id) ?? new Set()).add(facet));

  const sweeps = new Map<string, Sweep>();
  const groups = new Map<string, Group>();
  for (const [id, facets] of wantsOf) {
    const has = means.known(id);
    const wants = [...facets].filter((facet) => !has.has(facet)).sort();
    if (wants.length === 0) continue;
    const useful = leadingTo(wants, means.derivations);
    const helps = (read: { brings: readonly FacetName[] }) => read.brings.some((facet) => useful.has(facet) && !has.has(facet));
    const own = means.sweeps.filter(helps).flatMap((read) => sweepFor(read, id, sweeps));
    const position = JSON.stringify([wants, [...has].sort(), own.map(({ read, partition }) => [read.name, partition])]);
    const group = groups.get(position) ?? { ids: [], wants, has, points: means.points.filter(helps), sweeps: own };
    if (group.ids.length === 0) for (const sweep of own) sweep.serves.push(group);
    group.ids.push(id);
    groups.set(position, group);
  }
  return [...groups.values()];
}

/** None or one; made when it is first met. */
function sweepFor(read: Means['sweeps'][number], id: string, met: Map<string, Sweep>): Sweep[] {
  const partition = read.partition(id);
  if (partition === null) return [];
  const key = `${read.name}\0${partition}`;
  const sweep = met.get(key) ?? { read, partition, cost: read.cost(partition), serves: [] };
  met.set(key, sweep);
  return [sweep];
}

/** Decides on one open sweep after another, and, as soon as those left no longer tie two groups together, on each apart. */
function chooseSweeps(groups: readonly Group[], open: ReadonlySet<Sweep>, chosen: readonly Sweep[], means: Means): Choice {
  const parts = tiedTogether(groups, open).map((part): Choice => {
    // The one that ties most together: once it is decided, most falls apart.
    const [sweep, ...others] = [...part.sweeps].sort((left, right) => right.serves.length - left.serves.length);
    if (sweep === undefined) return sumOf(part.groups.map((group) => choosePoints(group, chosen, means)));
    const rest = new Set(others);
    const done = chooseSweeps(part.groups, rest, [...chosen, sweep], means);
    const left = chooseSweeps(part.groups, rest, chosen, means);
    return best([left, { ...done, sweeps: [sweep, ...done.sweeps], cost: sweep.cost + done.cost }]);
  });
  return sumOf(parts);
}

/** Splits the groups so that no open sweep serves two parts. */
function tiedTogether(groups: readonly Group[], open: ReadonlySet<Sweep>): { groups: Group[]; sweeps: Set<Sweep> }[] {
  const parts: { groups: Group[]; sweeps: Set<Sweep> }[] = [];
  const left = new Set(groups);
  for (const first of left) {
    left.delete(first);
    const part = { groups: [first], sweeps: new Set<Sweep>() };
    // The part grows while it is walked.
    for (const group of part.groups) {
      for (const sweep of group.sweeps) {
        if (!open.has(sweep) || part.sweeps.has(sweep)) continue;
        part.sweeps.add(sweep);
        part.groups.push(...sweep.serves.filter((other) => left.delete(other)));
      }
    }
    parts.push(part);
  }
  return parts;
}

function choosePoints(group: Group, chosen: readonly Sweep[], means: Means): Choice {
  const swept = chosen.filter((sweep) => group.sweeps.includes(sweep)).flatMap((sweep) => sweep.read.brings);
  return best(
    subsets(group.points).map((reads) => {
      const had = closure([...group.has, ...swept, ...reads.flatMap((read) => read.brings)], means.derivations);
      const lacking = group.wants.filter((facet) => !had.has(facet));
      const [unmet, cost] = [lacking.length * group.ids.length, sum(reads) * group.ids.length];
      return { unmet, cost, sweeps: [], points: [{ group, reads, lacking }] };
    }),
  );
}

function toPlan({ cost, shared, sweeps, points }: Choice & { readonly shared: Means['shared'] }): Plan {
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
