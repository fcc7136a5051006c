import type { McsManagerSecurity, McsManagerSignIn } from '../../domain/accounts/mcsmanager.ts';
import type {
  Identity,
  Json,
  PermissionGrant,
  PermissionSet,
  Presence,
  Registration,
  Role,
  RoleClaim,
} from '../../domain/facets.ts';
import type { AccountRecord } from '../contract.ts';
import type { DateReader } from './dates.ts';
import type { McsManagerListedUser, McsManagerOverviewUser, McsManagerUser } from './wire.ts';

export function toUserRecord(user: McsManagerUser, readDate: DateReader): AccountRecord {
  return {
    ...toOverviewRecord(user, readDate),
    registration: toRegistration(user.registerTime, readDate),
    mcsManagerSecurity: toSecurity(user),
  };
}

export function toListedRecord(user: McsManagerListedUser, readDate: DateReader): AccountRecord {
  return { ...toUserRecord(user, readDate), mcsManagerSignIn: toSignIn(user) };
}

export function toOverviewRecord(user: McsManagerOverviewUser, readDate: DateReader): AccountRecord {
  return {
    identity: toIdentity(user.userName),
    role: toRole(user.permission),
    presence: toPresence(user.loginTime, readDate),
    instanceRefs: user.instances.map(({ daemonId, instanceUuid }) => ({ daemonId, instanceId: instanceUuid })),
    permissions: toPermissions(user.permission),
  };
}

/** A name is whatever an admin's edit made it. One that is not text is shown as its JSON. */
export const toIdentity = (userName: Json): Identity => ({ username: toText(userName), displayName: null });

export function toRole(permission: Json): RoleClaim {
  const level = toLevel(permission);
  return {
    role: roleOf(level),
    nativeRole: toText(permission),
    bypassesGrants: level !== null && level >= ADMIN,
    // What the panel makes of a right that is no number is not known, and nothing is granted for it.
    isShutOut: level !== null && level < GUEST,
  };
}

/** The panel lets in whoever is at least what a route asks for; the banned and the odd one below them pass nowhere. */
export function toPermissions(permission: Json): PermissionSet {
  const level = toLevel(permission);
  // What the panel makes of a right that is no number is not known, and so not said.
  if (level === null) return { grants: [] };
  const grant = (key: string, least: number): PermissionGrant => ({ section: 'mcsmanager', key, allowed: level >= least });
  return { grants: [grant('login', GUEST), grant('user', USER), grant('admin', ADMIN)] };
}

export const isAdmin = (permission: Json): boolean => toRole(permission).bypassesGrants;

function toRegistration(registerTime: Json, readDate: DateReader): Registration {
  const text = toDateText(registerTime);
  return { createdAt: text === null ? null : readDate(text), text };
}

function toPresence(loginTime: Json, readDate: DateReader): Presence {
  const text = toDateText(loginTime);
  return { lastActiveAt: text === null ? null : readDate(text), text, isActive: null };
}

const toSecurity = ({ apiKey, isInit, open2FA }: McsManagerUser): McsManagerSecurity => ({ hasApiKey: apiKey, isInit, open2FA });

const toSignIn = ({ passWordType, ssoBound }: McsManagerListedUser): McsManagerSignIn => ({
  passWordType,
  ssoBound: ssoBound ?? null,
});

const BANNED = -1;
const GUEST = 0;
const USER = 1;
const ADMIN = 10;

function roleOf(level: number | null): Role {
  if (level === BANNED) return 'BANNED';
  if (level === GUEST) return 'GUEST';
  if (level === null || level < USER) return 'UNKNOWN';
  return level < ADMIN ? 'USER' : 'ADMIN';
}

/** An edit stores the text `10` as text, and the panel then compares it as the number. */
function toLevel(permission: Json): number | null {
  if (typeof permission === 'number') return permission;
  if (typeof permission !== 'string' || permission.trim() === '') return null;
  const level = Number(permission);
  return Number.isNaN(level) ? null : level;
}

/** Empty before the first login. */
const toDateText = (value: Json): string | null => (value === null || value === '' ? null : toText(value));

const toText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
