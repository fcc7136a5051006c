import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { startTwinServer, type TwinReply, type TwinRequest, type TwinServer } from '../../src/twins/server.ts';
import { type OpenedPanel, openPanel, uuids } from './mcsmanager-session.ts';

interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string | number>>;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: { readonly data: unknown };
  };
}

const file = new URL('../fixtures/mcsmanager/recordings.json', import.meta.url);
// The fixture is ours and its README says what it holds.
const recordings = JSON.parse(readFileSync(file, 'utf8')) as readonly Recording[];

const neverAsked: Record<string, string> = {
  'overview panel/admin': 'the source does not ask for the host’s figures',
};

const asked = recordings.filter(({ name, request }) => request.method === 'GET' && neverAsked[name] === undefined);
const writes = recordings.filter(({ request }) => request.method !== 'GET');

/** What each refusal must become. Null: an answer that there is no such thing. */
const refusals: Record<string, string | null> = {
  'status/wrong key': 'SOURCE_FAILED',
  'auth/user key on an admin route, header': 'SOURCE_FORBIDDEN',
  "auth/banned user's key on own data": 'SOURCE_UNAUTHORIZED',
  'auth/wrong key, right shape': 'SOURCE_UNAUTHORIZED',
  'auth/no key': 'SOURCE_UNAUTHORIZED',
  'auth/no key, X-Requested-With': 'SOURCE_UNAUTHORIZED',
  'auth/header user + query wrong key': 'SOURCE_FAILED',
  'auth/authorization bearer is ignored': 'SOURCE_UNAUTHORIZED',
  'search/page_size=abc': 'SOURCE_FAILED',
  'search/no page': 'SOURCE_FAILED',
  'search/no page_size': 'SOURCE_FAILED',
  'me/admin, no X-Requested-With': 'SOURCE_UNSUPPORTED',
  'me/user ?uuid= of another is ignored': 'SOURCE_FORBIDDEN',
  'me/admin ?uuid= unknown': null,
  'users overview/user key': 'SOURCE_FORBIDDEN',
  'edit/apiKey shared: refused for both': 'SOURCE_UNAUTHORIZED',
  'edit/numeric userName breaks name search': 'SOURCE_UNSUPPORTED',
  'apikey/the old key is dead': 'SOURCE_UNAUTHORIZED',
  'delete/known read back': null,
  'instances/unknown daemon': 'SOURCE_UNREACHABLE',
  "instance/detail of another's, user key": 'SOURCE_FORBIDDEN',
  'instance/unknown uuid': null,
  'route/unknown path': 'SOURCE_UNSUPPORTED',
  'rate/one call too many in a second of one session': 'SOURCE_RATE_LIMITED',
  'daemon down/instance detail': 'SOURCE_UNREACHABLE',
  'settings/zh_cn: wrong key': 'SOURCE_UNAUTHORIZED',
  'settings/ONLY_ADMIN: user key': 'SOURCE_UNAUTHORIZED',
  'settings/API keys off: admin key': 'SOURCE_UNAUTHORIZED',
};

describe('the recorded answers, fed to the source, map without error or are refused with the right code', () => {
  test.for(asked.map((recording) => [recording.name, recording] as const))('%s', async ([name, recording]) => {
    await using upstream = await serve(recording);
    await using panel = openPanel(upstream.url, { key: 'a-key' });
    const expected = refusals[name];

    const outcome = await ask(panel, recording).catch((error: unknown) => error);

    expect(upstream.requests.length).toBeGreaterThan(0);
    if (expected === null) expect(outcome).toBeNull();
    else if (expected === undefined) expect(told(outcome, recording)).toBe(true);
    else {
      expect(outcome).toBeInstanceOf(SourceError);
      expect(outcome).toMatchObject({ code: expected });
      const seen = JSON.stringify([outcome, String(outcome)]);
      expect(seen).not.toContain(recording.response.body.data);
      expect(seen).not.toContain(upstream.url);
    }
  });

  test('every recorded read answer but one has been fed', () => {
    expect(asked).toHaveLength(70);
    expect(Object.keys(refusals).every((name) => asked.some((recording) => recording.name === name))).toBe(true);
    expect(Object.keys(neverAsked).every((name) => recordings.some((recording) => recording.name === name))).toBe(true);
    expect(writes.length + asked.length + Object.keys(neverAsked).length).toBe(recordings.length);
  });

  afterAll(() => {
    const reasons = Object.entries(neverAsked).map(([name, reason]) => `${name} (${reason})`);
    console.info(
      `MCSManager: ${asked.length} of ${recordings.length} recorded answers fed to the source. ` +
        `Left out: ${writes.length} writes (a source only reads); ${reasons.join('; ')}.`,
    );
  });
});

