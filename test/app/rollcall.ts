import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, print } from 'graphql';
import { pino } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import type { SecondLevel } from '../../src/cache/second-level.ts';
import { parseConfig } from '../../src/config.ts';
import type { ConfiguredSource, SourceKind } from '../../src/sources/contract.ts';
import { kinds } from '../../src/sources/registry.ts';
import { noQuota, type QuotaSettings } from '../../src/steady/limits.ts';
import { type Community, type CommunityOptions, communityConfig, startCommunity } from '../../src/twins/community.ts';
import { listenDirectly } from './direct-door.ts';

/** A whole Rollcall over its three twins, asked through the front door. */
export interface Rollcall extends AsyncDisposable {
  readonly app: App;
  /** `app.fetch` itself, which has no connection, whatever door the tests come in by. */
  readonly inside: App['fetch'];
  readonly community: Community;
  /** Every log line so far. */
  readonly logged: readonly string[];
  ask<Data, Variables extends Readonly<Record<string, unknown>>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    headers?: HeadersInit,
  ): Promise<Answer<Data>>;
  /** For operations that are wrong on purpose, or too small for a file. */
  askText(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: HeadersInit,
  ): Promise<Answer<Record<string, unknown>>>;
  /** A plain GET, as probes and browsers make it. */
  get(path: string, headers?: HeadersInit): Promise<Response>;
  /** How many requests reached each twin since the last time this was asked. */
  calls(): { horde: number; mcsManager: number; openWebUI: number };
}

export interface Answer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** The body as it came. */
  readonly text: string;
}

export type Twins = Pick<Community, 'horde' | 'mcsManager' | 'openWebUI'>;

export interface RollcallOptions extends CommunityOptions {
  /** Laid over the configuration that reaches the twins. */
  readonly config?: (input: ReturnType<typeof communityConfig>) => object;
  /** Whether answers are kept between operations. Most tests say how many requests each operation makes by itself, so it is off. */
  readonly cache?: boolean;
  /** The clock by which ages are told. */
  readonly now?: () => number;
  /** What it shares with other processes. */
  readonly second?: SecondLevel;
  /** What the configuration may name, instead of what the registry has. */
  readonly kinds?: readonly SourceKind[];
  /** Further attempts of a read. Absent: none, so that each fault of a script strikes somebody and every request is one call. */
  readonly retries?: number;
}

/** `ROLLCALL_TEST_CACHE=on` runs every test with answers kept, to look at what differs. */
const keptByDefault = process.env.ROLLCALL_TEST_CACHE === 'on';

export async function startRollcall(options: RollcallOptions = {}): Promise<Rollcall> {
  const { config = (input) => input, second, cache = keptByDefault, now = Date.now, retries = 0 } = options;
  const community = await startCommunity(options);
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  const parsed = parseConfig({ cache: { enabled: cache }, ...config(communityConfig(community)) }, options.kinds ?? kinds);
  const sources = parsed.sources.map((each) => ({ ...each, http: { ...each.http, retries }, quota: quotaOf(each) }));
  const isDirect = process.env.ROLLCALL_TEST_DOOR === 'direct';
  // `app.fetch`, for which the direct door stands in, knows no limit of bodies.
  const edge = isDirect ? { ...parsed.edge, maxBodyBytes: 10_000_000 } : parsed.edge;
  const app = createApp({ ...parsed, sources, edge }, { log, now, ...(second === undefined ? {} : { second }) });

  function quotaOf({ quota = noQuota }: ConfiguredSource): QuotaSettings {
    // A Horde without limits is there to be asked more often than one that has them.
    return options.horde?.limits === false ? { ...quota, enabled: false } : quota;
  }

  const door = isDirect ? await listenDirectly(app) : null;
  const askText = askTextBy(door?.fetch ?? app.fetch);

  return {
    app: door === null ? app : { ...app, fetch: door.fetch },
    inside: app.fetch,
    community,
    logged,
    askText,
    // The document's own types say what the answer's data is.
    ask: (document, variables, headers) => askText(print(document as DocumentNode), variables, headers) as never,
    get: (path, headers = {}) => (door?.fetch ?? app.fetch)(new Request(`http://rollcall.test${path}`, { headers })),
    calls: () => {
      const { horde, mcsManager, openWebUI } = community;
      const counts = {
        horde: horde.requests.length,
        mcsManager: mcsManager.requests.length,
        openWebUI: openWebUI.requests.length,
      };
      for (const twin of [horde, mcsManager, openWebUI]) twin.forget();
      return counts;
    },
    [Symbol.asyncDispose]: async () => {
      await door?.close();
      await app.close();
      await community.close();
    },
  };
}

export function askTextBy(fetch: App['fetch']): Rollcall['askText'] {
  return async (query, variables = {}, headers = {}) => {
    const response = await fetch(
      new Request('http://rollcall.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
        body: JSON.stringify({ query, variables }),
      }),
    );
    const text = await response.text();
    return { status: response.status, text, ...JSON.parse(text) };
  };
}
