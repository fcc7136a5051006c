import type { FacetName } from '../domain/facets.ts';
import { leadingTo } from './closure.ts';
import { compare } from './comparing.ts';
import type { Count, SourceSession } from './contract.ts';
import { requestEquivalents, roundsOf } from './cost.ts';
import { createExperience } from './experience.ts';
import { decide } from './hedging.ts';
import { sweepKey } from './joining.ts';
import { type Circumstances, meansOf } from './means.ts';
import { type Company, mayJoin, type ReadRunner } from './observing.ts';
import { type Means, type Need, type Plan, plan } from './planning.ts';

/** Decides for one operation what to ask of one source, as things stand at that moment. */
export interface Choosing {
  /**
   * The plan for now, to be made at once; or a promise, where how many accounts there are has to be found out first. After it, ask
   * again.
   */
  next(needs: readonly Need[]): Plan | Promise<void>;
  /** A sentence on why no read could bring it. */
  whyNot(id: string, facet: FacetName): string;
}

/** What the operation knows and has asked. */
export type Standing = Pick<Circumstances, 'known' | 'hasMissed' | 'hasShared'>;

/** `at`: what is asked may be another session each time, as pages are noted that can be asked for again. */
export function createChoosing(
  at: { readonly session: SourceSession },
  runner: Pick<ReadRunner, 'count'>,
  standing: Standing,
  company?: Company,
): Choosing {
  const experience = company?.experience ?? createExperience();
  const { concurrency, measurements, mostSweptBytes, sweeps } = experience;
  // Made for the first: hardly anybody watches.
  let told: WeakSet<readonly Need[]> | undefined;
  let counting: Promise<void> | undefined;
  let isCounted = false;

  const circumstances = (population: number | undefined, mostBytes = mostSweptBytes): Circumstances => ({
    ...standing,
    population,
    concurrency,
    mostSweptBytes: mostBytes,
    estimate: measurements.estimate,
    isUnderway: (read, partition) =>
      company !== undefined &&
      mayJoin(company, read, partition) &&
      sweeps.underway(sweepKey(company.credential, read.name, partition), company.maxAgeMs ?? Number.POSITIVE_INFINITY),
  });
  const meansAt = (population: number | undefined): Means => meansOf(at.session, circumstances(population));

  function next(needs: readonly Need[]): Plan | Promise<void> {
    const { session } = at;
    const { count } = session;
    if (
      count === undefined ||
      session.population() !== undefined ||
      isCounted ||
      performance.now() < experience.uncountableUntil
    ) {
      return plan(needs, meansAt(session.population()));
    }
    const cost = requestEquivalents(count.cost) + roundsOf(count.cost);
    const decision = decide(needs, { meansAt, count: { cost, most: count.most } });
    if (decision.is === 'plan') return decision.plan;
    counting ??= find(count);
    return counting;
  }

  /** Where it fails it is guessed, and soon not tried again by anybody: it is nobody's fault and most often a key's. */
  async function find(count: Count): Promise<void> {
    try {
      await runner.count(count);
    } catch {
      if (company?.signal?.aborted !== true) experience.uncountableUntil = performance.now() + uncountableMs;
    }
    isCounted = true;
  }

  return {
    next: (needs) => {
      const chosen = next(needs);
      if (company?.watch === undefined || chosen instanceof Promise) return chosen;
      const population = at.session.population();
      const comparison = compare(needs, meansAt(population), chosen, population);
      // The same needs come again after their reads, to see whether anybody was missed. What is at hand then was asked for.
      if (told?.has(needs) !== true) company.watch.chose(comparison);
      else if (comparison.chosen.reads.length > 0) company.watch.chose({ ...comparison, atHand: 0 });
      told = (told ?? new WeakSet()).add(needs);
      return chosen;
    },
    whyNot: (id, facet) => {
      const { session } = at;
      const useful = leadingTo([facet], session.derivations);
      const unbounded = meansOf(session, circumstances(session.population(), Number.POSITIVE_INFINITY));
      const bounded = meansAt(session.population());
      const isTooLarge = unbounded.sweeps.some(
        ({ brings, partition }, index) =>
          brings.some((brought) => useful.has(brought)) && partition(id) !== bounded.sweeps[index]?.partition(id),
      );
      return isTooLarge ? tooLarge : untold;
    },
  };
}

const uncountableMs = 60_000;

const untold = 'With the credential at hand it does not tell this.';

const tooLarge = 'It tells this in a list of everybody only, which is larger than what may be read at once.';
