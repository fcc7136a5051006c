import { z } from 'zod';
import type { Wanted } from '../costing/bill.ts';
import { compare, type Way } from '../sources/comparing.ts';
import type { ConfiguredSource } from '../sources/contract.ts';
import { requestEquivalents, roundsOf } from '../sources/cost.ts';
import { createExperience } from '../sources/experience.ts';
import { decide } from '../sources/hedging.ts';
import { type Circumstances, meansOf } from '../sources/means.ts';
import { plan } from '../sources/planning.ts';
import { formatTable } from './table.ts';
import { UsageError } from './usage-error.ts';

const factor = z.number().positive().default(1);

const Measured = z.record(
  z.string(),
  z.strictObject({
    /** How many accounts the source holds. */
    population: z.int().min(0).optional(),
    /** How many times as long, and as large, as their kind declares its reads are. */
    reads: z.record(z.string(), z.strictObject({ pace: factor, bytes: factor })).default({}),
  }),
);

/** What `--measured` said, by source. */
export type Said = z.output<typeof Measured>;

export function readMeasured(said: unknown): Said {
  const parsed = Measured.safeParse(said);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new UsageError(`--measured does not fit. ${places.join('; ')}`);
}

/** Numbers that are laid over no source would change nothing, and nobody would notice. */
export function refuseUnknown(measured: Said, sources: readonly ConfiguredSource[]): void {
  const known = sources.map(({ id }) => id);
  const unknown = Object.keys(measured).filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new UsageError(`--measured does not fit. No source is called ${unknown.join(' or ')}; there ${are(known)}.`);
}

const are = (ids: readonly string[]): string =>
  `${ids.length === 1 ? 'is' : 'are'} ${ids.length === 0 ? 'none' : ids.join(', ')}`;

/** Which reads the planner would choose for what is asked at each place, and what else would have done. */
export function describePlans(wants: readonly Wanted[], sources: readonly ConfiguredSource[], measured: Said): string {
  if (wants.length === 0) return '';
  const rows = wants.map((wanted) => {
    const { http } = sources.find(({ id }) => id === wanted.open.source.id) ?? {};
    return rowOf(wanted, createExperience(http), measured[wanted.open.source.id]);
  });
  return `\nWhat would be chosen. A cost of 1 is a small request, or waiting for one.\n\n${formatTable([header, ...rows])}`;
}

const header = ['source', 'wanted', 'population', 'chosen', 'cost', 'instead of'];

function rowOf(
  { open, needs, path, known, hasShared }: Wanted,
  { concurrency, mostSweptBytes }: ReturnType<typeof createExperience>,
  said: Said[string] | undefined,
): string[] {
  const { source } = open;
  const session = open.session();
  const meansAt = (population: number | undefined) => {
    const at: Circumstances = {
      population,
      concurrency,
      mostSweptBytes,
      estimate: (read) => said?.reads[read] ?? { pace: 1, bytes: 1 },
      known,
      hasMissed: () => false,
      hasShared,
      isUnderway: () => false,
    };
    return meansOf(session, at);
  };
  const population = said?.population ?? session.population();
  const { count } = session;
  const counting = count && { cost: requestEquivalents(count.cost) + roundsOf(count.cost), most: count.most };
  const means = meansAt(population);
  const decision = population === undefined ? decide(needs, { meansAt, count: counting }) : undefined;
  const chosen = decision?.is === 'plan' ? decision.plan : plan(needs, means);
  const comparison = compare(needs, means, chosen, population);
  const facets = comparison.wanted.map(({ facet }) => facet);
  const ids = new Set(needs.map(({ id }) => id)).size;
  return [
    source.id,
    `${path}: ${ids} × ${facets.join(', ')}`,
    population === undefined ? 'not known' : String(population),
    `${decision?.is === 'count' ? 'count, then at a guess ' : ''}${formatReads(comparison.chosen)}`,
    comparison.chosen.cost.toFixed(2),
    comparison.others.map((way) => `${formatReads(way)} (${way.cost.toFixed(2)})`).join('; '),
  ];
}

const formatReads = ({ reads }: Way): string => (reads.length === 0 ? 'nothing' : reads.join(' + '));
