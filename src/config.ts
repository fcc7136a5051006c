import { z } from 'zod';
import { type AccessSettings, AccessShape, checkAccess, resolveAccess } from './access/settings.ts';
import { CacheSettings } from './cache/settings.ts';
import { ConfigError, explain, wording } from './config-faults.ts';
import { checkLinks } from './config-links.ts';
import { configureSource, idsOf, type SourceEntry } from './config-sources.ts';
import { readConfigText } from './config-text.ts';
import { createIdentities, type Identities } from './domain/user.ts';
import { DebugSettings, type ResolvedDebug, resolveDebug } from './edge/debug.ts';
import { isLoopback } from './edge/loopback.ts';
import { EdgeSettings, type ResolvedEdge, resolveEdge } from './edge/settings.ts';
import { nameVariable, readEnvironment } from './environment.ts';
import type { ConfiguredSource, SourceKind } from './sources/contract.ts';
import { AuditSettings, WriteSettings } from './writing/settings.ts';

export { ConfigError } from './config-faults.ts';

/** Everything the program was told, checked. */
export interface Config {
  readonly sources: readonly ConfiguredSource[];
  readonly identities: Identities;
  readonly graphiql: boolean;
  readonly debug: ResolvedDebug;
  readonly edge: ResolvedEdge;
  readonly access: AccessSettings;
  readonly sharing: SharingSettings;
  readonly writes: WriteSettings;
  readonly audit: AuditSettings;
  readonly cache: CacheSettings;
  readonly server: { readonly host: string; readonly port: number };
  readonly log: { readonly level: string };
}

/** What a configuration file says. Environment variables say the same in their own spelling and win. */
export type ConfigInput = Omit<z.input<typeof Shape>, 'sources'> & { readonly sources?: readonly SourceEntry[] };

/** What those who ask for the same at the same time have in common. */
export const SharingSettings = z.strictObject({
  /** One execution and one answer for identical queries. */
  operations: z.boolean().default(true),
  /** One request to a source for identical reads. */
  requests: z.boolean().default(true),
});

export type SharingSettings = z.output<typeof SharingSettings>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const Shape = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(4_000),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
  /** The page for exploring. Not said: on loopback only. */
  graphiql: z.boolean().optional(),
  debug: DebugSettings.prefault({}),
  edge: EdgeSettings.prefault({}),
  sharing: SharingSettings.prefault({}),
  writes: WriteSettings.prefault({}),
  audit: AuditSettings.prefault({}),
  cache: CacheSettings.prefault({}),
  access: AccessShape.optional(),
  /** Each is looked at by itself, so that one faulty entry does not hide the others' faults. */
  sources: z.array(z.unknown()).default([]),
  /** Accounts of one person, the primary first. */
  links: z.array(z.array(z.string()).min(2, 'must name two accounts at least, all of one person')).default([]),
});

/** File text and environment → Config. Reads nothing by itself. */
export function loadConfig(text: string | undefined, environment: NodeJS.ProcessEnv, kinds: readonly SourceKind[]): Config {
  const faults: string[] = [];
  const file = text === undefined ? {} : fillIn(readConfigText(text) ?? {}, environment, faults);
  const input = readEnvironment(file, environment, kinds);
  try {
    return parseConfig(input, kinds, faults);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.faults.map((fault) => nameVariable(fault, input, environment, kinds)));
  }
}

/** The same for a program that embeds Rollcall and has its configuration as an object. */
export function parseConfig(input: unknown, kinds: readonly SourceKind[], faults: string[] = []): Config {
  const shape = Shape.safeParse(input, { error: wording });
  if (!shape.success) {
    faults.push(...shape.error.issues.map((issue) => explain(issue, [])));
    const rest = withoutFaulty(input, shape.error.issues);
    if (rest === null) throw new ConfigError(faults);
    // It throws at the end; until then it finds what else is wrong.
    return parseConfig(rest, kinds, faults);
  }
  const ids = idsOf(shape.data.sources);
  const sources = shape.data.sources.flatMap((entry, index) => configureSource(entry, index, kinds, faults));
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) {
    faults.push(`sources: two are called ${JSON.stringify(id)}; give each an id of its own`);
  }
  const links = checkLinks(shape.data.links, sources, new Set(ids), faults);
  const access = resolveAccess(shape.data.access, shape.data.server.host);
  // Where no source is configured twins may stand in, whose ids are not known yet.
  if (ids.length > 0) faults.push(...checkAccess(access, new Set(ids)));
  if (faults.length > 0) throw new ConfigError(faults);
  const { server, log } = shape.data;
  const home = isLoopback(server.host);
  const graphiql = shape.data.graphiql ?? home;
  return {
    sources,
    identities: createIdentities(links),
    graphiql,
    debug: resolveDebug(shape.data.debug, home, graphiql),
    edge: resolveEdge(shape.data.edge, home),
    sharing: shape.data.sharing,
    writes: shape.data.writes,
    audit: shape.data.audit,
    cache: shape.data.cache,
    access,
    server,
    log,
  };
}

/** Replaces `${NAME}` within texts by the environment variable, so that keys need not stand in the file. */
function fillIn(value: unknown, environment: NodeJS.ProcessEnv, faults: string[], path: readonly string[] = []): unknown {
  const fillAt = (key: string, item: unknown): unknown => fillIn(item, environment, faults, [...path, key]);
  if (Array.isArray(value)) return value.map((item, index) => fillAt(String(index), item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillAt(key, item)]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const filled = variableName.test(name) ? environment[name] : undefined;
    if (filled === undefined) faults.push(variableName.test(name) ? notSet(name) : notNamed(path));
    // As it stands it is at least no empty value, of which another fault would be told.
    return filled ?? whole;
  });
}

const variableName = /^[A-Z][A-Z0-9_]*$/;

const notSet = (name: string): string => `\${${name}} stands in the file, but no such environment variable is set`;

/** What stands between the braces may be a part of a secret. */
const notNamed = (path: readonly string[]): string =>
  `${path.join('.')}: what stands in \${…} must be the name of an environment variable in capitals, such as \${HORDE_API_KEY}; a text that holds \${…} itself can be taken from a variable, in which nothing is replaced`;

/** The input without the sections that do not fit; null when that would leave nothing to look at. */
function withoutFaulty(input: unknown, issues: readonly z.core.$ZodIssue[]): Record<string, unknown> | null {
  const sections = z.record(z.string(), z.unknown()).safeParse(input);
  if (!sections.success) return null;
  const faulty = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : issue.path.slice(0, 1),
    ),
  );
  // Links cannot be looked at without the sources they name.
  if (faulty.has('sources')) faulty.add('links');
  return Object.fromEntries(Object.entries(sections.data).filter(([name]) => !faulty.has(name)));
}
