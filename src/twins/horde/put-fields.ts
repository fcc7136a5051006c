import { float, type JsonObject } from './json.ts';
import { moveKudos } from './kudos.ts';
import type { UserChanges } from './put-schema.ts';
import type { HordeUser, Role, Roles } from './records.ts';
import { anonymousForbidden, notModerator, refuse, serverFault } from './refusals.ts';
import { cleanHtml, isProfane } from './texts.ts';
import { type HordeWorld, uniqueAlias } from './world.ts';

/** One PUT under way. */
export interface UserChange {
  readonly world: HordeWorld;
  readonly caller: HordeUser;
  readonly user: HordeUser;
  readonly wanted: UserChanges;
  readonly now: number;
  /** The user's roles as this request first read them; what it sets after that it does not see. */
  readRoles(): Roles;
}

/** Checks who asks, does it, and tells what to reply. Each is committed before the next is looked at. */
export interface FieldChange {
  readonly name: keyof UserChanges;
  permit(change: UserChange): void;
  apply(change: UserChange): JsonObject;
}

/** In the order in which the server looks at them. */
export const fieldChanges: readonly FieldChange[] = [
  field('kudos', adminOnly, ({ user }, delta) => {
    moveKudos(user, Math.trunc(delta), 'admin');
    return { new_kudos: float(user.kudos) };
  }),
  field('monthly_kudos', adminOnly, ({ user, now }, delta) => {
    user.monthlyKudos.assigned = Math.max(0, user.monthlyKudos.assigned + delta);
    user.monthlyKudos.lastReceivedAt ??= now;
    if (delta > 0) moveKudos(user, delta, 'recurring');
    return { monthly_kudos: user.monthlyKudos.assigned };
  }),
  field('usage_multiplier', adminOnly, ({ user }, multiplier) => {
    user.usageMultiplier = multiplier;
    return { usage_multiplier: float(multiplier) };
  }),
  field('moderator', adminOnly, (change, held) => {
    if (held && change.user.id !== 0) change.user.roles.trusted = true;
    return setRole(change, 'moderator', held);
  }),
  field('concurrency', moderatorOnly, ({ user }, concurrency) => {
    user.concurrency = concurrency;
    return { concurrency };
  }),
  field('worker_invited', moderatorOnly, ({ user }, invited) => {
    if (invited !== (invited | 0)) throw serverFault();
    user.workerInvited = invited;
    return { worker_invited: invited };
  }),
  ...(['trusted', 'flagged', 'customizer', 'vpn', 'service'] as const).map((role) =>
    field(role, moderatorOnly, (change, held) => setRole(change, role, held)),
  ),
  field('education', moderatorOnly, (change, held) => ({
    ...setRole(change, 'education', held),
    ...schoolConcurrency(change, held),
  })),
  field('special', moderatorOnly, (change, held) => {
    setRole(change, 'special', held);
    return { special: change.user.roles.special };
  }),
  field('reset_suspicion', moderatorOnly, ({ user }) => {
    user.suspicions = 0;
    return { new_suspicion: 0 };
  }),
  field('admin_comment', moderatorOnly, ({ user }, comment) => {
    refuseProfanity(comment, 'admin comment', 'ProfaneAdminComment');
    user.adminComment = comment;
    return { admin_comment: comment };
  }),
  field('public_workers', moderatorOrSelf, ({ user }, shown) => {
    user.publicWorkers = shown;
    return { public_workers: shown };
  }),
  field('username', moderatorOrSelf, ({ user }, alias) => {
    refuseProfanity(alias, 'username', 'ProfaneUserName');
    if ([...alias].length > 30) throw refuse(400, 'The specified username is too long. Please stay below 30', 'TooLongUserName');
    user.alias = cleanHtml(alias);
    return { username: user.alias };
  }),
  field('contact', moderatorOrSelf, ({ user }, contact) => {
    refuseProfanity(contact, 'user contact', 'ProfaneUserContact');
    // The column is narrower than the schema.
    if ([...contact].length > 50) throw serverFault();
    user.contact = contact;
    return { contact };
  }),
  field('generate_proxy_passkey', moderatorOrSelf, ({ user, caller, world }) => {
    if (!caller.roles.service) throw refuse(403, 'Only Service Accounts can set a proxy passkey', 'NonServiceForbidden');
    user.proxyPasskey = world.secrets.newPasskey();
    return { proxy_passkey: user.proxyPasskey };
  }),
  field('undelete', moderatorOrSelf, ({ user }) => {
    if (!user.deleted) throw refuse(400, 'This user is not scheduled for deletion', 'UserNotDeleted');
    user.deleted = false;
    return { undeleted: true };
  }),
];

function field<Name extends keyof UserChanges>(
  name: Name,
  permit: (change: UserChange) => void,
  set: (change: UserChange, value: NonNullable<UserChanges[Name]>) => JsonObject,
): FieldChange {
  // Only fields that are present are applied, and the schema lets no null pass.
  return { name, permit, apply: (change) => set(change, change.wanted[name] as NonNullable<UserChanges[Name]>) };
}

function adminOnly({ world, caller }: UserChange): void {
  if (!world.admins.has(uniqueAlias(caller))) throw refuse(403, "You're not an admin. Sod off!", 'NotAdmin');
}

function moderatorOnly(change: UserChange): void {
  if (!callerModerates(change)) throw notModerator();
}

function moderatorOrSelf(change: UserChange): void {
  if (!callerModerates(change) && change.caller !== change.user) throw notModerator();
  if (change.caller.id === 0) throw anonymousForbidden('AnonForbiddenUserMod');
}

/** Asking this of one's own account reads its roles, and makes every later reply about them an old one. */
function callerModerates({ caller, user, readRoles }: UserChange): boolean {
  return (caller === user ? readRoles() : caller.roles).moderator;
}

/** Anonymous keeps the roles it has, and the reply says so. */
function setRole({ user, readRoles }: UserChange, role: Role, held: boolean): JsonObject {
  if (user.id !== 0) user.roles[role] = held;
  return { [role]: readRoles()[role] };
}

function schoolConcurrency({ user, wanted }: UserChange, held: boolean): JsonObject {
  if (user.id === 0 || wanted.concurrency !== undefined) return {};
  if (held ? user.concurrency >= 200 : user.concurrency !== 200) return {};
  user.concurrency = held ? 200 : 30;
  return { concurrency: user.concurrency };
}

function refuseProfanity(text: string, what: string, rc: string): void {
  if (!isProfane(text)) return;
  throw refuse(400, `As our API is public, we do not allow profanity in the ${what}, please try again.`, rc);
}
