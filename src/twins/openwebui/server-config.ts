import { flag, optional, text } from './fields.ts';
import type { Json, JsonObject } from './json.ts';
import type { Capabilities } from './releases.ts';
import { type Field, readForm } from './validation.ts';

/** The switches of the admin panel. Those a release does not know are kept and never shown. */
export type ServerConfig = ReturnType<typeof freshConfig>;

/** A server nobody has signed up to yet. API keys are on, unlike in a real one, so that there is something to call with. */
export const freshConfig = (can: Capabilities) => ({
  SHOW_ADMIN_DETAILS: true,
  // Null or an address. The type is wider than the literal.
  ADMIN_EMAIL: null as string | null,
  WEBUI_URL: '',
  ENABLE_SIGNUP: true,
  ENABLE_API_KEYS: true,
  ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: false,
  API_KEYS_ALLOWED_ENDPOINTS: '',
  DEFAULT_USER_ROLE: 'pending',
  DEFAULT_GROUP_ID: '',
  JWT_EXPIRES_IN: '4w',
  ENABLE_COMMUNITY_SHARING: true,
  ENABLE_MESSAGE_RATING: true,
  ENABLE_FOLDERS: true,
  FOLDER_MAX_FILE_COUNT: '',
  AUTOMATION_MAX_COUNT: '',
  AUTOMATION_MIN_INTERVAL: '',
  ENABLE_AUTOMATIONS: true,
  ENABLE_CHANNELS: false,
  CHANNEL_MODEL_RESPONSE_MODE: 'thread',
  ENABLE_CALENDAR: true,
  ENABLE_MEMORIES: true,
  ENABLE_MEMORY_SYSTEM_CONTEXT: true,
  ENABLE_NOTES: true,
  ENABLE_USER_WEBHOOKS: !can.newerServerSwitches,
  ENABLE_USER_STATUS: true,
  PENDING_USER_OVERLAY_TITLE: '',
  PENDING_USER_OVERLAY_CONTENT: '',
  RESPONSE_WATERMARK: '',
});

export function visibleConfig(config: ServerConfig, can: Capabilities): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([key]) => isKnown(key, can)));
}

/** Takes over a posted configuration: everything that is not optional must be there. */
export function saveConfig(config: ServerConfig, body: Buffer, can: Capabilities): void {
  const fields: Record<string, Field<Json | undefined>> = {};
  for (const [key, value] of Object.entries(config)) {
    if (!isKnown(key, can)) continue;
    const field: Field<Json> = typeof value === 'boolean' ? flag : text;
    fields[key] = isOptional.has(key) ? optional(field, undefined) : field;
  }
  const given = Object.entries(readForm(body, fields)).filter(([, value]) => value !== undefined);
  Object.assign(config, Object.fromEntries(given));
}

const isKnown = (key: string, can: Capabilities): boolean =>
  key === 'ENABLE_USER_STATUS' ? can.userStatusSwitch : can.newerServerSwitches || !newer.has(key);

const newer = new Set([
  'ADMIN_EMAIL',
  'FOLDER_MAX_FILE_COUNT',
  'AUTOMATION_MAX_COUNT',
  'AUTOMATION_MIN_INTERVAL',
  'ENABLE_AUTOMATIONS',
  'CHANNEL_MODEL_RESPONSE_MODE',
  'ENABLE_CALENDAR',
  'ENABLE_MEMORIES',
  'ENABLE_MEMORY_SYSTEM_CONTEXT',
]);

const isOptional = new Set([
  'ADMIN_EMAIL',
  'FOLDER_MAX_FILE_COUNT',
  'AUTOMATION_MAX_COUNT',
  'AUTOMATION_MIN_INTERVAL',
  'CHANNEL_MODEL_RESPONSE_MODE',
  'PENDING_USER_OVERLAY_TITLE',
  'PENDING_USER_OVERLAY_CONTENT',
  'RESPONSE_WATERMARK',
]);
