import { z } from 'zod';
import type { JsonObject } from '../../domain/facets.ts';
import { count32, int32 } from '../../http/whole.ts';

// What Open WebUI sends, releases 0.6.42 to 0.12. Keys that nobody here reads are left out, and with them tokens and keys.
// Whole numbers and dates are as narrow as the field of the graph that shows them.

/** Any object. The text came through `JSON.parse`, so what is inside can only be JSON. */
const AnyObject = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const hasId = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

const text = z.string().nullish();
/** Epoch seconds. */
const seconds = z.number().nullish();

const status = { status_emoji: text, status_message: text, status_expires_at: seconds };
const basics = { id: z.string(), name: z.string(), email: z.string(), role: z.string(), ...status };

/**
 * A row of `/users/all` and `/users/search`. Since 0.8.0 these rows also hold `groups: []` and `is_active: false`, for everybody;
 * the two are constants and therefore not read.
 */
export const OpenWebUISlimUser = z.object({ ...basics, bio: text });
export type OpenWebUISlimUser = z.infer<typeof OpenWebUISlimUser>;

const GroupName = z.object({ id: z.string(), name: z.string() });

/** `/users/{id}/info`, since 0.8.0: here groups and activity are real. */
export const OpenWebUIUserInfo = OpenWebUISlimUser.extend({
  groups: z.array(GroupName),
  is_active: z.boolean(),
  /** Newer than 0.11. */
  last_active_at: seconds,
});
export type OpenWebUIUserInfo = z.infer<typeof OpenWebUIUserInfo>;

/** What a row of the list and the answer for one id have in common. */
export const OpenWebUIUser = OpenWebUISlimUser.extend({
  username: text,
  profile_image_url: text,
  profile_banner_image_url: text,
  gender: text,
  date_of_birth: z.iso.date().nullish(),
  timezone: text,
  presence_state: text,
  info: AnyObject.nullish(),
  settings: AnyObject.nullish(),
  /** By provider; of each entry only `sub` is looked at. */
  oauth: z.record(z.string(), z.unknown()).nullish(),
  /** Since 0.8.3. */
  scim: AnyObject.nullish(),
  last_active_at: seconds,
  updated_at: seconds,
  created_at: seconds,
});
export type OpenWebUIUser = z.infer<typeof OpenWebUIUser>;

/** A row of `/users/`. */
export const OpenWebUIListedUser = OpenWebUIUser.extend({ group_ids: z.array(z.string()) });
export type OpenWebUIListedUser = z.infer<typeof OpenWebUIListedUser>;

/** `/users/{id}`. */
export const OpenWebUIActiveUser = OpenWebUIUser.extend({ groups: z.array(GroupName), is_active: z.boolean() });
export type OpenWebUIActiveUser = z.infer<typeof OpenWebUIActiveUser>;

/** Rows are parsed one by one, so that an odd one does not take the others with it; without an id there is nothing to save. */
export const OpenWebUIUserPage = z.object({
  users: z.array(z.custom<JsonObject & { readonly id: string }>(hasId)),
  total: count32(),
});
export type OpenWebUIUserPage = z.infer<typeof OpenWebUIUserPage>;

/** `/channels/{id}/members`: whole users up to 0.9.6, ten fields of them since 0.10.0. */
export const OpenWebUIChannelMembers = z.object({
  users: z.array(z.object({ id: z.string() })),
  total: count32(),
});

export const OpenWebUIGroupAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: text,
  user_id: text,
  permissions: AnyObject.nullish(),
  member_count: int32().nullish(),
  /** Since 0.12. */
  parent_group_id: text,
  created_at: seconds,
  updated_at: seconds,
});
export type OpenWebUIGroupAnswer = z.infer<typeof OpenWebUIGroupAnswer>;
export const OpenWebUIGroupList = z.array(OpenWebUIGroupAnswer);

export const OpenWebUIPermissions = AnyObject;

/** `/auths/`. It repeats the caller's key as `token`, which is not read. */
export const OpenWebUISession = z.object({ ...basics, profile_image_url: text, bio: text, permissions: AnyObject.nullish() });
export type OpenWebUISession = z.infer<typeof OpenWebUISession>;

export const OpenWebUIVersion = z.object({ version: z.string() });
export const OpenWebUIHealth = z.object({ status: z.boolean() });

/** Text mostly, a list for a body or parameter that does not fit. */
export const OpenWebUIRefusal = z.object({ detail: z.unknown() });
