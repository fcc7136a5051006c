import { type Ask, requireCaller } from './ask.ts';
import { readFields, readInt } from './bodies.ts';
import { DAY, formatRfc2822 } from './dates.ts';
import type { Json, JsonObject } from './json.ts';
import { newSharedKey } from './new-records.ts';
import type { HordeSharedKey, HordeUser } from './records.ts';
import { anonymousForbidden, refuse, unknownSharedKey } from './refusals.ts';
import { dropUser } from './user-reads.ts';
import { type HordeWorld, ownedBy, uniqueAlias } from './world.ts';

/** `GET /v2/sharedkeys/{id}`: needs no key, though the id is one itself. Remembered masked, and forgotten by no write. */
export const readSharedKey = (ask: Ask): Json =>
  ask.cache.remember(`sharedkey ${ask.target}`, 60, () => ask.mask(sharedKeyDetails(ask.world, find(ask))));

/** `PUT /v2/sharedkeys` */
export function makeSharedKey(ask: Ask): Json {
  const wanted = readWanted(ask);
  const owner = requireCaller(ask, 'User API key.');
  if (owner.id === 0) throw anonymousForbidden('AnonForbidden');
  const most = mostKeysOf(owner);
  if (ownedBy(owner, ask.world.sharedKeys).length >= most)
    throw refuse(403, `You cannot have more than ${most} shared keys.`, 'Forbidden');
  const key = newSharedKey({ id: ask.world.random.uuid(), ownerId: owner.id, ...wanted });
  ask.world.sharedKeys.set(key.id, key);
  dropUser(ask, owner);
  return ask.mask(sharedKeyDetails(ask.world, key));
}

/** `PATCH /v2/sharedkeys/{id}` */
export function changeSharedKey(ask: Ask): Json {
  const wanted = readWanted(ask);
  const caller = requireCaller(ask, 'User API key.');
  const key = findOwn(ask, caller);
  if (Object.keys(wanted).length === 0) throw refuse(400, 'No shared key modification selected!', 'NoSharedKeyModSelected');
  Object.assign(key, wanted);
  return ask.mask(sharedKeyDetails(ask.world, key));
}

/** `DELETE /v2/sharedkeys/{id}` */
export function deleteSharedKey(ask: Ask): Json {
  const caller = requireCaller(ask, 'User API key.');
  const key = findOwn(ask, caller);
  ask.world.sharedKeys.delete(key.id);
  dropUser(ask, caller);
  return ask.mask({ message: 'OK' });
}

export function sharedKeyDetails(world: HordeWorld, key: HordeSharedKey): JsonObject {
  const owner = world.users.get(key.ownerId);
  return {
    id: key.id,
    ...(owner ? { username: uniqueAlias(owner) } : {}),
    ...(key.name === null ? {} : { name: key.name }),
    kudos: key.kudos,
    ...(key.expiresAt === null ? {} : { expiry: formatRfc2822(key.expiresAt) }),
    utilized: key.utilized,
    max_image_pixels: key.maxImagePixels,
    max_image_steps: key.maxImageSteps,
    max_text_tokens: key.maxTextTokens,
  };
}

/** An unknown id is told as a key nobody has. */
function find(ask: Ask): HordeSharedKey {
  const key = ask.world.sharedKeys.get(ask.target);
  if (!key) throw unknownSharedKey();
  return key;
}

/** Moderators are not exempt. */
function findOwn(ask: Ask, caller: HordeUser): HordeSharedKey {
  const key = find(ask);
  if (key.ownerId === caller.id) return key;
  const owner = ask.world.users.get(key.ownerId);
  const belongs = `Shared Key ${key.id} belongs to ${owner ? uniqueAlias(owner) : 'nobody'} and not to ${uniqueAlias(caller)}.`;
  throw refuse(403, belongs, 'Forbidden');
}

function mostKeysOf({ roles }: HordeUser): number {
  if (roles.trusted) return 10;
  return roles.education ? 1000 : 3;
}

type Wanted = Partial<
  Pick<HordeSharedKey, 'name' | 'kudos' | 'expiresAt' | 'maxImagePixels' | 'maxImageSteps' | 'maxTextTokens'>
>;

/** What the body names, and nothing else. The documented bounds are not enforced. */
function readWanted(ask: Ask): Wanted {
  const fields = readFields(ask.request);
  const int = (name: string): number | undefined => readInt(fields, name, `The ${name} of the shared key.`, undefined);
  const days = int('expiry');
  const wanted = {
    kudos: int('kudos'),
    expiresAt: days === undefined ? undefined : days < 0 ? null : ask.now() + days * DAY,
    name: typeof fields.name === 'string' ? fields.name : undefined,
    maxImagePixels: int('max_image_pixels'),
    maxImageSteps: int('max_image_steps'),
    maxTextTokens: int('max_text_tokens'),
  };
  // Only what is undefined is taken out, and that is what Partial means.
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Wanted;
}
