import type { OAuthIdentity, OpenWebUIDetails, OpenWebUIGroup, UserStatus } from '../../domain/accounts/openwebui.ts';
import type { Identity, JsonObject, Presence, Role, RoleClaim, UserSettings } from '../../domain/facets.ts';
import { maskJson, maskSettings } from './settings-mask.ts';
import type { OpenWebUIGroupAnswer, OpenWebUISlimUser, OpenWebUIUser } from './wire.ts';

const roles: Readonly<Record<string, Role>> = {
  admin: 'ADMIN',
  moderator: 'MODERATOR',
  user: 'USER',
  pending: 'PENDING',
  banned: 'BANNED',
};

/** The server stores any text as a role. It lets nobody but `user` and `admin` in, and lets `admin` past every permission. */
export const toRole = (role: string): RoleClaim => ({
  role: Object.hasOwn(roles, role) ? (roles[role] ?? 'UNKNOWN') : 'UNKNOWN',
  nativeRole: role,
  bypassesGrants: role === 'admin',
  isShutOut: role !== 'admin' && role !== 'user',
});

/** There is a column for a username, and no release writes it: people go by their name, which need not be unique. */
export const toIdentity = (user: { name: string; username?: string | null | undefined }): Identity => ({
  username: user.username ?? user.name,
  displayName: user.name,
});

export const toUserStatus = (user: OpenWebUISlimUser): UserStatus => ({
  emoji: user.status_emoji ?? null,
  message: user.status_message ?? null,
  expiresAt: toDate(user.status_expires_at),
});

export const toDetails = (user: OpenWebUIUser): OpenWebUIDetails => ({
  gender: user.gender ?? null,
  dateOfBirth: user.date_of_birth ?? null,
  timezone: user.timezone ?? null,
  profileBannerImageUrl: user.profile_banner_image_url ?? null,
  presenceState: user.presence_state ?? null,
  username: user.username ?? null,
  updatedAt: toDate(user.updated_at),
  scim: toMaskedJson(user.scim),
});

export const toMaskedJson = (value: JsonObject | null | undefined): JsonObject | null => (value ? maskJson(value) : null);

export function toSettings(settings: JsonObject | null | undefined): UserSettings | null {
  if (!settings) return null;
  const all = maskSettings(settings);
  const ui = all.ui;
  return { all, ui: isObject(ui) ? ui : null };
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Providers whose entry holds no subject say nothing about who the user is there. */
export function toOAuth(oauth: Readonly<Record<string, unknown>> | null | undefined): OAuthIdentity[] {
  return Object.entries(oauth ?? {}).flatMap(([provider, entry]) => {
    const subject = isObject(entry) ? entry.sub : undefined;
    return typeof subject === 'string' || typeof subject === 'number' ? [{ provider, subject: String(subject) }] : [];
  });
}

/** Who did something within the last three minutes counts as active. */
const activeSeconds = 180;

/** As the server itself works it out, by its own clock. */
export function toPresence(lastActiveAt: number | null | undefined, serverTime: Date): Presence {
  const seconds = lastActiveAt ?? null;
  const isActive = seconds === null ? null : seconds >= Math.floor(serverTime.getTime() / 1000) - activeSeconds;
  return { lastActiveAt: toDate(seconds), text: null, isActive };
}

export const toGroup = (group: OpenWebUIGroupAnswer): OpenWebUIGroup => ({
  id: group.id,
  name: group.name,
  description: group.description ?? '',
  creatorId: group.user_id ?? null,
  parentGroupId: group.parent_group_id ?? null,
  memberCount: group.member_count ?? null,
  permissions: group.permissions ?? null,
  createdAt: toDate(group.created_at),
  updatedAt: toDate(group.updated_at),
});

/** From epoch seconds. A status may carry any number; one that no calendar reaches is as good as none. */
export function toDate(seconds: number | null | undefined): Date | null {
  if (seconds === null || seconds === undefined) return null;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
