import type { Json, JsonObject } from '../../../domain/facets.ts';

// Permissions as stored: sections of keys. Every step makes new objects, by entries, since any text may be a key.

export function grantAt(tree: JsonObject, section: string, key: string): Json | undefined {
  const keys = own(tree, section);
  return isObject(keys) ? own(keys, key) : undefined;
}

/** `section.key` and what stands there, for all that are not among those. */
export function grantsBut(tree: JsonObject, isAmong: (section: string, key: string) => boolean): Record<string, Json> {
  const grants = Object.entries(tree).flatMap(([section, keys]) =>
    Object.entries(isObject(keys) ? keys : {})
      .filter(([key]) => !isAmong(section, key))
      .map(([key, value]): [string, Json] => [`${section}.${key}`, value]),
  );
  return Object.fromEntries(grants);
}

/** Undefined takes the key out. What is no object where a section should be gives way. */
export function withGrant(tree: JsonObject, section: string, key: string, value: Json | undefined): JsonObject {
  const keys = own(tree, section);
  return withKey(tree, section, withKey(isObject(keys) ? keys : {}, key, value));
}

/** Undefined takes the key out. */
export function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}

export const own = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
