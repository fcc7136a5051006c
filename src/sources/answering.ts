import type { FacetName, Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import { ageingOf, choosingOf, type Desk, isUnknown, sharedOf } from './desk.ts';
import { findFacet } from './finding.ts';
import { planWithoutPrices, type Unpriced } from './only-read.ts';
import type { Need } from './planning.ts';

export type Loaded<Name extends FacetName> =
  | { readonly exists: false }
  /** Null where the account has nothing to show for this facet. */
  | { readonly exists: true; readonly value: Facets[Name] | null };

/** Kept apart from errors that DataLoader would recognise, because an abort's reason may be anything at all. */
export type Outcome = Loaded<FacetName> | { readonly failed: unknown };

/** Facets of one account that are wanted in the same breath. */
export interface Ask {
  readonly id: string;
  readonly facets: readonly FacetName[];
}

/** Asks what is not known yet, as cheaply as that can be done, and tells what came of each. */
export async function answerAll(desk: Desk, asks: readonly Ask[]): Promise<(readonly Outcome[])[]> {
  const { recall, readings, remembered } = desk;
  const needs = asks.flatMap(({ id, facets }) => facets.map((facet) => ({ id, facet })));
  const usable = recall.usable(needs);
  const stale = usable instanceof Promise ? await usable : usable;
  if (stale.length > 0) remembered.refresh(stale, desk.again?.listed(stale) ?? []);
  const ids = new Set(asks.map(({ id }) => id));
  // Again as long as something was awaited: it may turn out that a sweep has missed somebody, who is then asked for singly.
  do {
    let chosen = choose(desk, needs);
    while (chosen instanceof Promise) {
      await chosen;
      chosen = choose(desk, needs);
    }
    for (const name of chosen.shared) sharedOf(desk).start(name);
    readings.make(chosen);
    const settled = readings.settle(ids);
    if (settled === undefined) break;
    await settled;
  } while (needs.some((need) => isOpen(desk, need)));
  for (const need of needs) recall.standIn(need, readings.of);
  const outcomes = asks.map((ask) => answerOne(desk, ask));
  return outcomes.some(isPending) ? Promise.all(outcomes) : (outcomes as (readonly Outcome[])[]);
}

/** Whoever watches is told prices, too. */
function choose(desk: Desk, needs: readonly Need[]): Unpriced | Promise<void> {
  const isWatched = desk.remembered.company?.watch !== undefined;
  const unpriced = isWatched ? undefined : planWithoutPrices(needs, desk.at.session, (id) => isUnknown(desk, id));
  return unpriced ?? choosingOf(desk).next(needs);
}

const isOpen = ({ knowledge }: Desk, { id, facet }: Need): boolean => {
  const record = knowledge.about(id);
  return record === undefined || record?.[facet] === undefined;
};

/** Most often all of it has been told, and nothing need be waited for. */
function answerOne(desk: Desk, { id, facets }: Ask): readonly Outcome[] | Promise<readonly Outcome[]> {
  const outcomes = facets.map((facet) => told(desk, id, facet) ?? answer(desk, { id, facet }));
  return outcomes.some(isPending) ? Promise.all(outcomes) : (outcomes as readonly Outcome[]);
}

const isPending = (outcome: unknown): boolean => outcome instanceof Promise;

/** What was told as it is; undefined where there is more to say. */
function told({ knowledge }: Desk, id: string, facet: FacetName): Loaded<FacetName> | undefined {
  const record = knowledge.about(id);
  if (record === null) return nobody;
  const value = record?.[facet];
  if (value === undefined || value instanceof SourceError) return undefined;
  knowledge.show(id, facet, value);
  return { exists: true, value };
}

const nobody = { exists: false } as const;

const isDerivable = ({ at }: Desk, facet: FacetName): boolean =>
  at.session.derivations.some((derivation) => derivation.facet === facet);

async function answer(desk: Desk, { id, facet }: Need): Promise<Outcome> {
  const { knowledge, readings, source } = desk;
  const record = knowledge.about(id);
  if (record === null) return nobody;
  const { derivations } = desk.at.session;
  const lacks = (base: FacetName): boolean => knowledge.lacking(id).includes(base);
  const derived = isDerivable(desk, facet) && record?.[facet] === undefined ? ageingOf(desk).deriving(id, facet) : undefined;
  const grounds = { record: record ?? {}, readings: [...readings.of(id)], derivations, shared: sharedOf(desk), lacks };
  const finding = await findFacet(facet, grounds);
  switch (finding.is) {
    case 'value':
      await derived?.(finding.value);
      knowledge.show(id, facet, finding.value);
      return { exists: true, value: finding.value };
    case 'nothing':
      return { exists: true, value: null };
    case 'failed':
      return { failed: finding.reason };
    case 'missed':
      return {
        failed: new SourceError('SOURCE_FAILED', source, { hint: 'The account moved while the list was read; ask again.' }),
      };
    case 'unsupported':
      return {
        failed: new SourceError('SOURCE_UNSUPPORTED', source, { hint: choosingOf(desk).whyNot(id, facet) }),
      };
  }
}

function peek(desk: Desk, { id, facet }: Need): Loaded<FacetName> | undefined {
  const { knowledge } = desk;
  const known = told(desk, id, facet);
  if (known !== undefined || knowledge.about(id)?.[facet] !== undefined) return known;
  return !isDerivable(desk, facet) && knowledge.lacking(id).includes(facet) ? { exists: true, value: null } : undefined;
}

function recalled(desk: Desk, need: Need): Loaded<FacetName> | undefined {
  return peek(desk, need) ?? (desk.recall.fresh(need) ? peek(desk, need) : undefined);
}

/** For each field: nearly always it has been told, and nothing is made to look further. */
export function atHand(desk: Desk, id: string, facet: FacetName): Loaded<FacetName> | undefined {
  const loaded = told(desk, id, facet) ?? recalled(desk, { id, facet });
  if (loaded !== undefined) desk.lasting.shown(id, facet);
  return loaded;
}
