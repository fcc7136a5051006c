import { z } from 'zod';
import type { SourceKind } from './sources/contract.ts';

/** Lays what environment variables say over what the file says. They can name one source of each kind. */
export function readEnvironment(file: unknown, environment: NodeJS.ProcessEnv, kinds: readonly SourceKind[]): unknown {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
  const base: Record<string, unknown> = { ...file };
  const server = { host: environment.HOST, port: asNumber(environment.PORT) };
  const access = {
    keysFile: environment.ROLLCALL_KEYS_FILE,
    allowAnonymous: asSwitch(environment.ROLLCALL_ALLOW_ANONYMOUS),
  };
  return {
    ...base,
    ...layOver(base, 'server', server),
    ...layOver(base, 'log', { level: environment.LOG_LEVEL }),
    ...layOver(base, 'access', access),
    sources: withSources(base.sources ?? [], kinds, environment),
  };
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

const asNumber = (text: string | undefined): number | string | undefined =>
  text === undefined || text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text;

const asSwitch = (text: string | undefined): boolean | string | undefined =>
  text === 'true' ? true : text === 'false' ? false : text;

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}
