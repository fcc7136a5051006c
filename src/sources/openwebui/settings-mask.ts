import { LRUCache } from 'lru-cache';
import type { Json, JsonObject } from '../../domain/facets.ts';

/** Stands wherever a secret was, whatever its kind and length. */
export const mask = '[masked]';

/** Deeper than any settings page writes; what lies below cannot be looked through without end. */
const deepest = 48;

/** Settings as they may be shown. `notifications` beside `ui` holds addresses to which anybody may post. */
export function maskSettings(settings: JsonObject): JsonObject {
  const { notifications, ...rest } = settings;
  return maskObject({ ...rest, ...(notifications === undefined ? {} : { notifications: hide(notifications) }) }, 0);
}

/**
 * Free JSON without what looks like a secret: everything under a key that is named like one, whole lists and objects included
 * (tool servers' `key`, `headers` and `oauth_client_info`, `OPENAI_API_KEYS`, `webhook_url`), and in any text the credentials
 * of an address and API keys. True, false, null and counts stay: `max_tokens` is no token.
 */
export const maskJson = (value: JsonObject): JsonObject => maskObject(value, 0);

function maskObject(value: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecretName(key) ? hide(inner) : maskValue(inner, depth + 1)]),
  );
}

function maskValue(value: Json, depth: number): Json {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return mask;
  if (isList(value)) return value.map((inner) => maskValue(inner, depth + 1));
  return maskObject(value, depth);
}

// `Array.isArray` does not narrow a readonly list by itself.
const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);

const hide = (value: Json): Json => (value === null || typeof value === 'boolean' ? value : mask);

const secretWord = new RegExp(
  [
    '^(api|access|secret|private|client|auth|service|signing|encryption|license)?keys?$',
    '(token|secret|password|passwd|credential)s?$',
    '^(pass|pwd|passphrase|passcode|otp|totp|jwt|bearer|authorization|oauth|cookies?|headers|webhooks?|webhookurls?)$',
  ].join('|'),
);
const countWord = /^(max|min|num|count|limit|total|budget|usage|keep)$/;

/** Users' settings have much the same names over and over. */
const judged = new LRUCache<string, boolean>({ max: 2_000 });

function isSecretName(name: string): boolean {
  if (name.length > longestRemembered) return soundsSecret(name);
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isSecret = soundsSecret(name);
  judged.set(name, isSecret);
  return isSecret;
}

const longestRemembered = 100;

function soundsSecret(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => countWord.test(word)) && words.some((word) => /^tokens?$/.test(word))) return false;
  // `auth_type` says how one signs in, not with what.
  if (words.at(-1) === 'type') return false;
  return words.at(-1) === 'auth' || words.some((word) => secretWord.test(word));
}

/** `OPENAI_API_KEYS`, `apiKey`, `x-api-key` and `APIKey` all end in the word `key` or `keys`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** Each pattern starts with fixed characters that its own repetition excludes, so long hostile texts take linear time. */
function maskText(text: string): string {
  // Nearly every text: nothing in it begins like any of these.
  if (!/:\/\/|[?&]|sk-/.test(text)) return text;
  return text
    .replace(/:\/\/[^\s/?#]+@/g, `://${mask}@`)
    .replace(/([?&])([^=&?#\s]{1,64})=([^&#\s]*)/g, (whole, mark: string, name: string) =>
      isSecretName(name) ? `${mark}${name}=${mask}` : whole,
    )
    .replace(/\bsk-[A-Za-z0-9_-]{16,}/g, mask);
}
