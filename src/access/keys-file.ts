import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { explain, Unusable, wording } from '../config-faults.ts';
import { faultsBeside, KeyEntry, keyPattern, namePattern, type RollcallKey } from './rollcall-keys.ts';
import { unknownSources } from './settings.ts';

export interface KeysFileContent {
  readonly keys: readonly RollcallKey[];
  /** Why the other entries are left out, each a sentence with the entry's name and nothing secret. */
  readonly faults: readonly string[];
}

/** What an entry must fit besides being one. */
export interface Surroundings {
  /** The keys of the configuration. */
  readonly others: readonly RollcallKey[];
  /** Null where nobody knows which there are. */
  readonly sources: ReadonlySet<string> | null;
}

/**
 * The file is a list of entries; an empty one gives nobody a key. A faulty entry costs only itself: were the whole file
 * refused for it, keys that somebody takes out would go on being accepted.
 */
export function parseKeysFile(text: string, { others, sources }: Surroundings): KeysFileContent {
  const keys: RollcallKey[] = [];
  const faults: string[] = [];
  for (const [index, entry] of entriesOf(text).entries()) {
    const label = labelOf(entry, index);
    const parsed = KeyEntry.safeParse(entry, { error: wording });
    const found = parsed.success
      ? [
          ...faultsBeside(parsed.data, [...others, ...keys]),
          ...(sources === null ? [] : unknownSources(parsed.data.scopes, sources).map((fault) => `${label}: ${fault}`)),
        ]
      : parsed.error.issues.map((issue) => explain(issue, [label]));
    if (parsed.success && found.length === 0) keys.push(parsed.data);
    faults.push(...found);
  }
  return { keys, faults };
}

/** The names of all entries in their order, faulty ones too. Null for one without. */
export function namesInKeysFile(text: string): (string | null)[] {
  return entriesOf(text).map(nameOf);
}

/** Throws for a whole file that tells nothing about keys, in a sentence that quotes nothing of it. */
function entriesOf(text: string): unknown[] {
  const list = z.array(z.unknown()).safeParse(parseDocument(text) ?? []);
  if (!list.success) throw new Unusable('is not a list of keys');
  return list.data;
}

function parseDocument(text: string): unknown {
  try {
    // The library's warnings would quote the file.
    return parseYaml(text, { logLevel: 'error' });
  } catch {
    throw new Unusable('is not valid YAML');
  }
}

const Named = z.looseObject({ name: z.string() });

function nameOf(entry: unknown): string | null {
  const named = Named.safeParse(entry);
  return named.success ? named.data.name : null;
}

/** What stands in place of a name may be anything, even a key: then the entry is told by its place. */
function labelOf(entry: unknown, index: number): string {
  const name = nameOf(entry);
  return name !== null && namePattern.test(name) && !keyPattern.test(name) ? name : `entry ${index + 1}`;
}
