import type { Json, JsonObject } from '../../src/domain/facets.ts';
import type { AccountRecord } from '../../src/sources/contract.ts';
import type { OpenWebUITwin } from '../../src/twins/openwebui/index.ts';

const roles: Record<string, string> = { admin: 'ADMIN', user: 'USER', pending: 'PENDING', banned: 'BANNED' };
const date = (seconds: number | null): Date | null => (seconds === null ? null : new Date(seconds * 1000));

/** What the world holds of a user, in the words of the domain, restricted to what slim rows tell. */
export function slimTruth(twin: OpenWebUITwin, id: string): AccountRecord {
  const user = userOf(twin, id);
  return {
    identity: { username: user.name, displayName: user.name },
    email: user.email,
    // The table above holds roles of the domain only.
    role: {
      role: (roles[user.role] ?? 'UNKNOWN') as 'USER',
      nativeRole: user.role,
      bypassesGrants: user.role === 'admin',
      isShutOut: !['admin', 'user'].includes(user.role),
    },
    userStatus: { emoji: user.status_emoji, message: user.status_message, expiresAt: date(user.status_expires_at) },
    ...(twin.world.can.slimRowExtras ? { bio: user.bio } : {}),
  };
}

/** A row of the list. */
export function listedTruth(twin: OpenWebUITwin, id: string): AccountRecord {
  const user = userOf(twin, id);
  const { can } = twin.world;
  const picture = can.pictureNeverNull ? user.profile_image_url || `/api/v1/users/${id}/profile/image` : user.profile_image_url;
  const settings = user.settings === null ? null : (masked(user.settings) as JsonObject);
  return {
    ...slimTruth(twin, id),
    bio: user.bio,
    avatar: { url: picture },
    registration: { createdAt: date(user.created_at), text: null },
    presence: {
      lastActiveAt: date(user.last_active_at),
      text: null,
      isActive: user.last_active_at >= Math.floor(Date.now() / 1000) - 180,
    },
    openWebUIDetails: {
      gender: user.gender,
      dateOfBirth: user.date_of_birth,
      timezone: user.timezone,
      profileBannerImageUrl: null,
      presenceState: null,
      username: null,
      updatedAt: date(user.created_at),
      scim: can.scim ? user.scim : null,
    },
    info: user.info,
    oauth: Object.entries(user.oauth ?? {}).map(([provider, entry]) => ({ provider, subject: (entry as { sub: string }).sub })),
    settings: settings === null ? null : { all: settings, ui: (settings.ui ?? null) as JsonObject | null },
    groupIds: groupsByNewest(twin, id).map((group) => group.id),
  };
}

/** The answer for one id. */
export const wholeTruth = (twin: OpenWebUITwin, id: string): AccountRecord => ({
  ...listedTruth(twin, id),
  groups: groupsByNewest(twin, id).map((group) => ({ id: group.id, name: group.name })),
});

function userOf(twin: OpenWebUITwin, id: string) {
  const user = twin.world.users.get(id);
  if (user === undefined) throw new Error(`nobody in this world is called ${id}`);
  return user;
}

function groupsByNewest(twin: OpenWebUITwin, id: string) {
  const own = new Set(twin.world.groups.groupsOf(id).map((group) => group.id));
  return twin.world.groups.all().filter((group) => own.has(group.id));
}

/** The secret places of the sample settings, by name. */
function masked(value: unknown, name = ''): Json {
  if (['key', 'headers', 'oauth_client_info', 'OPENAI_API_KEYS', 'webhook_url'].includes(name)) return '[masked]';
  if (Array.isArray(value)) return value.map((inner) => masked(inner));
  // Settings are JSON: what is neither list nor object is a plain value.
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, key)]));
}
