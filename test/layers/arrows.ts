export interface SourceFile {
  /** Below `src`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** Below `src`, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** What all kinds of sources share. */
const ofKinds = ['sources/contract', 'sources/calls', 'sources/watched-writes', 'sources/own-key-wanted', 'sources/one-by-one'];

/**
 * The map: who may import from where. A name stands for a file or for a folder with all that is in it, and the longest one that
 * fits decides. Inside of itself anybody may import anything. After `type:` types only; `*` is everything.
 */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  main: ['cli'],
  index: ['app', 'config', 'sources/contract', 'sources/registry'],
  cli: ['*'],
  app: [
    ...[
      'graph',
      'plugins',
      'access',
      'cache',
      'graphiql',
      'edge',
      'costing',
      'deadlines',
      'direct',
      'subgraph',
      'session',
      'log',
      'log-traffic',
      'open-cache',
      'redaction',
      'writing',
      'type:config',
    ],
    ...['sources/connecting', 'sources/refreshing', 'type:errors'],
  ],
  session: ['opening', 'access', 'cache', 'type:edge', 'writing', 'type:graph/context', 'sources', 'domain'],
  opening: ['type:access', 'type:graph/context'],
  'open-cache': ['cache', 'type:config'],
  config: [
    'environment',
    'config-faults',
    'config-links',
    'config-sources',
    'config-text',
    'type:sources/contract',
    'domain',
    'edge',
    'access',
    'cache',
    'writing',
  ],
  'config-faults': [],
  'config-links': ['domain', 'type:sources/contract'],
  'config-text': ['config-faults'],
  'config-sources': ['cache', 'config-faults', 'domain', 'type:sources/contract'],
  environment: ['type:sources/contract'],
  plugins: [
    'errors',
    'graph/client-errors',
    'graph/context',
    'graph/max-age',
    'edge',
    'access',
    'costing',
    'execution',
    'redaction',
    'type:sources/contract',
    'type:sources/connecting',
    'type:steady',
    'cache/shelf-life',
    'sources/plan-notes',
    'type:sources/watching',
  ],
  direct: ['access', 'deadlines', 'edge', 'end-of-turn', 'graph/client-errors', 'type:graph/context', 'passing', 'plugins'],
  graph: [
    ...[
      'domain',
      'errors',
      'access',
      'writing',
      'type:sources/ageing',
      'type:sources/contract',
      'type:sources/loading',
      'type:http/client',
      'type:steady',
    ],
    ...['sources/cursor', 'sources/walking', 'sources/calls', 'sources/walking-cost'],
  ],
  execution: [],
  subgraph: ['graph', 'errors'],
  sources: ['domain', 'errors', 'access', 'cache', 'http', 'passing', 'writing', 'type:steady'],
  'sources/registry': ['sources', 'sources/horde', 'sources/mcsmanager', 'sources/openwebui'],
  'sources/horde': [...ofKinds, 'domain', 'errors', 'access', 'cache/ages', 'http', 'type:steady', 'writing'],
  'sources/mcsmanager': [...ofKinds, 'domain', 'errors', 'access', 'cache/ages', 'http', 'type:steady', 'writing'],
  'sources/openwebui': [...ofKinds, 'domain', 'errors', 'access', 'cache/ages', 'http', 'type:steady', 'writing'],
  costing: ['domain', 'errors', 'access', 'edge', 'graph', 'sources'],
  writing: ['config-faults', 'domain', 'errors'],
  access: ['domain', 'errors', 'edge', 'config-faults'],
  cache: ['domain', 'errors', 'access'],
  http: ['deadlines', 'end-of-turn', 'errors', 'access/credential', 'passing', 'steady'],
  steady: ['errors', 'access/credential'],
  twins: ['domain/cast'],
  'twins/community': ['twins', 'domain/cast', 'twins/horde', 'twins/mcsmanager', 'twins/openwebui'],
  'twins/horde': ['twins', 'domain/cast'],
  'twins/mcsmanager': ['twins', 'domain/cast'],
  'twins/openwebui': ['twins', 'domain/cast'],
  graphiql: [],
  edge: ['config-faults'],
  log: ['log-lines', 'redaction', 'standard-output'],
  'log-lines': ['type:redaction'],
  'log-traffic': ['type:http/client', 'type:sources/connecting'],
  passing: [],
  redaction: [],
  'standard-output': [],
  deadlines: [],
  'end-of-turn': [],
  domain: [],
  errors: ['type:domain'],
};

/** What belongs to one place. */
const packages: Readonly<Record<string, readonly string[]>> = {
  dataloader: ['sources/loading'],
  undici: ['http'],
  ioredis: ['cache/redis/connection'],
  devalue: ['cache/redis/entry'],
  pino: ['log', 'type:log-traffic', 'type:open-cache', 'type:app', 'type:plugins', 'type:access', 'type:writing', 'type:cache'],
  yaml: ['config-text', 'cli', 'access/keys-file'],
  'graphql-yoga': ['app', 'plugins', 'direct/answer', 'type:direct', 'type:graphiql'],
  '@graphql-tools/executor': ['direct/conducting'],
  '@pothos/core': ['graph/builder', 'type:graph'],
  'node:http': ['cli', 'twins', 'type:app', 'type:edge', 'type:plugins', 'type:direct'],
  'node:fs/promises': ['cli', 'access/watched-file', 'writing'],
  'lru-cache': ['cache', 'sources/refreshing', 'sources/openwebui/settings-mask'],
  cockatiel: ['steady'],
  'node:process': [],
};

export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target.endsWith('.ts') && !isAllowed(path, target, imports))
      .map(({ target }) => `src/${path} must not import src/${target}`),
  );
}

export function misplacedPackages(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => {
        const places = packages[target];
        return places !== undefined && !places.some((place) => permits(place, path, typeOnly));
      })
      .map(({ target }) => `src/${path} must not import ${target}`),
  );
}

function isAllowed(path: string, target: string, imports: readonly Import[]): boolean {
  const [from, to] = [unitOf(path), unitOf(target)];
  if (from === undefined || to === undefined) return false;
  const typeOnly = imports.every((each) => each.target !== target || each.typeOnly);
  return from === to || (allowed[from] ?? []).some((place) => permits(place, target, typeOnly) && !isNarrower(to, place));
}

/** The longest name on the map that fits. */
function unitOf(path: string): string | undefined {
  return Object.keys(allowed)
    .filter((name) => isWithin(path, name))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** `twins` does not mean `twins/horde`, which stands on the map by itself. */
const isNarrower = (unit: string, place: string): boolean => unit.startsWith(`${place.replace('type:', '')}/`);

function permits(place: string, path: string, typeOnly: boolean): boolean {
  if (place === '*') return true;
  return place.startsWith('type:') ? typeOnly && isWithin(path, place.slice('type:'.length)) : isWithin(path, place);
}

const isWithin = (path: string, name: string): boolean => path === `${name}.ts` || path.startsWith(`${name}/`);
