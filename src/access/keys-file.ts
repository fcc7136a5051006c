import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { explain } from '../config-faults.ts';
import { faultsAmong, KeyEntry, type RollcallKey } from './rollcall-keys.ts';
import { unknownSources } from './settings.ts';

/** Why a keys file cannot be used. Its sentences quote nothing of the file but names. */
export class KeysFileError extends Error {
  override readonly name = 'KeysFileError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('; '));
    this.faults = faults;
  }
}

/** The file is a list of entries; an empty one gives nobody a key. */
export function parseKeysFile(text: string): RollcallKey[] {
  const parsed = z.array(KeyEntry).safeParse(parseDocument(text) ?? []);
  if (!parsed.success) throw new KeysFileError(parsed.error.issues.map((issue) => explain(issue, [])));
  const faults = faultsAmong(parsed.data);
  if (faults.length > 0) throw new KeysFileError(faults);
  return parsed.data;
}

/** The same beside the keys of the configuration, on its sources. */
export function parseKeysBeside(text: string, others: readonly RollcallKey[], sources: ReadonlySet<string>): RollcallKey[] {
  const keys = parseKeysFile(text);
  const faults = [
    ...faultsAmong([...others, ...keys]),
    ...keys.flatMap(({ name, scopes }) => unknownSources(scopes, sources).map((fault) => `${name}: ${fault}`)),
  ];
  if (faults.length > 0) throw new KeysFileError(faults);
  return keys;
}

function parseDocument(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    throw new KeysFileError(['it is not valid YAML']);
  }
}
