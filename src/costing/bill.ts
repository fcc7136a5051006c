import type { FacetName } from '../domain/facets.ts';
import type { OpenSource } from '../graph/context.ts';
import type { Need } from '../sources/planning.ts';

/** Requests that an operation may make of one source. */
export interface Charge {
  /** The source's id; null where it is not known beforehand which it will be. */
  readonly source: string | null;
  /** The name of the read, or what else is asked. */
  readonly what: string;
  readonly requests: number;
  /** Where in the answer it is shown: `users.edges.node`. */
  readonly path: string;
  readonly why: string;
}

/** What an operation may cost at most. */
export interface OperationCost {
  /** Requests upstream. */
  readonly calls: number;
  /** Items of lists, and what is asked for singly. */
  readonly rows: number;
  readonly charges: readonly Charge[];
  /** The paths with the largest share; null where nothing is asked. */
  readonly mostCalls: Share | null;
  readonly mostRows: Share | null;
  /** Whether the same operation of the same caller will always come to the same; false where sources may grow or tell more. */
  readonly lasting: boolean;
}

export interface Share {
  readonly path: string;
  readonly amount: number;
}

/** What is asked of one source at one place, before it is priced. */
export interface Wanted {
  readonly open: OpenSource;
  readonly needs: readonly Need[];
  readonly path: string;
  known(id: string): ReadonlySet<FacetName>;
  /** Whether this shared read has been made at a place before. */
  hasShared(name: string): boolean;
}

/** Told of what goes into the price, for explaining. */
export interface Listener {
  readonly wanted?: ((wanted: Wanted) => void) | undefined;
  /** A field that costs nothing, since it is refused before anybody is asked. */
  readonly refused?: ((path: string, reason: Error) => void) | undefined;
}

export interface Bill extends Required<{ [Name in keyof Listener]: NonNullable<Listener[Name]> }> {
  charge(charge: Charge): void;
  rows(path: string, count: number): void;
  /** What is charged follows from something that may change. */
  follows(): void;
  total(): OperationCost;
}

export function createBill({ wanted = ignore, refused = ignore }: Listener = {}): Bill {
  const charges: Charge[] = [];
  const calls = new Map<string, number>();
  const rows = new Map<string, number>();
  let lasting = true;
  return {
    wanted,
    refused,
    charge: (charge) => {
      if (charge.requests === 0) return;
      charges.push(charge);
      add(calls, charge.path, charge.requests);
    },
    rows: (path, count) => add(rows, path, count),
    follows: () => {
      lasting = false;
    },
    total: () => ({
      calls: sum(calls.values()),
      rows: sum(rows.values()),
      charges,
      mostCalls: largest(calls),
      mostRows: largest(rows),
      lasting,
    }),
  };
}

const ignore = (): void => undefined;

export function add<Key>(tally: Map<Key, number>, key: Key, count: number): void {
  tally.set(key, (tally.get(key) ?? 0) + count);
}

export function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function largest(shares: ReadonlyMap<string, number>): Share | null {
  const sorted = [...shares].toSorted(([, left], [, right]) => right - left);
  const [path, amount] = sorted[0] ?? [];
  return path === undefined || amount === undefined ? null : { path, amount };
}
