import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord, PointRead } from '../contract.ts';
import type { Ask, Told } from './asking.ts';
import { lags } from './lags.ts';
import { toUserRecord } from './map.ts';
import { HordeUser } from './wire.ts';

/** What the Horde tells anybody, and everybody alike. */
export const publicFacets = [
  'identity',
  'role',
  'registration',
  'kudos',
  'kudosDetails',
  'records',
  'permissions',
  'hordeStanding',
] as const satisfies readonly FacetName[];

/** What only the owner and moderators are told; worker ids anybody whom the owner lets. */
export const privateFacets = [
  'hordeWorkerIds',
  'activeGenerations',
  'hordePrivate',
  'hordePrivileged',
  'monthlyKudos',
] as const satisfies readonly FacetName[];

export const everyFacet = [...publicFacets, 'hordeStyleRefs', ...privateFacets] as const satisfies readonly FacetName[];

/** A session that asks without its key, if it has one: alone, in lists and by name. */
export interface Keyless {
  readonly ask: Ask;
  readonly source: string;
  /** What is taken from the answers. */
  readonly takes: readonly FacetName[];
}

/**
 * Where there is no key nothing could bring more, so an answer counts for every facet. Where there is one, what it bears on waits
 * for the keyed read, styles too, of which anybody sees the public ones: no facet may have two answers.
 */
export const createKeyless = (ask: Ask, source: string, key: string | undefined): Keyless => ({
  ask,
  source,
  takes: key === undefined ? everyFacet : publicFacets,
});

/** The Horde has no way to ask for several users by id, so each costs a request. */
export function userReads({ ask, source, takes }: Keyless, key: string | undefined): readonly PointRead[] {
  const keyless = userRead(ask, source, undefined, { name: 'user', brings: takes, cost: costs.keyless });
  if (key === undefined) return [keyless];
  return [keyless, userRead(ask, source, key, { name: 'user with key', brings: everyFacet, cost: costs.keyed })];
}

/** The weight lets the keyless read win where it is enough: its answer is the same for every caller. */
const costs = { keyless: { requests: 1, bytes: 900 }, keyed: { requests: 1, bytes: 1_050, weight: 0.05 } };

function userRead(
  ask: Ask,
  source: string,
  key: string | undefined,
  about: Pick<PointRead, 'name' | 'brings' | 'cost'>,
): PointRead {
  // Made for the first: reading past the Horde's cache is rare, and a read is made for each operation.
  let past: WeakSet<AccountRecord> | undefined;
  const read = async (id: string): Promise<AccountRecord | null> => {
    const told = await askUser(ask, source, id, key);
    const brought = told && toBrought(told, about.brings, source);
    if (brought !== null && told?.pastCache) past = (past ?? new WeakSet()).add(brought);
    return brought;
  };
  const { name, brings, cost } = about;
  return { shape: 'point', name, brings, cost, read, lag: (_id, brought) => (past?.has(brought) ? 0 : lags.user) };
}

/** The user with this canonical id. */
export async function askUser(ask: Ask, source: string, id: string, key?: string): Promise<Told<HordeUser> | null> {
  const told = await ask({ endpoint: 'user', path: `/v2/users/${encodeURIComponent(id)}`, key }, HordeUser);
  // An answer about somebody else must never be taken for this user's.
  if (told !== null && String(told.body.id) !== id) throw new SourceError('SOURCE_MALFORMED', source);
  return told;
}

/** These facets and no others: the value, or for one that the answer's privilege left out, the refusal. */
export const toBrought = ({ body, date }: Told<HordeUser>, brings: readonly FacetName[], source: string): AccountRecord =>
  toUserRecord(body, date, brings, () => new SourceError('SOURCE_FORBIDDEN', source));
