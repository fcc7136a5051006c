import { createHash, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Json } from '../domain/facets.ts';

const stretch = promisify<string, string, number, Buffer>(scrypt);

/** Tells one attempt from all others without telling the caller's key. */
export function hashParts(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** Tells two inputs apart. Inputs hold passwords and this ends up in a file: so it is made dear to guess. */
export async function fingerprint(input: Json, salt: string): Promise<string> {
  // As JSON says it, and not as it is held: two dates are two texts there.
  const said: Json = JSON.parse(JSON.stringify(input));
  return (await stretch(JSON.stringify(sorted(said)), salt, 32)).toString('base64url');
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
