import { type Ask, requireCaller } from './ask.ts';
import { readJson } from './bodies.ts';
import { DAY, formatNaive } from './dates.ts';
import type { Json, JsonObject } from './json.ts';
import { fieldChanges, type UserChange } from './put-fields.ts';
import { checkUserChanges } from './put-schema.ts';
import type { HordeUser, Roles } from './records.ts';
import { anonymousForbidden, refuse, serverFault, unknownKey, userNotFound } from './refusals.ts';
import { dropUser, requireDigits } from './user-reads.ts';
import { ownedBy } from './world.ts';

/** `PUT /v2/users/{id}`: field by field, so a refusal leaves the fields before it changed and the caches as they were. */
export function changeUser(ask: Ask): Json {
  const wanted = checkUserChanges(readJson(ask.request));
  const user = /^\d+$/.test(ask.target) ? ask.world.users.get(Number(ask.target)) : undefined;
  if (!user) throw userNotFound(ask.path, ask.target);
  const caller = requireCaller(ask, 'The Admin API .');
  let roles: Roles | undefined;
  const readRoles = (): Roles => {
    roles ??= { ...user.roles };
    return roles;
  };
  const change: UserChange = { world: ask.world, caller, user, wanted, now: ask.now(), readRoles };

  let reply: JsonObject = {};
  for (const field of fieldChanges) {
    if (wanted[field.name] === undefined) continue;
    field.permit(change);
    reply = { ...reply, ...field.apply(change) };
  }
  if (Object.keys(reply).length === 0) throw refuse(400, 'No usermod operations selected!', 'NoUserModSelected');
  dropUser(ask, user);
  return ask.mask(inReplyOrder(reply));
}

const replyOrder = [
  'new_kudos',
  'concurrency',
  'usage_multiplier',
  'worker_invited',
  'moderator',
  'public_workers',
  'username',
  'monthly_kudos',
  'trusted',
  'flagged',
  'customizer',
  'vpn',
  'service',
  'education',
  'special',
  'undeleted',
  'new_suspicion',
  'contact',
  'admin_comment',
  'proxy_passkey',
];

const inReplyOrder = (reply: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(reply).toSorted(([a], [b]) => replyOrder.indexOf(a) - replyOrder.indexOf(b)));

/** `DELETE /v2/users/{id}`: marks at first; wipes who is marked already and long idle. Drops no cache. */
export function deleteUser(ask: Ask): Json {
  requireDigits(ask);
  // The key is not demanded, and then missed.
  if (ask.key === undefined) throw serverFault();
  const caller = ask.world.users.byKey(ask.key);
  if (!caller) throw unknownKey();
  const user = ask.world.users.get(Number(ask.target));
  if (!user) throw userNotFound(ask.path, ask.target);
  if (caller.id === 0) throw anonymousForbidden('AnonForbiddenUser');
  if (user.roles.moderator)
    throw refuse(403, 'You cannot delete a user that is a moderator. Please contact an admin.', 'CannotDeleteMod');
  if (caller !== user && !caller.roles.moderator)
    throw refuse(403, 'Only the user themselves or a moderator can delete a user', 'NotUserOrMod');
  if (user.deleted) wipe(ask, user);
  else if (user.id !== 0) user.deleted = true;
  return ask.mask({ message: 'OK' });
}

function wipe(ask: Ask, user: HordeUser): void {
  const { world } = ask;
  const idleSince = user.lastActiveAt + 30 * DAY;
  if (idleSince > ask.now()) {
    const message = `You cannot permanently wipe a user that was active in the last 30 days. Try again after ${formatNaive(idleSince)}`;
    throw refuse(403, message, 'CannotWipeActiveUser');
  }
  // Every wiped user gets the same OAuth id, and that column is unique.
  if (world.hasWiped) throw serverFault();
  world.hasWiped = true;
  for (const worker of ownedBy(user, world.workers)) world.workers.delete(worker.id);
  for (const key of ownedBy(user, world.sharedKeys)) world.sharedKeys.delete(key.id);
  world.users.remove(user.id);
}
