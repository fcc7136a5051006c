import { z } from 'zod';
import type { SourceKind } from './sources/contract.ts';

/** Outside of sources: section, key, variable, and how its text is read. */
const variables = [
  ['server', 'host', 'HOST', asText],
  ['server', 'port', 'PORT', asNumber],
  ['log', 'level', 'LOG_LEVEL', asText],
  ['access', 'keysFile', 'ROLLCALL_KEYS_FILE', asText],
  ['access', 'allowAnonymous', 'ROLLCALL_ALLOW_ANONYMOUS', asSwitch],
] as const;

/** Lays what environment variables say over what the file says. They can name one source of each kind. */
export function readEnvironment(file: unknown, environment: NodeJS.ProcessEnv, kinds: readonly SourceKind[]): unknown {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
  const base: Record<string, unknown> = { ...file };
  const said = (section: string): object =>
    Object.fromEntries(variables.flatMap(([of, key, name, read]) => (of === section ? [[key, read(environment[name])]] : [])));
  const sections = [...new Set(variables.map(([section]) => section))];
  return {
    ...base,
    ...Object.assign({}, ...sections.map((section) => layOver(base, section, { ...said(section) }))),
    sources: withSources(base.sources ?? [], kinds, environment),
  };
}

/** The fault, with the variable in front where a variable has said, or could say, what stands at its key. */
export function nameVariable(
  fault: string,
  input: unknown,
  environment: NodeJS.ProcessEnv,
  kinds: readonly SourceKind[],
): string {
  const [key = ''] = fault.split(':', 1);
  const variable = variables.find(([section, name]) => key === `${section}.${name}`)?.[2] ?? sourceVariable(key, input, kinds);
  if (variable === undefined) return fault;
  const prefix = key.startsWith('sources.') ? variable.slice(0, variable.indexOf('_') + 1) : variable;
  // Who sets one variable of a source is told of those that are missing, too.
  const isUsed = Object.entries(environment).some(([name, text]) => name.startsWith(prefix) && text !== '');
  return isUsed ? `${variable} (${key})${fault.slice(key.length)}` : fault;
}

/** `sources.0.url` of the source that variables can set. */
function sourceVariable(key: string, input: unknown, kinds: readonly SourceKind[]): string | undefined {
  const [, index, setting] = /^sources\.(\d+)\.(\w+)$/.exec(key) ?? [];
  const { sources } = asObject(input);
  if (index === undefined || setting === undefined || !Array.isArray(sources)) return undefined;
  const { id } = asObject(sources[Number(index)]);
  const kind = kinds.find(({ environment }) => environment.id === id);
  const settable = kind !== undefined && settingNames(kind).includes(setting);
  return settable ? `${kind.environment.prefix}_${toVariable(setting)}` : undefined;
}

/** Nothing where the environment says nothing, or where the file says what is no section; that is told of as it stands. */
function layOver(base: Readonly<Record<string, unknown>>, name: string, said: Readonly<Record<string, unknown>>): object {
  const section = base[name] ?? {};
  const values = present(said);
  if (typeof section !== 'object' || Array.isArray(section)) return {};
  return base[name] === undefined && Object.keys(values).length === 0 ? {} : { [name]: { ...section, ...values } };
}

function withSources(said: unknown, kinds: readonly SourceKind[], environment: NodeJS.ProcessEnv): unknown {
  if (!Array.isArray(said)) return said;
  return kinds.reduce<readonly unknown[]>((all, kind) => withSource(all, kind, environment), said);
}

/** `HORDE_API_KEY` sets `apiKey` of the source with the kind's own id, which it makes if the file has none. */
function withSource(sources: readonly unknown[], kind: SourceKind, environment: NodeJS.ProcessEnv): unknown[] {
  const { id, prefix } = kind.environment;
  const said = present(
    Object.fromEntries(settingNames(kind).map((name) => [name, environment[`${prefix}_${toVariable(name)}`]])),
  );
  if (Object.keys(said).length === 0) return [...sources];
  const known = sources.some((source) => asObject(source).id === id);
  if (!known) return [...sources, { id, kind: kind.kind, ...said }];
  return sources.map((source) => (asObject(source).id === id ? { ...asObject(source), ...said } : source));
}

/** The settings a kind takes, read off its own schema. */
export function settingNames(kind: SourceKind): string[] {
  const schema = z.toJSONSchema(kind.settings, { io: 'input', unrepresentable: 'any' });
  return Object.keys(schema.properties ?? {});
}

export const toVariable = (setting: string): string => setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const asObject = (value: unknown): Record<string, unknown> =>
  // Neither null nor a list: its entries can be read by name.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

function asText(text: string | undefined): string | undefined {
  return text;
}

function asNumber(text: string | undefined): number | string | undefined {
  return text === undefined || text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text;
}

function asSwitch(text: string | undefined): boolean | string | undefined {
  return text === 'true' ? true : text === 'false' ? false : text;
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}
