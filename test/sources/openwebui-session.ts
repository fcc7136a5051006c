import type { Credential } from '../../src/access/credential.ts';
import { createHttpClient, type HttpSettings } from '../../src/http/client.ts';
import type { AccountRecord, Source, SourceSession } from '../../src/sources/contract.ts';
import { openWebUI } from '../../src/sources/openwebui/index.ts';
import { startTwinServer, type TwinReply, type TwinRequest, type TwinServer } from '../../src/twins/server.ts';

export interface OpenedWebUI extends AsyncDisposable {
  readonly source: Source;
  readonly session: SourceSession;
  /** Another session of the same source. */
  open(credential: Credential, signal?: AbortSignal): SourceSession;
}

export interface OpenOptions {
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly http?: Partial<HttpSettings>;
}

/** A session of the source `webui` at this address, with a caller's key or none. */
export function openSource(url: string, { key, signal, http }: OpenOptions = {}): OpenedWebUI {
  const settings = openWebUI.settings.parse({ url });
  const client = createHttpClient('webui', {
    ...openWebUI.address(settings),
    deadlineMs: 5_000,
    connectMs: 1_000,
    maxBytes: 1_000_000,
    concurrency: 8,
    ...http,
  });
  const source = openWebUI.connect('webui', settings, client);
  const credential: Credential = key === undefined ? { class: 'none' } : { class: 'caller', key, holder: 'a test' };
  return {
    source,
    session: source.open({ credential, signal }),
    open: (other, otherSignal) => source.open({ credential: other, signal: otherSignal }),
    [Symbol.asyncDispose]: () => source.close(),
  };
}

/** The point read of this name, for one id. */
export function readPoint(session: SourceSession, name: string, id: string): Promise<AccountRecord | null> {
  const read = session.reads.find((candidate) => candidate.name === name);
  if (read?.shape !== 'point') throw new Error(`no point read is called ${name}`);
  return read.read(id);
}

export function readSweep(
  session: SourceSession,
  name: string,
  wanted: Iterable<string>,
): Promise<ReadonlyMap<string, AccountRecord>> {
  const read = session.reads.find((candidate) => candidate.name === name);
  if (read?.shape !== 'sweep') throw new Error(`no sweep is called ${name}`);
  return read.read(read.partition(''), new Set(wanted));
}

export function readShared(session: SourceSession, name: string): Promise<unknown> {
  const read = session.shared.find((candidate) => candidate.name === name);
  if (read === undefined) throw new Error(`no shared read is called ${name}`);
  return read.read();
}

/** A server that answers every request by this function; `json` and `page` make its replies. */
export const serve = (answer: (request: TwinRequest) => TwinReply): Promise<TwinServer> => startTwinServer(answer);

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): TwinReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const page = (status = 200): TwinReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>upstream sentence</title>',
});

export const noPermission =
  'You do not have permission to access this resource. Please contact your administrator for assistance.';

/** What the server says to a key that may not. */
export const forbidden: TwinReply = json({ detail: noPermission }, 401);

/** One user as `/users/{id}` tells of them, with whatever the test wants otherwise. */
export const activeUser = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...storedUser(changes),
  groups: [{ id: 'crew', name: 'Crew' }],
  is_active: true,
  ...changes,
});

/** The same as a row of `/users/`. */
export const listedUser = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...storedUser(changes),
  group_ids: ['crew'],
  ...changes,
});

export const slimUser = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  status_emoji: null,
  status_message: null,
  status_expires_at: null,
  id: 'mia',
  name: 'Mia',
  email: 'mia@example.com',
  role: 'user',
  bio: null,
  groups: [],
  is_active: false,
  ...changes,
});

const storedUser = (changes: Record<string, unknown>): Record<string, unknown> => ({
  id: 'mia',
  email: 'mia@example.com',
  username: null,
  role: 'user',
  name: 'Mia',
  profile_image_url: '/user.png',
  profile_banner_image_url: null,
  bio: null,
  gender: null,
  date_of_birth: null,
  timezone: null,
  presence_state: null,
  status_emoji: null,
  status_message: null,
  status_expires_at: null,
  info: null,
  settings: null,
  oauth: null,
  scim: null,
  last_active_at: 1_795_279_339,
  updated_at: 1_795_279_334,
  created_at: 1_795_279_334,
  ...changes,
});
