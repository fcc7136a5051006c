import type { FacetName } from '../domain/facets.ts';
import type { AccountNode, OpenSource } from '../graph/context.ts';
import { mostAccounts, usualCalls } from '../sources/calls.ts';
import { leadingTo } from '../sources/closure.ts';
import type { SweepRead } from '../sources/contract.ts';
import { requestEquivalents } from '../sources/cost.ts';
import { type Means, type Need, plan } from '../sources/planning.ts';
import type { Bill } from './bill.ts';

/** What is asked of accounts at one moment of an operation. */
export type Wants = ReadonlyMap<AccountNode, Iterable<FacetName>>;

/**
 * Prices reads as the planner would choose them if every source were so large that sweeping it never paid. The planner takes a
 * sweep only where it is cheaper than that, so whatever it does costs no more; but for the pages of one that finds hardly anybody,
 * and then asks singly for hundreds.
 */
export interface Pricing {
  charge(wants: Wants, path: string, known: (account: AccountNode) => ReadonlySet<FacetName>): void;
}

interface Group {
  readonly needs: Need[];
  /** By native id. */
  readonly has: Map<string, ReadonlySet<FacetName>>;
}

export function createPricing(bill: Bill): Pricing {
  // No facet of an account is asked for twice in an operation, and no shared read made twice.
  const asked = new Set<string>();
  const shared = new Set<string>();

  function chargeSource(
    open: OpenSource,
    needs: readonly Need[],
    path: string,
    has: ReadonlyMap<string, ReadonlySet<FacetName>>,
  ) {
    const { source } = open;
    const session = open.session();
    const charge = (what: string, requests: number, why: string): void =>
      bill.charge({ source: source.id, what, requests, path, why });
    const known = (id: string) => has.get(id) ?? new Set<FacetName>();
    const made = new Set(shared);
    bill.wanted({ open, needs, path, known, hasShared: (name) => made.has(`${source.id} ${name}`) });
    const chosen = plan(needs, meansOf(open, shared, known));
    const facets = [...new Set(needs.map(({ facet }) => facet))].join(', ');
    for (const [read, points] of Map.groupBy(chosen.points, ({ read }) => read)) charge(read, points.length, facets);
    // For two it can save no more than it costs.
    if (session.count !== undefined && chosen.points.length > 2 && mayBeSwept(open, needs))
      charge('count', session.count.cost.requests, 'how many there are');
    for (const { read: name, partition, wanted } of chosen.sweeps) {
      const read = session.reads.find((each) => each.name === name && each.shape === 'sweep');
      // How many accounts there are is learned while the process runs.
      bill.follows();
      if (read?.shape === 'sweep') charge(name, pagesOf(read, partition, wanted.length, session.population()), facets);
    }
    for (const name of chosen.shared) {
      shared.add(`${source.id} ${name}`);
      charge(name, sharedRequests(open, name), `${facets}: one for all`);
    }
    if (chosen.points.length + chosen.sweeps.length > 0) {
      const confirming = new Set(session.reads.filter(({ confirmsNull }) => confirmsNull).map(({ name }) => name));
      let again = chosen.points.filter(({ read }) => confirming.has(read)).length;
      for (const { read, wanted } of chosen.sweeps) if (confirming.has(read)) again += wanted.length;
      charge('checks', (source.calls ?? usualCalls).aside + again, 'what the key may do, what a "no" meant');
    }
  }

  return {
    charge: (wants, path, known) => {
      const bySource = new Map<OpenSource, Group>();
      for (const [account, facets] of wants) {
        const group: Group = bySource.get(account.open) ?? { needs: [], has: new Map() };
        bySource.set(account.open, group);
        const has = known(account);
        group.has.set(account.nativeId, has);
        for (const facet of facets) {
          const mark = `${account.id} ${facet}`;
          if (has.has(facet) || asked.has(mark)) continue;
          asked.add(mark);
          group.needs.push({ id: account.nativeId, facet });
        }
      }
      for (const [open, { needs, has }] of bySource) if (needs.length > 0) chargeSource(open, needs, path, has);
    },
  };
}

/** Whether a sweep could bring any of it whose price hangs on how many accounts there are. */
function mayBeSwept(open: OpenSource, needs: readonly Need[]): boolean {
  const { reads, derivations } = open.session();
  const useful = leadingTo(new Set(needs.map(({ facet }) => facet)), derivations);
  return reads.some(
    (read) =>
      read.shape === 'sweep' &&
      read.brings.some((facet) => useful.has(facet)) &&
      requestEquivalents(read.cost('', 1)) !== requestEquivalents(read.cost('', mostAccounts)),
  );
}

/** Dearer than anything that can be done without it. */
const lastResort = 1e9;

function meansOf(open: OpenSource, sharedAtHand: ReadonlySet<string>, known: Means['known']): Means {
  const { reads, shared, derivations } = open.session();
  return {
    points: reads
      .filter((read) => read.shape === 'point')
      .map(({ name, brings, cost }) => ({ name, brings, cost: requestEquivalents(cost) })),
    sweeps: reads
      .filter((read) => read.shape === 'sweep')
      .map((read) => ({
        name: read.name,
        brings: read.brings,
        partition: (id) => read.partition(id),
        cost: () => lastResort,
      })),
    shared: shared
      .filter(({ name }) => !sharedAtHand.has(`${open.source.id} ${name}`))
      .map(({ name, cost }) => ({ name, cost: requestEquivalents(cost) })),
    derivations,
    known,
  };
}

/** A sweep that grows with its source reads every page, and then asks singly for whom it missed. */
function pagesOf({ cost }: SweepRead, partition: string, wanted: number, population: number | undefined): number {
  const [least, most] = [cost(partition, 1).requests, cost(partition, population ?? mostAccounts).requests];
  return least === cost(partition, mostAccounts).requests ? least : most + wanted;
}

const sharedRequests = (open: OpenSource, name: string): number =>
  open.session().shared.find((read) => read.name === name)?.cost.requests ?? 1;
