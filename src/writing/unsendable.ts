import type { Json } from '../domain/facets.ts';
import type { Fault } from './refusals.ts';

/**
 * What of an input no source could keep: texts that sources fail on, some of them half way, since halves of characters are in no encoding
 * and a NUL ends a text for databases; and numbers beyond all that JSON has, which would be sent as null. Each by its place; where a
 * key of free JSON is at fault, by the place of its object.
 */
export function findUnsendable(value: Json | undefined, place: readonly string[] = []): Fault[] {
  if (typeof value === 'string') return isWhole(value) ? [] : [faultAt(place, 'Text without NUL and without half characters.')];
  if (typeof value === 'number')
    return Number.isFinite(value) ? [] : [faultAt(place, 'A number that is not too large to be sent.')];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const named = entries.filter(([key]) => isWhole(key));
  const inner = named.flatMap(([key, each]) => findUnsendable(each, [...place, key]));
  return named.length === entries.length ? inner : [faultAt(place, 'Keys without NUL and without half characters.'), ...inner];
}

const faultAt = (place: readonly string[], message: string): Fault => ({ field: place.join('.') || 'input', message });

const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
