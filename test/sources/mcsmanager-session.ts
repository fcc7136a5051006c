import type { Credential } from '../../src/access/credential.ts';
import type { FacetName } from '../../src/domain/facets.ts';
import { createHttpClient, type HttpSettings } from '../../src/http/client.ts';
import type { AccountRecord, Source, SourceSession } from '../../src/sources/contract.ts';
import { mcsManager } from '../../src/sources/mcsmanager/index.ts';
import { startTwinServer, type TwinReply, type TwinRequest, type TwinServer } from '../../src/twins/server.ts';

export interface OpenedPanel extends AsyncDisposable {
  readonly source: Source;
  readonly session: SourceSession;
  /** Another operation on the same source. */
  open(key: string): SourceSession;
  point(name: string, id: string): Promise<AccountRecord | null>;
  sweep(name: string, ...wanted: string[]): Promise<ReadonlyMap<string, AccountRecord>>;
}

export interface OpenOptions {
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly http?: Partial<HttpSettings>;
  readonly settings?: { readonly timeZone?: string; readonly dateFormat?: string };
}

/** A session of the source `panel` at this address. */
export function openPanel(url: string, { key, signal, http, settings: given }: OpenOptions = {}): OpenedPanel {
  const settings = mcsManager.settings.parse({ url, ...given });
  const client = createHttpClient('panel', {
    ...mcsManager.address(settings),
    deadlineMs: 5_000,
    connectMs: 1_000,
    maxBytes: 1_000_000,
    concurrency: 8,
    ...http,
  });
  const source = mcsManager.connect('panel', settings, client);
  const open = (own: string | undefined): SourceSession => {
    const credential: Credential = own === undefined ? { class: 'none' } : { class: 'caller', key: own, holder: 'a test' };
    return source.open({ credential, signal });
  };
  const session = open(key);
  return {
    source,
    session,
    open,
    point: async (name, id) => {
      const read = session.reads.find((candidate) => candidate.name === name);
      if (read?.shape !== 'point') throw new Error(`no point read is called ${name}`);
      return read.read(id);
    },
    sweep: async (name, ...wanted) => {
      const read = session.reads.find((candidate) => candidate.name === name);
      if (read?.shape !== 'sweep') throw new Error(`no sweep is called ${name}`);
      return read.read(read.partition(wanted[0] ?? ''), new Set(wanted));
    },
    [Symbol.asyncDispose]: () => source.close(),
  };
}

/** A panel that answers by path, below `/api`, with status and data; a path that is not named is the panel's 404. */
export function scriptedPanel(answers: Readonly<Record<string, (request: TwinRequest) => TwinReply>>): Promise<TwinServer> {
  return startTwinServer((request) => answers[request.path.slice('/api'.length)]?.(request) ?? refusal(404, '[404] Not Found'));
}

export const told = (data: unknown): TwinReply =>
  enveloped(200, data, typeof data === 'string' ? 'text/plain' : 'application/json');

/** What the panel sets itself. */
export const refusal = (status: number, sentence: string | null): TwinReply => enveloped(status, sentence, 'text/plain');

/** What the panel caught. */
export const exception = (status: number, sentence: string): TwinReply => enveloped(status, sentence, 'application/json');

const enveloped = (status: number, data: unknown, type: string): TwinReply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'x-version': '10.18.2' },
  body: JSON.stringify({ status, data, time: 1_795_278_733_490 }),
});

export const uuids = {
  admin: '6fc2cd64008b4bdc89f925a2ff509382',
  user: '4a752d5188a74cfeb96bda7191e9e52e',
  nobody: '0123456789abcdef0123456789abcdef',
} as const;

/** One user as `GET /auth/` shows them, with whatever the test wants otherwise. */
export function panelUser(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    uuid: uuids.user,
    userName: 'player_one',
    loginTime: '',
    registerTime: '11/21/2026, 4:32:10 PM',
    instances: [],
    permission: 1,
    apiKey: '',
    isInit: false,
    open2FA: false,
    token: '',
    ...changes,
  };
}

export const panelAdmin = panelUser({ uuid: uuids.admin, userName: 'admin', permission: 10 });

/** The same as a row of the search, secrets included. */
export function listedUser(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { token: _token, ...user } = panelUser();
  return { ...user, passWord: '', salt: '', passWordType: 1, secret: '', ssoSub: '', ssoBound: false, ...changes };
}

export function userPage(rows: readonly unknown[], page = 1, maxPage = 1, total: number = rows.length): TwinReply {
  return told({ page, pageSize: 50, maxPage, total, data: rows });
}

/** The one facet of a record, or why it is missing. */
export const facetOf = (record: AccountRecord | null | undefined, facet: FacetName): unknown => record?.[facet];
