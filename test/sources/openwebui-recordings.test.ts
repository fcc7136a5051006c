import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { SourceSession } from '../../src/sources/contract.ts';
import type { TwinReply, TwinRequest, TwinServer } from '../../src/twins/server.ts';
import { forbidden, json, openSource, readPoint, readShared, readSweep, serve } from './openwebui-session.ts';

interface Recording {
  readonly name: string;
  readonly version: string;
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly content_type: string;
  readonly body: unknown;
}

const file = new URL('../fixtures/open-webui/recordings.json', import.meta.url);
// The fixture is ours and its README says what it holds.
const recordings = (JSON.parse(readFileSync(file, 'utf8')) as { examples: readonly Recording[] }).examples;

/** Why an answer that was recorded is not fed to the source. */
const neverAsked: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/config$/, 'the source does not ask for the web page’s configuration'],
  [/^\/api\/v1\/users\/user\//, 'a user’s own settings, info, status and variables; the source asks for users by id'],
  [/^\/api\/v1\/users\/(groups|permissions)(\?|$)/, 'the caller’s own groups and permissions; the source works out anybody’s'],
  [/^\/api\/v1\/users\/[^/]+\/(active|groups|preview|oauth\/sessions|profile\/image)$/, 'told by the record, or never shown'],
  [/^\/api\/v1\/groups\/id\//, 'the source asks for all groups at once'],
  [/^\/api\/v1\/auths\/(api_key|admin\/config)$/, 'keys and server switches are not read'],
];

const reads = recordings.filter(({ method }) => method === 'GET' || method === 'any');
const reasonAgainst = ({ path }: Recording): string | undefined => neverAsked.find(([pattern]) => pattern.test(path))?.[1];
const asked = reads.filter((recording) => reasonAgainst(recording) === undefined);
const titled = asked.map((recording) => [`${recording.version} ${recording.name} as ${recording.as}`, recording] as const);

/** What each refusal must become. Null: an answer that there is nobody. */
const refusals: Record<string, string | null> = {
  'users-list-as-user': 'SOURCE_FORBIDDEN',
  'users-list-as-pending': 'SOURCE_FORBIDDEN',
  'users-list-anonymous': 'SOURCE_UNAUTHORIZED',
  'users-list-bad-jwt': 'SOURCE_UNAUTHORIZED',
  'users-list-bad-page': 'SOURCE_FAILED',
  'users-list-no-trailing-slash': 'SOURCE_MALFORMED',
  'users-active-gone': null,
  'user-by-id-unknown': null,
  'user-by-id-as-other-user@0.11.0': 'SOURCE_FORBIDDEN',
  'api-key-endpoint-restricted': 'SOURCE_FORBIDDEN',
  'api-keys-switched-off': 'SOURCE_UNAUTHORIZED',
  'channel-members-outsider': 'SOURCE_FORBIDDEN',
  'channel-members-unknown': null,
  'channel-members-channels-off': 'SOURCE_FORBIDDEN',
  'session-of-deleted-user': 'SOURCE_UNAUTHORIZED',
  'unhandled-error': 'SOURCE_FAILED',
};

describe('the recorded answers, fed to the source, map without error or are refused with the right code', () => {
  test.for(titled)('%s', async ([, recording]) => {
    await using upstream = await replay(recording);
    await using webui = openSource(upstream.url, isAboutServer(recording) ? {} : { key: 'sk-any' });
    const expected = refusals[`${recording.name}@${recording.version}`] ?? refusals[recording.name];

    const outcome = await ask(webui.session, recording).catch((error: unknown) => error);

    expect(upstream.requests.length).toBeGreaterThan(0);
    if (typeof expected === 'string') {
      expect(outcome).toBeInstanceOf(SourceError);
      expect(outcome).toMatchObject({ code: expected });
      const told = detailOf(recording.body);
      if (told !== undefined) expect(JSON.stringify([outcome, String(outcome)])).not.toContain(told);
    } else if (expected === null) expect(outcome).toBeNull();
    else expect(idsTold(outcome, recording)).toEqual(idsIn(recording));
    expect(JSON.stringify(outcome instanceof Map ? [...outcome] : [outcome])).not.toMatch(/sk-0000|<jwt>|hooks\.test/);
  });

  test('every recorded read answer is fed, but for those with a reason', () => {
    expect(asked).toHaveLength(64);
    expect(Object.keys(refusals).filter((name) => asked.every((recording) => !name.startsWith(recording.name)))).toEqual([]);
    expect(recordings).toHaveLength(190);
  });

  afterAll(() => {
    const counted = neverAsked.map(([pattern, reason]) => `${reads.filter(({ path }) => pattern.test(path)).length} × ${reason}`);
    const writes = recordings.length - reads.length;
    console.info(
      `Open WebUI: ${asked.length} of ${recordings.length} recorded answers fed to the source. ` +
        `Left out: ${writes} × writes (a source only reads); ${counted.join('; ')}.`,
    );
  });
});

/** Gives the recorded answer to every request, with what else the asking needs beside it. */
function replay(recording: Recording): Promise<TwinServer> {
  const body = typeof recording.body === 'string' ? recording.body : JSON.stringify(recording.body);
  const recorded: TwinReply = { status: recording.status, headers: { 'content-type': recording.content_type }, body };
  const beside = (request: TwinRequest): TwinReply | undefined => {
    // The short form is only asked for once the whole one was refused.
    if (recording.name === 'user-info-by-id') return request.path.endsWith('/info') ? undefined : forbidden;
    if (recording.name === 'health' && request.path !== '/health') return json({ version: '0', deployment_id: '' });
    if (recording.name === 'version' && request.path !== '/api/version') return json({ status: true });
    return undefined;
  };
  return serve((request) => beside(request) ?? recorded);
}

/** Asks through the session as this recording was asked. */
function ask(session: SourceSession, recording: Recording): Promise<unknown> {
  const { path, name } = recording;
  const { pathname } = new URL(path, 'http://webui.example');
  if (isAboutServer(recording)) return session.status();
  if (pathname === '/api/v1/auths/') return session.self();
  if (pathname === '/api/v1/groups/') return readSweep(session, 'groups', []);
  if (pathname === '/api/v1/users/all') return readSweep(session, 'all', []);
  if (pathname === '/api/v1/users/search') return session.findByUsername('Dan Dunn');
  if (pathname === '/api/v1/users/default/permissions') return readShared(session, 'defaults');
  if (pathname === '/api/v1/users/' || pathname === '/api/v1/users') return session.list({}).page(0);
  const [, , , folder, id = ''] = pathname.split('/');
  if (folder === 'channels') return readPoint(session, 'channelMembers', id);
  // `active` is a word the source takes for no id, so somebody else is asked for.
  return readPoint(session, 'user', name === 'users-active-gone' || name === 'unhandled-error' ? 'somebody' : id);
}

/** Ids and names that the answer told, and "refused" in their place where a facet of theirs is an error. */
function idsTold(outcome: unknown, recording: Recording): unknown {
  if (outcome instanceof Error) return outcome;
  if (outcome instanceof Map) return [...outcome].map(([id, record]) => (hasError(record) ? 'refused' : id));
  if (Array.isArray(outcome)) return outcome;
  if (typeof outcome !== 'object' || outcome === null) return outcome;
  if ('accounts' in outcome && Array.isArray(outcome.accounts))
    return outcome.accounts.map(({ id, record }) => (hasError(record) ? 'refused' : id));
  if ('channelMembers' in outcome) return outcome.channelMembers;
  if ('version' in outcome) return recording.name === 'version' ? [outcome.version] : [outcome];
  if ('id' in outcome) return [outcome.id];
  if ('identity' in outcome) return [outcome.identity];
  return Object.keys(outcome);
}

function idsIn({ name, body, version }: Recording): unknown {
  if (name === 'health') return [expect.objectContaining({ message: 'healthy' })];
  if (name === 'version') return [version];
  if (Array.isArray(body)) return body.map(({ id }) => id);
  if (typeof body !== 'object' || body === null) return undefined;
  if ('users' in body && Array.isArray(body.users)) return body.users.map(({ id }) => id);
  if ('token' in body && 'id' in body) return [body.id];
  if ('name' in body) return [{ username: body.name, displayName: body.name }];
  return Object.keys(body);
}

/** Asked without a key, so that the key's own account is not asked for beside it. */
const isAboutServer = ({ name }: Recording): boolean => name === 'health' || name === 'version';

const hasError = (record: object): boolean => Object.values(record).some((value) => value instanceof SourceError);

const detailOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string' ? body.detail : undefined;
