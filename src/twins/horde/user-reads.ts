import type { Ask } from './ask.ts';
import { intOf } from './bodies.ts';
import { PAGE_SIZE, type UserOrder } from './directory.ts';
import type { Json, JsonObject } from './json.ts';
import type { HordeUser } from './records.ts';
import { unknownKey, userNotFound } from './refusals.ts';
import { dropAbsent, type Privilege, userDetails } from './render-user.ts';
import { uniqueAlias } from './world.ts';

const LAST_PAGE = 10_000;

/** `GET /v2/users`: always as a stranger sees them, nulls and all. */
export function listUsers(ask: Ask): Json {
  const { query } = ask.request;
  const purpose = `Which page of results to return. Each page has ${PAGE_SIZE} users.`;
  const page = Math.max(1, intOf(query.get('page') ?? '1', 'page', purpose));
  // Any word but `age` means kudos, and yet each has a cache of its own.
  const sort = query.get('sort') ?? 'kudos';
  const order: UserOrder = sort === 'age' ? 'age' : 'kudos';
  const exactQuery = [...query].map(([name, value]) => `${name}=${value}`).toSorted();
  // What is remembered here is already masked, so one caller's mask is everybody's answer for ten seconds.
  return ask.cache.remember(`users?${exactQuery.join('&')}`, 10, () => {
    if (page > LAST_PAGE) return [];
    const details = ask.cache.remember(`users ${sort} ${page}`, 300, () =>
      ask.world.users.page(order, page, ask.shiftTies).map((user) => userDetails(ask.world, user, 0, ask.now())),
    );
    return ask.mask(details);
  });
}

/** `GET /v2/users/{id}` */
export function readUser(ask: Ask): Json {
  requireDigits(ask);
  const privilege = privilegeOver(ask, ask.target);
  const details = ask.cache.remember(singleEntry(ask.target, privilege), 30, () => {
    const user = ask.world.users.get(Number(ask.target));
    if (!user) throw userNotFound(ask.path, ask.target);
    return dropAbsent(userDetails(ask.world, user, privilege, ask.now()));
  });
  return ask.mask(details);
}

/** `GET /v2/find_user`: whose key is this? Never more than privilege 1, moderators included. */
export function findUser(ask: Ask): Json {
  const { key } = ask;
  if (key === undefined) throw unknownKey();
  return ask.mask(ask.cache.remember(keyEntry(key), 30, () => detailsByKey(ask, key)));
}

export function requireDigits(ask: Ask): void {
  if (/^\d+$/.test(ask.target)) return;
  throw userNotFound(ask.path, "Please use only the numerical part of the userID. E.g. the '1' in 'db0#1'");
}

/** What a successful write makes the server forget: the usual spelling of the id at each privilege, and the user's own key. */
export function dropUser(ask: Ask, user: HordeUser): void {
  const singles = ([0, 1, 2] as const).map((privilege) => singleEntry(String(user.id), privilege));
  ask.cache.drop(...singles, keyEntry(user.apiKey));
}

const singleEntry = (idText: string, privilege: Privilege): string => `user ${idText} ${privilege}`;
const keyEntry = (key: string): string => `find_user ${key}`;

/** The owner is told by the text of the id, so `03` is not user 3's own. */
function privilegeOver(ask: Ask, idText: string): Privilege {
  if (ask.key === undefined) return 0;
  const caller = ask.world.users.byKey(ask.key);
  if (!caller) throw unknownKey();
  if (caller.roles.moderator) return 2;
  return String(caller.id) === idText ? 1 : 0;
}

function detailsByKey(ask: Ask, key: string): JsonObject {
  const { world } = ask;
  const shared = world.sharedKeys.get(key);
  const user = shared ? world.users.get(shared.ownerId) : world.users.byKey(key);
  if (!user) throw userNotFound(ask.path, key, 'api_key');
  const details = dropAbsent(userDetails(world, user, shared ? 0 : 1, ask.now()));
  if (!shared) return details;
  const name = shared.name === null ? 'Shared Key' : `Shared Key: ${shared.name}`;
  return { ...details, username: `${uniqueAlias(user)} (${name})` };
}
