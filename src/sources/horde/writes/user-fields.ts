import type { HordeUserWishes } from '../../../domain/accounts/horde-writes.ts';
import type { FacetName } from '../../../domain/facets.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import { aliasOf } from '../ids.ts';
import { matchesCleaned } from './cleaned-text.ts';
import { addedKudos, addedMonthlyKudos } from './deltas.ts';
import { isAfter, type Trial, wasNotReached } from './trial.ts';
import type { UserState } from './user-state.ts';

export type UserFieldName = Exclude<keyof HordeUserWishes, 'nativeId' | 'ifUnchanged'>;

/** A field that a PUT can change. */
export interface UserField {
  readonly name: UserFieldName;
  /** What the Horde calls it. */
  readonly wire: string;
  /** Who may change it. An admin is one by name and not by role, so that shows only in trying. */
  readonly who: 'admin' | 'moderator' | 'self';
  readonly facet?: FacetName;
  current(state: UserState, look: Look): FieldValue | undefined;
  /** Whether another wish moves it unless it is sent along. */
  mustSend?(before: UserState, wishes: HordeUserWishes): boolean;
  matches?(current: FieldValue, wanted: FieldValue): boolean;
  /** How far it came, where it stopped before the end. */
  shortfall?(current: FieldValue, wanted: FieldValue, look: Look): string | undefined;
}

/** From where a field is looked at. */
export interface Look {
  readonly wishes: HordeUserWishes;
  readonly trial: Trial;
  /** The field's place in the Horde's order. */
  readonly place: number;
}

/** In the order in which the Horde comes to them, each done for good before the next is looked at. */
export const userFields: readonly UserField[] = [
  {
    ...{ name: 'addKudos', wire: 'kudos', who: 'admin', facet: 'kudos' },
    current: (state, { wishes, trial, place }) =>
      addedKudos(state, wishes.addKudos ?? 0, wishes.addMonthlyKudos ?? 0, trial, place),
    shortfall: stoppedAt('addKudos', 'the balance has come down to its floor'),
  },
  {
    ...{ name: 'addMonthlyKudos', wire: 'monthly_kudos', who: 'admin', facet: 'monthlyKudos' },
    current: (state, { wishes, trial, place }) => addedMonthlyKudos(state, wishes.addMonthlyKudos ?? 0, trial, place),
    shortfall: stoppedAt('addMonthlyKudos', 'the monthly sum has come down to 0'),
  },
  { name: 'usageMultiplier', wire: 'usage_multiplier', who: 'admin', current: () => undefined },
  { ...role('moderator'), who: 'admin' },
  {
    ...standing('concurrency', 'concurrency'),
    current: ({ user }) => user.concurrency,
    // Who takes up or leaves education is given another.
    mustSend: ({ user }, { education }) => education != null && education !== user.education,
  },
  { ...standing('workerInvited', 'worker_invited'), current: ({ user }) => user.worker_invited },
  // Who becomes a moderator becomes trusted too.
  { ...role('trusted'), mustSend: ({ user }, { moderator }) => moderator === true && !user.moderator },
  role('flagged'),
  role('customizer'),
  hiddenRole('vpn'),
  role('service'),
  role('education'),
  hiddenRole('special'),
  {
    ...{ name: 'resetSuspicion', wire: 'reset_suspicion', who: 'moderator', facet: 'hordePrivileged' },
    current: ({ user }) => (user.suspicious == null ? undefined : user.suspicious === 0),
  },
  {
    ...{ name: 'adminComment', wire: 'admin_comment', who: 'moderator', facet: 'hordePrivileged' },
    current: ({ user, privilege }) => (privilege < 2 ? undefined : (user.admin_comment ?? null)),
  },
  { name: 'publicWorkers', wire: 'public_workers', who: 'self', current: ({ publicWorkers }) => publicWorkers },
  {
    ...{ name: 'username', wire: 'username', who: 'self', facet: 'identity' },
    current: ({ user }) => aliasOf(user.username),
    matches: matchesCleaned,
  },
  { name: 'contact', wire: 'contact', who: 'self', facet: 'hordePrivate', current: settledContact },
  {
    ...{ name: 'generateProxyPasskey', wire: 'generate_proxy_passkey', who: 'self', facet: 'hordePrivileged' },
    current: newPasskey,
  },
  {
    ...{ name: 'undelete', wire: 'undelete', who: 'self', facet: 'hordeStanding' },
    current: ({ user }) => !user.deleted,
  },
];

function stoppedAt(name: UserFieldName, why: string): NonNullable<UserField['shortfall']> {
  return (current, wanted, { trial, place }) =>
    typeof current === 'number' && typeof wanted === 'number' && wanted < current && current <= 0 && !wasNotReached(trial, place)
      ? `${name} stopped at ${current} of ${wanted}: ${why}.`
      : undefined;
}

type PublicRole = 'moderator' | 'trusted' | 'flagged' | 'customizer' | 'service' | 'education';

function role(name: PublicRole): UserField {
  return { name, wire: name, who: 'moderator', facet: 'hordeStanding', current: ({ user }) => user[name] };
}

function hiddenRole(name: 'vpn' | 'special'): UserField {
  return { name, wire: name, who: 'moderator', facet: 'hordePrivate', current: ({ user }) => user[name] ?? undefined };
}

function standing(name: UserFieldName, wire: string): Omit<UserField, 'current'> {
  return { name, wire, who: 'moderator', facet: 'hordeStanding' };
}

/** To the user it is shown from a cache, which only a PUT that was taken whole empties. */
function settledContact(state: UserState, { wishes, trial, place }: Look): string | null | undefined {
  if (state.privilege === 2) return state.contact;
  if (!isAfter(trial, state) || state.contact === undefined) return undefined;
  if (trial.taken && state.contactIsFresh) return state.contact;
  return wasNotReached(trial, place) && state.contact !== wishes.contact ? state.contact : undefined;
}

/** Whether a new passkey was made. It is never read itself; over an old one it cannot be seen. */
function newPasskey(state: UserState, { trial, place }: Look): boolean | undefined {
  if (!isAfter(trial, state)) return undefined;
  if (wasNotReached(trial, place)) return false;
  const hadNone = trial.before?.privilege === 2 && trial.before.user.proxy_passkey === false;
  return hadNone && state.privilege === 2 ? state.user.proxy_passkey : undefined;
}
