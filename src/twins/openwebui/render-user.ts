import type { JsonObject } from './json.ts';
import { groupsByNewest } from './render-group.ts';
import type { TwinState } from './state.ts';
import type { UserRecord } from './user-store.ts';
import type { OpenWebUIWorld } from './world.ts';

/** The whole record, secrets in its settings and all. */
export function userModel(user: UserRecord, { can }: OpenWebUIWorld): JsonObject {
  return {
    id: user.id,
    email: user.email,
    username: null,
    role: user.role,
    name: user.name,
    profile_image_url: can.pictureNeverNull ? user.profile_image_url || pictureRoute(user.id) : user.profile_image_url,
    profile_banner_image_url: null,
    bio: user.bio,
    gender: user.gender,
    date_of_birth: user.date_of_birth,
    timezone: user.timezone,
    presence_state: null,
    ...statusOf(user),
    info: user.info,
    settings: user.settings,
    oauth: user.oauth,
    ...(can.scim ? { scim: user.scim } : {}),
    last_active_at: user.last_active_at,
    // Set once, at creation.
    updated_at: user.created_at,
    created_at: user.created_at,
  };
}

/** A row of the list: the record and the ids of the groups, newest first. */
export const userRow = (user: UserRecord, world: OpenWebUIWorld): JsonObject => ({
  ...userModel(user, world),
  group_ids: groupsByNewest(world, user.id).map((group) => group.id),
});

/** The record asked for by id: groups by name, and presence. */
export const userWithPresence = (user: UserRecord, state: TwinState): JsonObject => ({
  ...userModel(user, state.world),
  groups: groupNames(state.world, user.id),
  is_active: isActive(user, state),
});

/** A slim row. Its groups and presence are never filled in, whatever the truth. */
export const userInfo = (user: UserRecord, { can }: OpenWebUIWorld): JsonObject => ({
  ...statusOf(user),
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  ...(can.slimRowExtras ? { bio: user.bio, groups: [], is_active: false } : {}),
});

/** The slim form of one user, where groups and presence are true. */
export const userInfoFilled = (user: UserRecord, state: TwinState): JsonObject => ({
  ...userInfo(user, state.world),
  groups: groupNames(state.world, user.id),
  is_active: isActive(user, state),
  ...(state.world.can.userInfoTellsTimes ? { timezone: user.timezone, last_active_at: user.last_active_at } : {}),
});

export function channelMember(user: UserRecord, state: TwinState): JsonObject {
  const model = userModel(user, state.world);
  const is_active = isActive(user, state);
  if (!state.world.can.channelMembersSlim) return { ...model, is_active };
  const { id, email, name, role, profile_image_url = null, presence_state = null } = model;
  return {
    id: id ?? '',
    email: email ?? '',
    name: name ?? '',
    role: role ?? '',
    profile_image_url,
    presence_state,
    ...statusOf(user),
    is_active,
  };
}

/** Active means: seen within three minutes. */
export const isActive = (user: UserRecord, state: TwinState): boolean => user.last_active_at >= state.seconds() - 180;

export const statusOf = (user: UserRecord): JsonObject => ({
  status_emoji: user.status_emoji,
  status_message: user.status_message,
  status_expires_at: user.status_expires_at,
});

export const pictureRoute = (id: string): string => `/api/v1/users/${id}/profile/image`;

export const groupNames = (world: OpenWebUIWorld, userId: string): JsonObject[] =>
  groupsByNewest(world, userId).map(({ id, name }) => ({ id, name }));
