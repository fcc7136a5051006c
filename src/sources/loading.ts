import DataLoader from 'dataloader';
import type { FacetName } from '../domain/facets.ts';
import { justAsked, type Told } from './ageing.ts';
import { type Ask, answerAll, atHand, type Loaded, type Outcome } from './answering.ts';
import type { ListedAccount, SourceSession } from './contract.ts';
import { ageingOf, isOutdone, noteKept, nothingRemembered, openDesk, type Remembered } from './desk.ts';

export type { Loaded } from './answering.ts';
export type { Remembered } from './desk.ts';

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
   * for again: what is kept of the account is looked up as for anybody, by the facets' own ages. A row that may be behind a write gives way
   * to what is asked or known of the account alone.
   */
  prime(account: ListedAccount): void;
  /** When the oldest part of what is known about the account was read; null when nothing is. */
  fetchedAt(id: string): Date | null;
  /** The same with where it came from, once nothing is under way for the account. */
  freshness(id: string): Promise<Told | null>;
}

export function createAccountLoader(
  session: SourceSession,
  source: string,
  remembered: Remembered = nothingRemembered,
): AccountLoader {
  const desk = openDesk(session, source, remembered);
  const { asked, lasting, knowledge } = desk;
  const loader = new DataLoader<Ask, readonly Outcome[], string>((asks) => answerAll(desk, asks), askedAlike);

  function ask(id: string, facets: readonly FacetName[]): Promise<readonly Outcome[]> {
    const told = loader.load({ id, facets });
    const others = asked.get(id);
    if (others === undefined) asked.set(id, [told]);
    else others.push(told);
    return remembered.shelf.shown === undefined ? told : told.then((outcomes) => note(id, facets, outcomes));
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
    peek: <Name extends FacetName>(id: string, facet: Name) => atHand(desk, id, facet) as Loaded<Name> | undefined,
    peekAll: (id, facets) => {
      let exists = false;
      for (const facet of facets) {
        const loaded = atHand(desk, id, facet);
        if (loaded === undefined) return undefined;
        exists ||= loaded.exists;
      }
      return exists;
    },
    prime: (account) => {
      if (isOutdone(desk, account)) return;
      const { id, record, fetchedAt, provenance = justAsked, keptOn } = account;
      if (keptOn !== undefined) {
        noteKept(desk, account, keptOn);
        return;
      }
      if (fetchedAt === undefined) throw new Error(`nobody noted when ${source} told of an account`);
      knowledge.learn(id, record, { ...provenance, at: fetchedAt.getTime() });
    },
    fetchedAt: (id) => ageingOf(desk).fetchedAt(id),
    freshness: (id) => ageingOf(desk).freshness(id),
  };
}

/** Who asks the same is told the same. */
const askedAlike = { cacheKeyFn: ({ id, facets }: Ask): string => `${facets.join(' ')}\0${id}` };
