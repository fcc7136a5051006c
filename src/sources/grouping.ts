import type { FacetName } from '../domain/facets.ts';
import { leadingTo } from './closure.ts';
import type { Cost } from './cost.ts';
import type { Means, Need, Priced } from './planning.ts';

/** Ids that want the same, have the same and are reached by the same sweeps: what is best for one is best for all. */
export interface Group {
  readonly ids: string[];
  readonly wants: readonly FacetName[];
  readonly has: ReadonlySet<FacetName>;
  /** Only those reads that bring something new which is wanted, or from which something wanted might be derived. */
  readonly points: readonly Point[];
  readonly sweeps: readonly Sweep[];
}

/** One partition of a sweep, and the groups it would be made for. */
export interface Sweep {
  readonly read: Means['sweeps'][number];
  readonly partition: string;
  readonly cost: Cost;
  readonly rounds: number;
  readonly serves: Group[];
}

/** A read whose cost holds its share of the waiting: the time for which it keeps others from being made. */
export type Timed<Read extends Priced = Priced> = Read & { readonly rounds: number };

export function withShare<Read extends Priced>(read: Read, concurrency: number): Timed<Read> {
  const { rounds = 0 } = read;
  return { ...read, cost: read.cost + rounds / concurrency, rounds };
}

export type Point = Timed<Means['points'][number]>;

/** By their position. Of ids that know already what they want there is no more to say. */
export function gather(needs: readonly Need[], means: Means, concurrency: number): Group[] {
  const wantsOf = new Map<string, Set<FacetName>>();
  for (const { id, facet } of needs) wantsOf.set(id, (wantsOf.get(id) ?? new Set()).add(facet));

  const sweeps = new Map<string, Sweep>();
  const standings = new Map<string, Standing>();
  const groups: Group[] = [];
  for (const [id, facets] of wantsOf) {
    const has = means.known(id);
    const wants = [...facets].filter((facet) => !has.has(facet)).sort();
    if (wants.length === 0) continue;
    const name = `${wants.join(' ')}, ${[...has].sort().join(' ')}`;
    const standing = standings.get(name) ?? standingOf(wants, has, means, concurrency);
    standings.set(name, standing);
    const own = standing.sweeps.flatMap((read) => sweepFor(read, id, sweeps, concurrency));
    const reach = own.length === 0 ? '' : JSON.stringify(own.map(({ read, partition }) => [read.name, partition]));
    const known = standing.groups.get(reach);
    if (known !== undefined) {
      known.ids.push(id);
      continue;
    }
    const group: Group = { ids: [id], wants, has, points: standing.points, sweeps: own };
    for (const sweep of own) sweep.serves.push(group);
    standing.groups.set(reach, group);
    groups.push(group);
  }
  return groups;
}

/** What is the same for all ids that want the same and have the same. */
interface Standing {
  readonly points: readonly Point[];
  readonly sweeps: Means['sweeps'];
  /** By the sweeps that reach their ids. */
  readonly groups: Map<string, Group>;
}

function standingOf(
  wants: readonly FacetName[],
  has: ReadonlySet<FacetName>,
  { points, sweeps, derivations }: Means,
  concurrency: number,
): Standing {
  const useful = leadingTo(wants, derivations);
  const helps = (read: { brings: readonly FacetName[] }) => read.brings.some((facet) => useful.has(facet) && !has.has(facet));
  return {
    points: points.filter(helps).map((read) => withShare(read, concurrency)),
    sweeps: sweeps.filter(helps),
    groups: new Map(),
  };
}

/** None or one; made when it is first met. */
function sweepFor(read: Means['sweeps'][number], id: string, met: Map<string, Sweep>, concurrency: number): Sweep[] {
  const partition = read.partition(id);
  if (partition === null) return [];
  const key = `${read.name}\0${partition}`;
  const made = met.get(key);
  if (made !== undefined) return [made];
  const { cost, rounds } = withShare(
    { name: read.name, cost: read.cost(partition), rounds: read.rounds?.(partition) ?? 0 },
    concurrency,
  );
  const sweep = { read, partition, cost, rounds, serves: [] };
  met.set(key, sweep);
  return [sweep];
}

/** Splits the groups so that no open sweep serves two parts. */
export function tiedTogether(groups: readonly Group[], open: ReadonlySet<Sweep>): { groups: Group[]; sweeps: Set<Sweep> }[] {
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
