import type { FacetName, Facets, PermissionSet, Registration, RoleClaim } from '../../domain/facets.ts';
import type { SourceError } from '../../errors.ts';
import type { AccountRecord } from '../contract.ts';
import { aliasOf } from './ids.ts';
import { privateTellings } from './map-private.ts';
import type { HordeUserRow } from './wire.ts';

/** The facet, or undefined where the user or row lacks something that it takes. `date` is the server's clock when it answered. */
export type Tellings = { readonly [Name in FacetName]?: (user: HordeUserRow, date: Date) => Facets[Name] | undefined };

/** These facets of a user or row, and no others. In the place of one that it does not tell stands what `missing` has for it, if anything. */
export function toUserRecord(
  user: HordeUserRow,
  date: Date,
  wanted: readonly FacetName[],
  missing: (facet: FacetName) => SourceError | undefined,
): AccountRecord {
  const record: Partial<Record<FacetName, AccountRecord[FacetName]>> = {};
  for (const facet of wanted) {
    const value = tellings[facet]?.(user, date) ?? missing(facet);
    if (value !== undefined) record[facet] = value;
  }
  // Each key is a facet, each value that facet's own or its refusal.
  return record as AccountRecord;
}

const tellings: Tellings = {
  identity: ({ username }) => (username == null ? undefined : { username, displayName: aliasOf(username) }),
  role: (user) => (has(user, roleTakes) ? toRoleClaim(user) : undefined),
  registration: ({ account_age: age }, date) => (age == null ? undefined : toRegistration(age, date)),
  kudos: ({ kudos }) => kudos ?? undefined,
  kudosDetails: (user) => user.kudos_details ?? undefined,
  records: ({ records }) => records ?? undefined,
  permissions: (user) => (has(user, publicGrants) ? toPermissions(user) : undefined),
  hordeStanding: (user) => (isWhole(user) ? toStanding(user) : undefined),
  hordeStyleRefs: ({ styles }) => styles ?? undefined,
  ...privateTellings,
};

/** True when the row holds all of these fields, and none of them as null. */
function has<Key extends keyof HordeUserRow>(user: HordeUserRow, keys: readonly Key[]): user is Holding<Key> {
  for (const key of keys) if (user[key] === undefined || user[key] === null) return false;
  return true;
}

type Holding<Key extends keyof HordeUserRow> = HordeUserRow & { [K in Key]-?: NonNullable<HordeUserRow[K]> };

const roleTakes = ['id', 'flagged', 'moderator', 'trusted'] as const;

/** Nobody passes every check, and the flagged are let in, too: their kudos stand still, their workers stop, their requests come last. */
const asGranted = { bypassesGrants: false, isShutOut: false };

/** The Horde knows flags, not roles: the gravest one that is set names the role. */
function toRoleClaim(user: Holding<(typeof roleTakes)[number]>): RoleClaim {
  if (user.flagged) return { ...asGranted, role: 'BANNED', nativeRole: 'flagged' };
  if (user.moderator) return { ...asGranted, role: 'MODERATOR', nativeRole: 'moderator' };
  if (user.id === 0) return { ...asGranted, role: 'GUEST', nativeRole: 'anonymous' };
  return { ...asGranted, role: 'USER', nativeRole: user.trusted ? 'trusted' : 'user' };
}

/** The age is as old as the answer it was cached in: 30 s for one user, some five minutes in a list. One that no calendar reaches is as good as none. */
function toRegistration(age: number, date: Date): Registration {
  const seconds = Math.floor(date.getTime() / 1000) - age;
  const createdAt = new Date(seconds * 1000);
  return { createdAt: Number.isNaN(createdAt.getTime()) ? null : createdAt, text: null };
}

const publicGrants = ['trusted', 'moderator', 'customizer', 'service', 'education'] as const;

/** Not `vpn` and `special`, which only some keys are told: permissions must be the same whichever answer they came with. */
const toPermissions = (user: Holding<(typeof publicGrants)[number]>): PermissionSet => ({
  grants: publicGrants.map((key) => ({ section: 'horde', key, allowed: user[key] })),
});

const standingTakes = [
  'id',
  'flagged',
  'deleted',
  'pseudonymous',
  'account_age',
  'concurrency',
  'worker_invited',
  'worker_count',
  ...publicGrants,
] as const;

const isWhole = (user: HordeUserRow): user is Holding<(typeof standingTakes)[number]> => has(user, standingTakes);

const toStanding = (user: Holding<(typeof standingTakes)[number]>): Facets['hordeStanding'] => ({
  userId: user.id,
  trusted: user.trusted,
  flagged: user.flagged,
  moderator: user.moderator,
  customizer: user.customizer,
  service: user.service,
  education: user.education,
  deleted: user.deleted,
  pseudonymous: user.pseudonymous,
  concurrency: user.concurrency,
  workerInvited: user.worker_invited,
  workerCount: user.worker_count,
  accountAge: user.account_age,
  usage: { megapixelsteps: user.usage?.megapixelsteps ?? null, requests: user.usage?.requests ?? null },
  contributions: {
    megapixelsteps: user.contributions?.megapixelsteps ?? null,
    fulfillments: user.contributions?.fulfillments ?? null,
  },
});
