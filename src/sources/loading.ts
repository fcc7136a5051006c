import DataLoader from 'dataloader';
import type { FacetName, Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { ListedAccount, SourceSession } from './contract.ts';
import { requestEquivalents } from './cost.ts';
import { findFacet } from './finding.ts';
import { createKnowledge, facetsIn } from './knowledge.ts';
import { type Means, type Need, plan } from './planning.ts';
import { createReadings } from './readings.ts';
import { createSharedReads } from './shared-reads.ts';

/** Everything one operation knows about one source's accounts, and the only way to learn more. */
export interface AccountLoader {
  /** Asks of one tick are planned together. Rejects with the reason when the facet could not be had. */
  load<Name extends FacetName>(id: string, facet: Name): Promise<Loaded<Name>>;
  /** Takes what a list page brought, so that nobody asks for it again. */
  prime(account: ListedAccount): void;
  /** When the newest of what is known about the account was read; null when nothing was. */
  fetchedAt(id: string): Date | null;
}

export type Loaded<Name extends FacetName> =
  | { readonly exists: false }
  /** Null where the account has nothing to show for this facet. */
  | { readonly exists: true; readonly value: Facets[Name] | null };

/** Kept apart from errors that DataLoader would recognise, because an abort's reason may be anything at all. */
type Outcome = Loaded<FacetName> | { readonly failed: unknown };

export function createAccountLoader(session: SourceSession, source: string): AccountLoader {
  const knowledge = createKnowledge();
  const readings = createReadings(session, knowledge);
  const shared = createSharedReads(session);
  const everyFacet = new Set([
    ...session.reads.flatMap((read) => read.brings),
    ...session.derivations.map((derivation) => derivation.facet),
  ]);
  const loader = new DataLoader<Need, Outcome, string>(answerAll, { cacheKeyFn: ({ id, facet }) => `${facet}\0${id}` });

  async function answerAll(needs: readonly Need[]): Promise<Outcome[]> {
    const ids = [...new Set(needs.map(({ id }) => id))];
    // Again as long as something was awaited: it may turn out that a sweep has missed somebody, who is then asked for singly.
    do {
      const chosen = plan(needs, means());
      for (const name of chosen.shared) shared.start(name);
      readings.make(chosen);
    } while (await readings.settle(ids));
    return Promise.all(needs.map(answer));
  }

  function means(): Means {
    const population = session.population();
    return {
      points: session.reads
        .filter((read) => read.shape === 'point')
        .map(({ name, brings, cost }) => ({ name, brings, cost: requestEquivalents(cost) })),
      sweeps: session.reads
        .filter((read) => read.shape === 'sweep')
        .map((read) => ({
          name: read.name,
          brings: read.brings,
          partition: (id) => (hasMissed(read.name, id) ? null : read.partition(id)),
          cost: (partition) => requestEquivalents(read.cost(partition, population)),
        })),
      shared: session.shared
        .filter(({ name }) => !shared.started(name))
        .map(({ name, cost }) => ({ name, cost: requestEquivalents(cost) })),
      derivations: session.derivations,
      known,
    };
  }

  const hasMissed = (sweep: string, id: string): boolean =>
    readings.of(id).some(({ read, state }) => read.name === sweep && state.is === 'missed');

  /** What need not be asked for: it has been told, or a read that was to tell it has been made, whatever came of it. */
  function known(id: string): ReadonlySet<FacetName> {
    const told = knowledge.about(id);
    if (told === null) return everyFacet;
    const asked = readings.of(id).filter(({ state }) => state.is !== 'missed');
    return new Set([...facetsIn(told ?? {}), ...asked.flatMap(({ read }) => read.brings)]);
  }

  async function answer({ id, facet }: Need): Promise<Outcome> {
    const record = knowledge.about(id);
    if (record === null) return { exists: false };
    const { derivations } = session;
    const finding = await findFacet(facet, { record: record ?? {}, readings: readings.of(id), derivations, shared });
    switch (finding.is) {
      case 'value':
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
          failed: new SourceError('SOURCE_UNSUPPORTED', source, { hint: 'With the credential at hand it does not tell this.' }),
        };
    }
  }

  return {
    load: async <Name extends FacetName>(id: string, facet: Name) => {
      const outcome = await loader.load({ id, facet });
      if ('failed' in outcome) throw outcome.failed;
      // Each need is answered with the value of the facet that it names.
      return outcome as Loaded<Name>;
    },
    prime: ({ id, record, fetchedAt }) => knowledge.learn(id, record, fetchedAt),
    fetchedAt: (id) => knowledge.fetchedAt(id),
  };
}
