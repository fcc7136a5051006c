import DataLoader from 'dataloader';
import { usualAges } from '../cache/ages.ts';
import { emptyShelf, type Shelf } from '../cache/shelf.ts';
import type { FacetName, Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import { createAgeing, justAsked, type Told } from './ageing.ts';
import { createAskingAgain } from './asking-again.ts';
import { createChoosing } from './choosing.ts';
import type { ListedAccount, SourceSession } from './contract.ts';
import { findFacet } from './finding.ts';
import { createKnowledge, facetsIn } from './knowledge.ts';
import { createLasting } from './lasting.ts';
import { type Company, inCompany } from './observing.ts';
import type { Need } from './planning.ts';
import { createReadings } from './readings.ts';
import { createRecall } from './recalling.ts';
import { createSharedReads } from './shared-reads.ts';

/** Everything one operation knows about one source's accounts, and the only way to learn more. */
export interface AccountLoader {
  /** Asks of one tick are planned together. Rejects with the reason when the facet could not be had. */
  load<Name extends FacetName>(id: string, facet: Name): Promise<Loaded<Name>>;
  /** Asks for all of these, and tells whether somebody has the id. As long as it could not be found out, somebody may. */
  loadAll(id: string, facets: Iterable<FacetName>): Promise<boolean>;
  /** The same at once, if it is at hand and no failure; undefined otherwise. Asks nothing. */
  peek<Name extends FacetName>(id: string, facet: Name): Loaded<Name> | undefined;
  /** What `loadAll` tells at once, if all of these are at hand and none is a failure; undefined otherwise. Asks nothing. */
  peekAll(id: string, facets: Iterable<FacetName>): boolean | undefined;
  /**
   * Takes what a list page brought, so that nobody asks for it again. Of a row of a kept page it takes note that the page can be asked
   * for again: what is kept of the account is looked up as for anybody, by the facets' own ages.
   */
  prime(account: ListedAccount): void;
  /** When the oldest part of what is known about the account was read; null when nothing is. */
  fetchedAt(id: string): Date | null;
  /** The same with where it came from, once nothing is under way for the account. */
  freshness(id: string): Promise<Told | null>;
}

export type Loaded<Name extends FacetName> =
  | { readonly exists: false }
  /** Null where the account has nothing to show for this facet. */
  | { readonly exists: true; readonly value: Facets[Name] | null };

/** What outlives an operation, as far as this one may use it. */
export interface Remembered {
  readonly shelf: Shelf;
  /** Has these read anew, behind the back of whoever asked; `listed`: those of them that stand on kept pages. */
  refresh(needs: readonly Need[], listed: readonly ListedAccount[]): void;
  /** Absent: the session stands by itself, and nothing is learned from what it asks. */
  readonly company?: Company;
}

/** Kept apart from errors that DataLoader would recognise, because an abort's reason may be anything at all. */
type Outcome = Loaded<FacetName> | { readonly failed: unknown };

/** Facets of one account that are wanted in the same breath. */
interface Ask {
  readonly id: string;
  readonly facets: readonly FacetName[];
}

const everyFacetOf = ({ reads, derivations }: SourceSession): ReadonlySet<FacetName> =>
  new Set([...reads.flatMap((read) => read.brings), ...derivations.map(({ facet }) => facet)]);

/** For a session that stands by itself. */
export const nothingRemembered: Remembered = { shelf: emptyShelf(usualAges), refresh: () => undefined };

export function createAccountLoader(
  alone: SourceSession,
  source: string,
  { shelf, refresh, company }: Remembered = nothingRemembered,
): AccountLoader {
  const knowledge = createKnowledge();
  const recall = createRecall(alone, shelf, knowledge);
  const again = createAskingAgain(company === undefined ? alone : inCompany(alone, source, company), recall.newer);
  const { session } = again;
  const readings = createReadings(session, knowledge, shelf);
  const shared = createSharedReads(session, shelf);
  const loader = new DataLoader<Ask, readonly Outcome[], string>(answerAll, {
    cacheKeyFn: ({ id, facets }) => `${facets.join(' ')}\0${id}`,
  });
  const ageing = createAgeing(session, shelf, knowledge, shared);
  const lasting = createLasting(session, shelf, knowledge);

  async function answerAll(asks: readonly Ask[]): Promise<(readonly Outcome[])[]> {
    const needs = asks.flatMap(({ id, facets }) => facets.map((facet) => ({ id, facet })));
    const stale = await recall.usable(needs);
    if (stale.length > 0) refresh(stale, again.listed(stale));
    const ids = [...new Set(asks.map(({ id }) => id))];
    // Again as long as something was awaited: it may turn out that a sweep has missed somebody, who is then asked for singly.
    do {
      let chosen = choosing.next(needs);
      while (chosen instanceof Promise) {
        await chosen;
        chosen = choosing.next(needs);
      }
      for (const name of chosen.shared) shared.start(name);
      readings.make(chosen);
    } while ((await readings.settle(ids)) && needs.some(isOpen));
    for (const need of needs) recall.standIn(need, readings.of);
    return Promise.all(
      asks.map(({ id, facets }) => {
        const outcomes = facets.map((facet) => told(id, facet) ?? answer({ id, facet }));
        // Most often all of it has been told, and nothing need be waited for.
        return outcomes.some((outcome) => outcome instanceof Promise) ? Promise.all(outcomes) : (outcomes as Outcome[]);
      }),
    );
  }

  const isDerivable = (facet: FacetName): boolean => session.derivations.some((derivation) => derivation.facet === facet);

  const isOpen = ({ id, facet }: Need): boolean => {
    const record = knowledge.about(id);
    return record === undefined || record?.[facet] === undefined;
  };

  /** What was told as it is; undefined where there is more to say. */
  function told(id: string, facet: FacetName): Loaded<FacetName> | undefined {
    const record = knowledge.about(id);
    if (record === null) return { exists: false };
    const value = record?.[facet];
    if (value === undefined || value instanceof SourceError) return undefined;
    knowledge.show(id, facet, value);
    return { exists: true, value };
  }

  const hasMissed = (sweep: string, id: string): boolean =>
    readings.of(id).some(({ read, state }) => read.name === sweep && state.is === 'missed');

  /** What need not be asked for: it has been told, or a read that was to tell it has been made, whatever came of it. */
  function known(id: string): ReadonlySet<FacetName> {
    const told = knowledge.about(id);
    if (told === null) return everyFacetOf(session);
    const asked = readings.of(id).filter(({ state }) => state.is !== 'missed');
    return new Set([...facetsIn(told ?? {}), ...knowledge.lacking(id), ...asked.flatMap(({ read }) => read.brings)]);
  }

  const isUnknown = (id: string): boolean => knowledge.about(id) === undefined && readings.of(id).length === 0;

  const choosing = createChoosing(session, { known, isUnknown, hasMissed, hasShared: shared.started }, company);

  async function answer({ id, facet }: Need): Promise<Outcome> {
    const record = knowledge.about(id);
    if (record === null) return { exists: false };
    const { derivations } = session;
    const lacks = (base: FacetName): boolean => knowledge.lacking(id).includes(base);
    const derived = isDerivable(facet) && record?.[facet] === undefined ? ageing.deriving(id, facet) : undefined;
    const grounds = { record: record ?? {}, readings: readings.of(id), derivations, shared, lacks };
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
          failed: new SourceError('SOURCE_UNSUPPORTED', source, { hint: choosing.whyNot(id, facet) }),
        };
    }
  }

  function peek({ id, facet }: Need): Loaded<FacetName> | undefined {
    const known = told(id, facet);
    if (known !== undefined || knowledge.about(id)?.[facet] !== undefined) return known;
    return !isDerivable(facet) && knowledge.lacking(id).includes(facet) ? { exists: true, value: null } : undefined;
  }

  function recalled(need: Need): Loaded<FacetName> | undefined {
    return peek(need) ?? (recall.fresh(need) ? peek(need) : undefined);
  }

  /** For each field: nearly always it has been told, and nothing is made to look further. */
  function atHand(id: string, facet: FacetName): Loaded<FacetName> | undefined {
    const loaded = told(id, facet) ?? recalled({ id, facet });
    if (loaded !== undefined) lasting.shown(id, facet);
    return loaded;
  }

  function ask(id: string, facets: readonly FacetName[]): Promise<readonly Outcome[]> {
    const asked = loader.load({ id, facets });
    ageing.noteAsked(id, asked);
    return shelf.shown === undefined ? asked : asked.then((outcomes) => note(id, facets, outcomes));
  }

  function note(id: string, facets: readonly FacetName[], outcomes: readonly Outcome[]): readonly Outcome[] {
    for (const facet of facets) lasting.shown(id, facet);
    if (outcomes.some((outcome) => 'failed' in outcome)) lasting.failed();
    return outcomes;
  }

  return {
    load: async <Name extends FacetName>(id: string, facet: Name) => {
      const [outcome] = await ask(id, [facet]);
      if (outcome === undefined) throw new Error('what was asked for has no answer');
      if ('failed' in outcome) throw outcome.failed;
      // Each need is answered with the value of the facet that it names.
      return outcome as Loaded<Name>;
    },
    loadAll: async (id, facets) => (await ask(id, [...facets])).some((outcome) => 'failed' in outcome || outcome.exists),
    // The value is that of the facet.
    peek: <Name extends FacetName>(id: string, facet: Name) => atHand(id, facet) as Loaded<Name> | undefined,
    peekAll: (id, facets) => {
      let exists = false;
      for (const facet of facets) {
        const loaded = atHand(id, facet);
        if (loaded === undefined) return undefined;
        exists ||= loaded.exists;
      }
      return exists;
    },
    prime: (account) => {
      const { id, record, fetchedAt, provenance = justAsked, keptOn } = account;
      if (keptOn !== undefined) {
        again.note(account, keptOn);
        recall.note(account, keptOn);
        return;
      }
      if (fetchedAt === undefined) throw new Error(`nobody noted when ${source} told of an account`);
      knowledge.learn(id, record, { ...provenance, at: fetchedAt.getTime() });
    },
    fetchedAt: ageing.fetchedAt,
    freshness: ageing.freshness,
  };
}
