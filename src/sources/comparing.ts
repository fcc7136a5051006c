import type { FacetName } from '../domain/facets.ts';
import { type Cost, usualConcurrency, waiting } from './cost.ts';
import { type Means, type Need, type Plan, plan } from './planning.ts';

/** What was wanted of a source at one moment, what was chosen, and what else would have done. */
export interface Comparison {
  readonly wanted: readonly { readonly facet: FacetName; readonly accounts: number }[];
  /** Of the wants, how many were at hand and not asked for. */
  readonly atHand: number;
  /** How many accounts the source was taken to hold; null where its kind guessed. */
  readonly population: number | null;
  readonly chosen: Way;
  /** Other ways to have at least as much, the cheapest first. */
  readonly others: readonly Way[];
  /** Wants that nothing can bring. */
  readonly unmet: number;
}

/** `user × 25`, `overview`. No read at all where everything was at hand. */
export interface Way {
  readonly reads: readonly string[];
  readonly cost: Cost;
}

/** Beside the chosen plan: reading singly, and every sweep for itself, whatever it costs. */
export function compare(needs: readonly Need[], means: Means, chosen: Plan, population: number | undefined): Comparison {
  const swept = means.sweeps.flatMap((sweep) => waysWith(sweep, needs, means));
  const singly = plan(needs, { ...means, sweeps: [] });
  // It may have been chosen by another number of accounts.
  const own = toWay({ ...chosen, cost: costOf(chosen, means) });
  const ways = new Map([singly, ...swept].filter(({ unmet }) => unmet.length <= chosen.unmet.length).map(toEntry));
  ways.delete(own.reads.join());
  return {
    wanted: [...Map.groupBy(needs, ({ facet }) => facet)].map(([facet, { length }]) => ({ facet, accounts: length })),
    atHand: needs.filter(({ id, facet }) => means.known(id).has(facet)).length,
    population: population ?? null,
    chosen: own,
    others: [...ways.values()].toSorted((left, right) => left.cost - right.cost),
    unmet: chosen.unmet.length,
  };
}

/** Nothing where the sweep is of no use. It is made free, so that it is taken, and priced afterwards. */
function waysWith(sweep: Means['sweeps'][number], needs: readonly Need[], means: Means): Plan[] {
  const forced = plan(needs, { ...means, sweeps: [{ ...sweep, cost: () => 0, rounds: () => 0 }] });
  return forced.sweeps.length === 0 ? [] : [{ ...forced, cost: costOf(forced, means) }];
}

/** What the plan's reads cost by these means. */
function costOf({ points, sweeps, shared }: Plan, means: Means): Cost {
  const singly = new Map([...means.points, ...means.shared].map((read) => [read.name, read]));
  const made = [...points.map(({ read }) => singly.get(read)), ...shared.map((read) => singly.get(read))];
  const swept = sweeps.map(({ read, partition }) => {
    const sweep = means.sweeps.find(({ name }) => name === read);
    return { cost: sweep?.cost(partition) ?? 0, rounds: sweep?.rounds?.(partition) ?? 0 };
  });
  let [cost, rounds, longest] = [0, 0, 0];
  for (const read of [...made, ...swept]) {
    cost += read?.cost ?? 0;
    rounds += read?.rounds ?? 0;
    longest = Math.max(longest, read?.rounds ?? 0);
  }
  return cost + waiting(rounds, longest, means.concurrency ?? usualConcurrency);
}

const toEntry = (way: Plan): readonly [string, Way] => [toWay(way).reads.join(), toWay(way)];

function toWay({ points, sweeps, shared, cost }: Plan): Way {
  const singly = [...Map.groupBy(points, ({ read }) => read)].map(([read, { length }]) => `${read} × ${length}`);
  const whole = [...Map.groupBy(sweeps, ({ read }) => read)].map(([read, { length }]) =>
    length > 1 ? `${read} × ${length}` : read,
  );
  return { reads: [...whole, ...singly, ...shared], cost: Math.round(cost * 100) / 100 };
}
