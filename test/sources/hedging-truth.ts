import fc from 'fast-check';
import type { FacetName } from '../../src/domain/facets.ts';
import { requestEquivalents, roundsOf } from '../../src/sources/cost.ts';
import { decide } from '../../src/sources/hedging.ts';
import { type Circumstances, meansOf } from '../../src/sources/means.ts';
import { type Need, plan } from '../../src/sources/planning.ts';
import { point, sessionOf, sweep } from './loading-session.ts';

/** A source and who is wanted of it. How many it holds is the truth that the planner is not told. */
export interface Hidden {
  readonly wanted: number;
  readonly truth: number;
  readonly guess: number;
  readonly most: number;
  readonly pointBytes: number;
  readonly rowBytes: number;
  readonly pageSize: number;
  readonly concurrency: number;
  /** Whether a second sweep in pages stands beside the one in a single answer. */
  readonly hasPages: boolean;
}

export const hidden: fc.Arbitrary<Hidden> = fc
  .record({
    wanted: fc.integer({ min: 1, max: 300 }),
    strangers: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 9_700 })),
    guess: fc.integer({ min: 1, max: 10_000 }),
    pointBytes: fc.integer({ min: 50, max: 5_000 }),
    rowBytes: fc.integer({ min: 50, max: 5_000 }),
    pageSize: fc.integer({ min: 5, max: 100 }),
    concurrency: fc.constantFrom(1, 2, 8, 64),
    hasPages: fc.boolean(),
  })
  .map(({ strangers, ...rest }) => ({ ...rest, truth: rest.wanted + strangers, most: 10_000 }));

const facets = ['identity'] as const satisfies readonly FacetName[];
const countCost = { requests: 1, bytes: 0 };

/** What is spent, step by step as decided, and the least that could have been by somebody who knew the truth. */
export function spend(given: Hidden): { spent: number; least: number; counted: boolean } {
  const needs: Need[] = Array.from({ length: given.wanted }, (_, index) => ({ id: `${index}`, facet: 'identity' }));
  const meansAt = (population: number | undefined) => meansOf(sourceOf(given), circumstances(given, population));
  const price = requestEquivalents(countCost) + roundsOf(countCost);

  const decision = decide(needs, { meansAt, count: { cost: price, most: given.most } });
  const least = plan(needs, meansAt(given.truth)).cost;
  if (decision.is === 'count') return { spent: price + least, least, counted: true };
  return { spent: costInTruth(decision.plan, given), least, counted: false };
}

/** The plan was priced by a guess; this is what its reads really cost. */
function costInTruth(chosen: ReturnType<typeof plan>, given: Hidden): number {
  const only = new Set([...chosen.sweeps, ...chosen.points].map(({ read }) => read));
  const session = sourceOf(given);
  const reads = session.reads.filter(({ name }) => only.has(name));
  const ids = [...chosen.points.map(({ id }) => id), ...chosen.sweeps.flatMap(({ wanted }) => wanted)];
  const needs = ids.map((id): Need => ({ id, facet: 'identity' }));
  return plan(needs, meansOf({ ...session, reads }, circumstances(given, given.truth))).cost;
}

const sourceOf = ({ guess, pointBytes, rowBytes, pageSize, hasPages }: Hidden) =>
  sessionOf({
    reads: [
      point([], 'user', { brings: facets, cost: { requests: 1, bytes: pointBytes }, tell: () => null }),
      {
        ...sweep([], 'all', { brings: facets, complete: true, tell: () => ({}) }),
        cost: (_partition: string, population = guess) => ({ requests: 1, bytes: population * rowBytes }),
      },
      ...(hasPages
        ? [
            {
              ...sweep([], 'pages', { brings: facets, complete: true, tell: () => ({}) }),
              cost: (_partition: string, population = guess) => ({
                requests: Math.ceil(population / pageSize),
                bytes: (population * rowBytes) / 2,
              }),
            },
          ]
        : []),
    ],
  });

const circumstances = ({ concurrency }: Hidden, population: number | undefined): Circumstances => ({
  population,
  concurrency,
  mostSweptBytes: 1_000_000_000,
  estimate: () => ({ pace: 1, bytes: 1 }),
  known: () => new Set(),
  hasMissed: () => false,
  hasShared: () => false,
  isUnderway: () => false,
});
