import type { FacetName } from '../domain/facets.ts';
import type { ReadCost, SourceSession, SweepRead } from './contract.ts';
import { requestEquivalents, roundsOf } from './cost.ts';
import type { Estimate } from './estimates.ts';
import type { Means } from './planning.ts';

/** On what the means of a session depend beside what it declares. */
export interface Circumstances {
  /** How many accounts the source is taken to hold; undefined where nobody knows, and each kind guesses. */
  readonly population: number | undefined;
  readonly concurrency: number;
  /** Sweeps that may bring more are no means. */
  readonly mostSweptBytes: number;
  estimate(read: string): Estimate;
  known(id: string): ReadonlySet<FacetName>;
  /** Whether a sweep has been made in vain for this id. */
  hasMissed(sweep: string, id: string): boolean;
  hasShared(name: string): boolean;
  /** Whether another operation is waiting for it, so that it costs no more than waiting too. */
  isUnderway(sweep: SweepRead, partition: string): boolean;
}

/** What can be asked and what it costs as things are, in the form that the planner takes. */
export function meansOf(session: Pick<SourceSession, 'reads' | 'shared' | 'derivations'>, at: Circumstances): Means {
  const priced = <Read extends { readonly name: string; readonly cost: ReadCost }>(read: Read) => {
    const cost = corrected(read.cost, at.estimate(read.name));
    return { cost: requestEquivalents(cost), rounds: roundsOf(cost) };
  };
  return {
    points: session.reads
      .filter((read) => read.shape === 'point')
      .map((read) => ({ name: read.name, brings: read.brings, ...priced(read) })),
    sweeps: session.reads
      .filter((read) => read.shape === 'sweep')
      .map((read) => {
        const costOf = (partition: string) => corrected(read.cost(partition, at.population), at.estimate(read.name));
        return {
          name: read.name,
          brings: read.brings,
          partition: (id) => {
            if (read.reaches?.(id) === false || at.hasMissed(read.name, id)) return null;
            const partition = read.partition(id);
            return costOf(partition).bytes > at.mostSweptBytes ? null : partition;
          },
          cost: (partition) => (at.isUnderway(read, partition) ? 0 : requestEquivalents(costOf(partition))),
          rounds: (partition) => roundsOf(costOf(partition)),
        };
      }),
    shared: session.shared.filter(({ name }) => !at.hasShared(name)).map((read) => ({ name: read.name, ...priced(read) })),
    derivations: session.derivations,
    known: at.known,
    concurrency: at.concurrency,
  };
}

/** As far as the read has turned out otherwise. How many requests it makes is known, and what they strain is declared. */
export function corrected(declared: ReadCost, { pace, bytes }: Estimate): ReadCost {
  return { ...declared, bytes: declared.bytes * bytes, rounds: roundsOf(declared) * pace };
}
