import { createKey } from '../../src/access/rollcall-keys.ts';
import { cast } from '../../src/domain/cast.ts';
import { kinds } from '../../src/sources/registry.ts';
import { startTwinServer } from '../../src/twins/server.ts';
import { type Answer, type Rollcall, startRollcall } from '../app/rollcall.ts';
import { toy } from '../toy-source/index.ts';

const reading = ['read', 'read:private', 'read:privileged'] as const;
export type ReadScope = (typeof reading)[number];

/** A Rollcall whose service keys show everything, a caller for each set of scopes, and one more kind without a type of its own. */
export interface Guarded extends AsyncDisposable {
  readonly rollcall: Rollcall;
  /** Everybody who may be asked for, and a channel. */
  readonly variables: readonly Readonly<Record<string, string>>[];
  ask(scopes: readonly string[], query: string, variables?: object): Promise<Answer<Record<string, unknown>>>;
  /** The requests that reached anybody since this was last asked, as they were. */
  requests(): { readonly source: string; readonly line: string; readonly headers: Readonly<Record<string, unknown>> }[];
}

/** `more`: sets of scopes beside all those of reading everywhere. */
export async function startGuarded(more: readonly (readonly string[])[] = []): Promise<Guarded> {
  const register = await startTwinServer(() => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'zoe', name: 'Zoe A.', points: 7, here: true }),
  }));
  const callers = new Map([...subsets, ...more].map((scopes) => [scopes.join(' '), createKey()]));
  const keys = [...callers].map(([scopes, { hash }], index) => ({
    name: `caller-${index}`,
    hash,
    scopes: scopes === '' ? [] : scopes.split(' '),
  }));
  const rollcall = await startRollcall({
    size: 24,
    kinds: [...kinds, toy],
    horde: { limits: false, caches: false },
    mcsManager: { rateLimits: false },
    config: ({ sources, links }) => ({
      sources: [...sources, { id: 'club', kind: 'TOY', url: register.url }],
      links,
      access: { anonymous: ['read'], keys },
    }),
  });
  const { horde, mcsManager, openWebUI } = rollcall.community;
  const twins = { horde, mcsmanager: mcsManager, webui: openWebUI, club: register };
  const [channel = ''] = openWebUI.world.channels.keys();
  return {
    rollcall,
    variables: everybody.map((id) => ({ id, channel })),
    ask: (scopes, query, variables = {}) => {
      const key = callers.get(scopes.join(' '))?.key;
      if (key === undefined) throw new Error(`nobody has just ${scopes.join(' and ')}`);
      return rollcall.askText(query, { ...variables }, { 'x-rollcall-key': key });
    },
    requests: () =>
      Object.entries(twins).flatMap(([source, twin]) => {
        const seen = twin.requests.map(({ method, path, query, headers }) => ({
          source,
          line: `${source} ${method} ${path}?${query}`,
          headers,
        }));
        twin.forget();
        return seen;
      }),
    [Symbol.asyncDispose]: async () => {
      await rollcall[Symbol.asyncDispose]();
      await register.close();
    },
  };
}

const subsets: readonly (readonly ReadScope[])[] = Array.from({ length: 2 ** reading.length }, (_, bits) =>
  reading.filter((_scope, index) => ((bits >> index) & 1) === 1),
);

const everybody = [
  ...cast.flatMap(({ horde, mcsManager, openWebUI }) => [
    ...(horde === undefined ? [] : [`horde:${horde}`]),
    ...(mcsManager === undefined ? [] : [`mcsmanager:${mcsManager}`]),
    ...(openWebUI === undefined ? [] : [`webui:${openWebUI}`]),
  ]),
  'club:zoe',
];
