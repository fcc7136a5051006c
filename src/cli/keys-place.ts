import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type Document, isSeq, parseDocument } from 'yaml';
import { type KeysFileContent, namesInKeysFile, parseKeysFile } from '../access/keys-file.ts';
import type { KeyEntryInput, RollcallKey } from '../access/rollcall-keys.ts';
import { type Config, ConfigError } from '../config.ts';
import { Unusable, whereLooked } from '../config-faults.ts';
import type { CommandOptions } from './commands.ts';
import { readConfiguration } from './configuration.ts';
import { UsageError } from './usage-error.ts';

/** Where keys are remembered. */
export interface KeysPlace {
  /** Null where neither the command line nor the configuration names a keys file. */
  readonly file: string | null;
  /** Those in the configuration itself, which is not ours to change. */
  readonly configured: readonly RollcallKey[];
  /** The ids that scopes may name. Null where no configuration that tells them can be read. */
  readonly sources: ReadonlySet<string> | null;
}

export async function placeOfKeys(
  said: Pick<CommandOptions, 'config' | 'environment'> & { readonly file: string | undefined },
): Promise<KeysPlace> {
  if (said.file !== undefined) return { file: said.file, configured: [], sources: await sourcesIfReadable(said) };
  const config = await readConfiguration(said);
  return { file: config.access.keysFile, configured: config.access.keys, sources: sourcesOf(config) };
}

/** A key must be revocable in a file that is named, whatever state the configuration is in. */
async function sourcesIfReadable(said: Parameters<typeof readConfiguration>[0]): Promise<ReadonlySet<string> | null> {
  try {
    return sourcesOf(await readConfiguration(said));
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** Where none is configured twins may stand in, whose ids are not known here. */
const sourcesOf = ({ sources }: Config): ReadonlySet<string> | null =>
  sources.length === 0 ? null : new Set(sources.map(({ id }) => id));

/** All that are remembered, and why entries of the file are not among them. A missing file is no empty one: it may be elsewhere. */
export async function readKeys({ file, configured, sources }: KeysPlace): Promise<KeysFileContent> {
  if (file === null) return { keys: configured, faults: [] };
  const text = await readIfThere(file);
  if (text === undefined) throw new UsageError(`${file} does not exist; rollcall keys create makes it${whereLooked(file)}.`);
  const { keys, faults } = parseOrSay(file, () => parseKeysFile(text, { others: configured, sources }));
  return { keys: [...configured, ...keys], faults };
}

/** Whether a key or a faulty entry is called so. */
export async function isTaken({ file, configured }: KeysPlace, name: string): Promise<boolean> {
  if (configured.some((key) => key.name === name)) return true;
  if (file === null) return false;
  const text = (await readIfThere(file)) ?? '';
  return parseOrSay(file, () => namesInKeysFile(text)).includes(name);
}

/** What the keys in a file are called, those with a name that is fit to be shown; null where there is no file. */
export async function namesIn(file: string): Promise<readonly string[] | null> {
  const text = await readIfThere(file);
  if (text === undefined) return null;
  const { keys } = parseOrSay(file, () => parseKeysFile(text, { others: [], sources: null }));
  return keys.map(({ name }) => name);
}

/** Makes the file where there is none, and says true then. What else stands in it stays, remarks too. */
export async function addKey(file: string, entry: KeyEntryInput): Promise<boolean> {
  const text = await readIfThere(file);
  const document: Document = parseDocument(text ?? '');
  if (isSeq(document.contents)) {
    // The file may have become `[]` when the last key was revoked.
    document.contents.flow = false;
    document.add(document.createNode(entry));
  } else document.contents = document.createNode([entry]);
  await replace(file, document);
  return text === undefined;
}

/** Takes out every entry of this name, faulty ones too. False where there is none. */
export async function removeKey(file: string, name: string): Promise<boolean> {
  const text = (await readIfThere(file)) ?? '';
  const names = parseOrSay(file, () => namesInKeysFile(text));
  if (!names.includes(name)) return false;
  const document = parseDocument(text);
  // From the end, so that the places of those before stay what they are.
  for (let index = names.length - 1; index >= 0; index -= 1) if (names[index] === name) document.deleteIn([index]);
  await replace(file, document);
  return true;
}

function parseOrSay<Content>(file: string, parse: () => Content): Content {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new UsageError(`${file} cannot be used: it ${error.message}.`);
  }
}

/** Undefined where there is no file. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`${file} cannot be read.`);
  }
}

/** All at once, so that a server never reads half a file. Whoever could read it before still can, and nobody else. */
async function replace(file: string, document: Document): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (stats) => stats.mode & 0o777,
    () => 0o600,
  );
  const draft = `${target}.${process.pid}`;
  try {
    await writeFile(draft, String(document), { mode, flag: 'wx' });
    await rename(draft, target);
  } catch {
    await rm(draft, { force: true });
    throw new UsageError(`${file} cannot be written.`);
  }
}
