import { type Means, type Need, type Plan, plan } from './planning.ts';

/** What is known of a source whose number of accounts nobody knows. */
export interface Uncertainty {
  /** The means if the source held so many; undefined: as many as its kind guesses. */
  meansAt(population: number | undefined): Means;
  /** Of finding out how many there are, waiting included; undefined where that cannot be asked. */
  readonly count: { readonly cost: number; readonly most: number } | undefined;
}

/** What to do next: make the plan, or count first and decide then. */
export type Decision = { readonly is: 'plan'; readonly plan: Plan } | { readonly is: 'count' };

/**
 * A sweep's price grows with its source, so without knowing its size nobody can say whether it pays. Both ends are looked at: the
 * source holds nobody but those who are wanted, and it holds the most that is reckoned with. A sweep that pays at both is made.
 * Where what is best at either end differs by less than counting costs, reading singly can lose no more than that. Else counting
 * comes first. As counting costs no more than any sweep, less than twice is spent of what the best plan costs, whatever the truth.
 */
export function decide(needs: readonly Need[], { meansAt, count }: Uncertainty): Decision {
  const guessed = (): Decision => ({ is: 'plan', plan: plan(needs, meansAt(undefined)) });
  if (count === undefined) return guessed();
  const wanted = new Set(needs.map(({ id }) => id)).size;
  const endless = plan(needs, meansAt(Number.POSITIVE_INFINITY));
  // Nothing with a sweep costs less than counting, so it is not half as dear.
  if (endless.unmet.length === 0 && endless.cost <= 2 * count.cost) return { is: 'plan', plan: endless };
  const small = plan(needs, meansAt(wanted));
  const large = plan(needs, meansAt(Math.max(count.most, wanted)));
  // What nothing but a sweep brings has to be swept for, however many there are.
  if (small.unmet.length < endless.unmet.length) return guessed();
  if (large.sweeps.length > endless.sweeps.length)
    return swept(small) === swept(large) ? { is: 'plan', plan: large } : { is: 'count' };
  return endless.cost - small.cost > count.cost ? { is: 'count' } : { is: 'plan', plan: endless };
}

const swept = ({ sweeps }: Plan): string => JSON.stringify(sweeps.map(({ read, partition }) => [read, partition]).sort());