/** The recorded answer for the question it answered; the source's further questions get what the same panel recorded for them. */
function serve(recording: Recording): Promise<TwinServer> {
  let fed: string | undefined;
  return startTwinServer((request) => {
    const question = String(request.query);
    const here = isAnsweredBy(recording, request) && (fed ?? question) === question;
    if (!here) return furtherAnswer(recording, request);
    fed = question;
    return replyOf(recording);
  });
}

/** Only the unknown path is asked for in another's place. The status is asked for beside the key's owner, so it must be told apart. */
function isAnsweredBy({ request: { path } }: Recording, request: TwinRequest): boolean {
  return path === '/api/auth/nope' ? request.path === '/api/auth/overview' : request.path === path;
}

function furtherAnswer(recording: Recording, request: TwinRequest): TwinReply {
  const owner = ownerOf(recording);
  if (request.path === '/api/auth/') return replyOf(find(owner === null ? 'auth/wrong key, right shape' : `me/${owner}`));
  if (request.path === '/api/auth/status') return replyOf(find('status/no key'));
  if (request.path !== '/api/service/remote_services_list') throw new Error(`not expected: ${request.path}`);
  if (owner === 'user') return replyOf(find('users overview/user key'));
  const reply = replyOf(find('daemons/list'));
  // The list was recorded while the daemon was up.
  return recording.name.startsWith('daemon down/')
    ? { ...reply, body: String(reply.body).replace('"available":true', '"available":false') }
    : reply;
}

function ownerOf({ name, request }: Recording): 'admin' | 'user' | null {
  const key = request.headers['X-Request-Api-Key'];
  if (name.startsWith('settings/')) return null;
  if (key === '<admin-key>') return 'admin';
  return key === '<user-key>' ? 'user' : null;
}

const replyOf = ({ response }: Recording): TwinReply => ({
  status: response.status,
  headers: response.headers,
  body: JSON.stringify(response.body),
});

function find(name: string): Recording {
  const found = recordings.find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`no recording is called ${name}`);
  return found;
}

/** Asks through the session as this recording was asked. */
async function ask(panel: OpenedPanel, { request }: Recording): Promise<unknown> {
  const { path, query } = request;
  const text = (name: string): string | undefined => (query[name] === undefined ? undefined : String(query[name]));
  switch (path) {
    case '/api/auth/status':
      return panel.session.status();
    case '/api/auth/search': {
      const page = Number(query.page);
      return panel.session.list({ search: text('userName'), role: text('role') }).page(page > 0 ? page - 1 : 0);
    }
    case '/api/auth/':
      return query.uuid === undefined ? panel.session.self() : panel.point('user', String(query.uuid));
    case '/api/service/remote_services_list':
      return panel.sweep('daemons', 'any');
    case '/api/service/remote_service_instances':
      return panel.sweep('daemonInstances', `${query.daemonId}/any`);
    case '/api/instance':
      return panel.point('instance', `${query.daemonId}/${query.uuid}`);
    default: {
      const swept = await panel.sweep('overview', uuids.admin);
      const identity = swept.get(uuids.admin)?.identity;
      return identity instanceof SourceError ? identity : swept;
    }
  }
}

/** True when the answer told all that its recording holds, every facet of it. */
function told(outcome: unknown, { response: { body } }: Recording): boolean {
  if (outcome === null || typeof outcome !== 'object' || outcome instanceof Error) return false;
  if ('version' in outcome) return true;
  if (outcome instanceof Map) return outcome.size === rows(body.data).length && [...outcome.values()].every(isWhole);
  if ('accounts' in outcome && Array.isArray(outcome.accounts))
    return outcome.accounts.length === rows(body.data).length && outcome.accounts.every(({ record }) => isWhole(record));
  return isWhole('record' in outcome ? outcome.record : outcome);
}

const isWhole = (record: unknown): boolean => {
  const facets = Object.values(record ?? {});
  return facets.length > 0 && !facets.some((facet) => facet instanceof SourceError);
};

function rows(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data;
  return typeof data === 'object' && data !== null && 'data' in data && Array.isArray(data.data) ? data.data : [];
}
