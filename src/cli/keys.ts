import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { createKey, KeyEntry, type KeyEntryInput } from '../access/rollcall-keys.ts';
import { formatScope, narrow, parseScope } from '../access/scopes.ts';
import { unknownSources } from '../access/settings.ts';
import { explain, whereLooked } from '../config-faults.ts';
import { withoutAbsent } from './configuration.ts';
import { addKey, isTaken, type KeysPlace, namesIn, placeOfKeys, readKeys, removeKey } from './keys-place.ts';
import { UsageError } from './usage-error.ts';

const usage = `rollcall keys: what people and programs show to be known to this Rollcall

  rollcall keys create --name NAME --scopes LIST   make a key, print it this once, and remember its hash
  rollcall keys list                               print what is remembered of every key
  rollcall keys revoke --name NAME                 forget a key; a server that runs sees it within seconds

Options
  --scopes LIST     read, read:private, read:privileged, write, write:admin, each also for one source: read@webui
  --sources LIST    create: narrow every scope to these sources
  --expires DAY     create: until when, such as 2027-01-01 or 2027-01-01T12:00:00Z
  --file FILE       the keys file (default: access.keysFile of the configuration; without either, create prints the entry)
  --config FILE     the configuration (default: rollcall.yaml in this folder, if there is one)

Paths are taken from this folder, those in the configuration too, wherever that lies.
`;

const options = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  sources: { type: 'string' },
  expires: { type: 'string' },
  file: { type: 'string' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const acts: Readonly<Record<string, (place: KeysPlace, values: Values) => Promise<void>>> = { create, list, revoke };

/** `rollcall keys …`, with the arguments that follow. */
export async function keys(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [name = '', ...others] = positionals;
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (values.help) process.stdout.write(usage);
  else if (act === undefined || others.length > 0) throw new UsageError(usage);
  else
    await act(await placeOfKeys({ ...{ file: undefined, config: environment.ROLLCALL_CONFIG }, ...values, environment }), values);
  return 0;
}

async function create(place: KeysPlace, values: Values): Promise<void> {
  const { key, id, hash } = createKey();
  const { name, scopes, ...rest } = entryOf(values);
  const entry = { name, id, hash, scopes, ...rest };
  const parsed = KeyEntry.safeParse(entry);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => `--${explain(issue, [])}`).join('\n'));
  if (parsed.data.expiresAt !== null && parsed.data.expiresAt.getTime() <= Date.now())
    throw new UsageError('--expires: is past already, so that nobody could use the key.');
  checkSources(entry, place.sources);
  if (await isTaken(place, name)) {
    throw new UsageError(`There is a key called ${name} already. Revoke it first, or choose another name.`);
  }
  if (place.file === null) {
    const note = '# Kept nowhere yet. The entry belongs under access.keys of the configuration, or into a keys file:';
    process.stdout.write(`${key}\n\n${note}\n${stringify([entry])}`);
    return;
  }
  const isNew = await addKey(place.file, entry);
  process.stdout.write(`${key}\n`);
  if (isNew) process.stderr.write(`${place.file} did not exist and was made in ${dirname(resolve(place.file))}.\n`);
  process.stderr.write(`${place.file} remembers ${name} by a hash. The key itself is shown this once.\n`);
}

/** Looks at what was said, not at what is left of it: scopes outside of --sources are gone from the key itself. */
function checkSources({ scopes, sources = [] }: KeyEntryInput, known: KeysPlace['sources']): void {
  const grants = scopes.map(parseScope).filter((grant) => grant !== null);
  const named = [...grants, ...narrow([{ scope: 'read', source: null }], sources)];
  if (known === null) {
    if (named.some(({ source }) => source !== null))
      process.stderr.write('No configuration tells which sources there are, so those of the key were not checked.\n');
    return;
  }
  const faults = unknownSources(named, known);
  if (faults.length > 0) throw new UsageError(`${faults.join('; ')}. There are: ${[...known].join(', ')}.`);
}

function entryOf({ name, scopes, sources, expires }: Values): Omit<KeyEntryInput, 'hash'> {
  if (name === undefined || scopes === undefined) throw new UsageError('A key needs --name and --scopes.');
  const narrowed = sources === undefined ? undefined : words(sources);
  return { name, scopes: words(scopes), ...withoutAbsent({ sources: narrowed, expires }) };
}

/** Names, ids, scopes and ends, with tabs between. What a server would leave out is told beside it. */
async function list(place: KeysPlace): Promise<void> {
  const { keys, faults } = await readKeys(place);
  for (const { name, id, scopes, expiresAt } of keys) {
    const hasEnded = expiresAt !== null && expiresAt.getTime() <= Date.now();
    const end = expiresAt === null ? 'for good' : `${hasEnded ? 'expired' : 'until'} ${expiresAt.toISOString()}`;
    process.stdout.write(`${[name, id ?? '-', scopes.map(formatScope).join(',') || '-', end].join('\t')}\n`);
  }
  for (const fault of faults) process.stderr.write(`Left out: ${fault}.\n`);
}

async function revoke({ file, configured }: KeysPlace, { name }: Values): Promise<void> {
  if (name === undefined) throw new UsageError('Say which key: --name.');
  if (file !== null && (await removeKey(file, name))) {
    process.stderr.write(`${name} is revoked.\n`);
    return;
  }
  if (configured.some((key) => key.name === name))
    throw new UsageError(`${name} stands in the configuration itself: take it out of access.keys there, and restart.`);
  const where = file === null ? 'Say which one: --file, or access.keysFile of the configuration.' : await whatIsIn(file);
  throw new UsageError(`No keys file knows a key called ${name}. ${where}`);
}

/** For whoever looks for a key there in vain. */
async function whatIsIn(file: string): Promise<string> {
  const names = await namesIn(file);
  if (names === null) return `${file} does not exist${whereLooked(file)}.`;
  return names.length === 0 ? `${file} has none.` : `${file} has: ${names.join(', ')}.`;
}

const words = (text: string): string[] => text.split(',').map((word) => word.trim());
