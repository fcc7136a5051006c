import { isDeepStrictEqual } from 'node:util';
import type { FacetName, Json, JsonObject } from '../../../domain/facets.ts';
import type { Guard, WantedField } from '../../../writing/change.ts';
import { maskJson } from '../settings-mask.ts';
import { own } from './permission-tree.ts';

/** Where in a caller's free JSON a key stands, what it is called, and what shows it. */
export interface Place<State> {
  readonly prefix: string;
  readonly facet: FacetName;
  object(state: State): JsonObject;
}

/**
 * One key of free JSON. A value with a secret in it is told by nobody, before or after; any other is shown with its secrets masked.
 * That compares exactly, since what is wanted has no mask in it. A key that is not there counts as null.
 */
export function jsonField<State>({ prefix, facet, object }: Place<State>, key: string, wanted: Json): WantedField<State> {
  const secret = !isDeepStrictEqual(masked(key, wanted), wanted);
  const current = (state: State): Json => own(object(state), key) ?? null;
  return {
    name: `${prefix}.${key}`,
    facet,
    wanted,
    ...(secret ? { secret } : {}),
    current: secret ? current : (state) => masked(key, current(state)),
  };
}

/** What the caller took it to be, which can only be what was shown to them. */
export const jsonGuard = <State>({ prefix, facet, object }: Place<State>, key: string, expected: Json): Guard<State> => ({
  name: `${prefix}.${key}`,
  facet,
  expected: masked(key, expected),
  current: (state) => masked(key, own(object(state), key) ?? null),
});

/** All other keys, each as it may be shown. */
export const keysBut = <State>({ prefix, object }: Place<State>, state: State, keys: readonly string[]): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(object(state))
      .filter(([key]) => !keys.includes(key))
      .map(([key, value]) => [`${prefix}.${key}`, masked(key, value)]),
  );

const masked = (key: string, value: Json): Json => own(maskJson({ [key]: value }), key) ?? null;
