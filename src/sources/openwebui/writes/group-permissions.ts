import type { JsonObject } from '../../../domain/facets.ts';
import type { WantedField } from '../../../writing/change.ts';
import type { Fault } from '../../../writing/refusals.ts';
import type { OpenWebUIGroupAnswer } from '../wire.ts';
import { grantAt, isObject, withGrant } from './permission-tree.ts';

export type GroupField = WantedField<OpenWebUIGroupAnswer>;

export const storedPermissions = (group: OpenWebUIGroupAnswer): JsonObject => group.permissions ?? {};

/**
 * Sections of keys, each true or false and nothing else: with an object where the defaults have a plain value, the source fails
 * for every member, at sign-in too.
 */
export function checkPermissions(permissions: JsonObject | null | undefined, mayRemove: boolean): Fault[] {
  return Object.entries(permissions ?? {}).flatMap(([section, keys]): Fault[] => {
    if (!isObject(keys)) return [{ field: `permissions.${section}`, message: 'A section is an object of keys.' }];
    return Object.entries(keys)
      .filter(([, value]) => typeof value !== 'boolean' && !(mayRemove && value === null))
      .map(([key]) => ({
        field: `permissions.${section}.${key}`,
        message: mayRemove ? 'It is true, false, or null to take it out.' : 'It is true or false.',
      }));
  });
}

/** All that the group grants, in one. */
export const wholePermissions = (wanted: JsonObject): GroupField => ({
  name: 'permissions',
  facet: 'openWebUIGroup',
  wanted,
  current: storedPermissions,
});

/** A field for each key that is named; null stands for a key that is not there. */
export function singlePermissions(wanted: JsonObject): GroupField[] {
  return keysOf(wanted).map(([section, key]) => ({
    name: `permissions.${section}.${key}`,
    facet: 'openWebUIGroup',
    wanted: grantAt(wanted, section, key) ?? null,
    current: (group) => grantAt(storedPermissions(group), section, key) ?? null,
  }));
}

/** What is stored, with the named keys changed or taken out. */
export const merged = (stored: JsonObject, wanted: JsonObject): JsonObject =>
  keysOf(wanted).reduce(
    (tree, [section, key]) => withGrant(tree, section, key, grantAt(wanted, section, key) ?? undefined),
    stored,
  );

const keysOf = (tree: JsonObject): [section: string, key: string][] =>
  Object.entries(tree).flatMap(([section, keys]) =>
    isObject(keys) ? Object.keys(keys).map((key): [string, string] => [section, key]) : [],
  );
