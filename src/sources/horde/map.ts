import type { RoleClaim } from '../../domain/facets.ts';
import type { AccountRecord } from '../contract.ts';
import { aliasOf } from './ids.ts';
import { toPrivateRecord } from './map-private.ts';
import type { HordeUserRow } from './wire.ts';

/** Every facet for which the user or row holds all that it takes. `date` is the server's clock when it answered. */
export function toUserRecord(user: HordeUserRow, date: Date): AccountRecord {
  return {
    ...identity(user),
    ...role(user),
    ...registration(user, date),
    ...kudos(user),
    ...permissions(user),
    ...standing(user),
    ...(has(user, 'styles') ? { hordeStyleRefs: user.styles } : {}),
    ...toPrivateRecord(user),
  };
}

/** True when the row holds all of these fields, and none of them as null. */
export function has<Key extends keyof HordeUserRow>(user: HordeUserRow, ...keys: Key[]): user is Holding<Key> {
  return keys.every((key) => user[key] !== undefined && user[key] !== null);
}

type Holding<Key extends keyof HordeUserRow> = HordeUserRow & { [K in Key]-?: NonNullable<HordeUserRow[K]> };

function identity(user: HordeUserRow): AccountRecord {
  if (!has(user, 'username')) return {};
  return { identity: { username: user.username, displayName: aliasOf(user.username) } };
}

function role(user: HordeUserRow): AccountRecord {
  if (!has(user, 'id', 'flagged', 'moderator', 'trusted')) return {};
  return { role: toRoleClaim(user) };
}

/** The Horde knows flags, not roles: the gravest one that is set names the role. */
function toRoleClaim(user: Holding<'id' | 'flagged' | 'moderator' | 'trusted'>): RoleClaim {
  const claim = { bypassesGrants: false };
  if (user.flagged) return { ...claim, role: 'BANNED', nativeRole: 'flagged' };
  if (user.moderator) return { ...claim, role: 'MODERATOR', nativeRole: 'moderator' };
  if (user.id === 0) return { ...claim, role: 'GUEST', nativeRole: 'anonymous' };
  return { ...claim, role: 'USER', nativeRole: user.trusted ? 'trusted' : 'user' };
}

function registration(user: HordeUserRow, date: Date): AccountRecord {
  if (!has(user, 'account_age')) return {};
  // The age is as old as the answer it was cached in: 30 s for one user, some five minutes in a list.
  const seconds = Math.floor(date.getTime() / 1000) - Math.floor(user.account_age);
  return { registration: { createdAt: new Date(seconds * 1000), text: null } };
}

function kudos(user: HordeUserRow): AccountRecord {
  return {
    ...(has(user, 'kudos') ? { kudos: user.kudos } : {}),
    ...(has(user, 'kudos_details') ? { kudosDetails: user.kudos_details } : {}),
    ...(has(user, 'records') ? { records: user.records } : {}),
  };
}

const publicGrants = ['trusted', 'moderator', 'customizer', 'service', 'education'] as const;

/** Not `vpn` and `special`, which only some keys are told: permissions must be the same whichever answer they came with. */
function permissions(user: HordeUserRow): AccountRecord {
  if (!has(user, ...publicGrants)) return {};
  return { permissions: { grants: publicGrants.map((key) => ({ section: 'horde', key, allowed: user[key] })) } };
}

function standing(user: HordeUserRow): AccountRecord {
  if (!has(user, 'id', 'account_age', 'concurrency', 'worker_invited', 'worker_count')) return {};
  if (!has(user, 'flagged', 'deleted', 'pseudonymous', ...publicGrants)) return {};
  return {
    hordeStanding: {
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
    },
  };
}
