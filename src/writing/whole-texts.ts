import type { Json } from '../domain/facets.ts';
import type { Fault } from './refusals.ts';

/**
 * The texts of an input that sources fail on, some of them half way: halves of characters are in no encoding, and a NUL ends a text for
 * databases. Each by its place; where a key of free JSON is at fault, by the place of its object.
 */
export function findBrokenTexts(value: Json | undefined, place: readonly string[] = []): Fault[] {
  if (typeof value === 'string') return isWhole(value) ? [] : [faultAt(place, 'Text without NUL and without half characters.')];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const named = entries.filter(([key]) => isWhole(key));
  const inner = named.flatMap(([key, each]) => findBrokenTexts(each, [...place, key]));
  return named.length === entries.length ? inner : [faultAt(place, 'Keys without NUL and without half characters.'), ...inner];
}

const faultAt = (place: readonly string[], message: string): Fault => ({ field: place.join('.') || 'input', message });

const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
