import { describe, expect, test } from 'vitest';
import { SourceError, type SourceErrorCode } from '../../src/errors.ts';
import { classify } from '../../src/sources/openwebui/classify.ts';
import { user, userInfo, users } from '../../src/sources/openwebui/endpoints.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { sampleChannelIds } from '../../src/twins/openwebui/sample-channels.ts';
import { noPermission, type OpenedWebUI, openSource, readPoint, readShared, readSweep, serve } from './openwebui-session.ts';

const json = { 'content-type': 'application/json' };
const page = { 'content-type': 'text/html; charset=utf-8' };
const plain = { 'content-type': 'text/plain; charset=utf-8' };
const reply = (status: number, headers: Record<string, string>, body: string): Fault => ({
  kind: 'reply',
  status,
  headers,
  body,
});
const detail = (text: string): string => JSON.stringify({ detail: text });

/** What every request may meet, and what it must be called. */
const faults: readonly (readonly [string, Fault, SourceErrorCode])[] = [
  ['an answer that never comes', { kind: 'hang' }, 'SOURCE_TIMEOUT'],
  ['an answer that comes too late', { kind: 'delay', ms: 600 }, 'SOURCE_TIMEOUT'],
  ['a connection that is closed', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
  ['half an answer', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ['a flood', { kind: 'flood', bytes: 300_000 }, 'SOURCE_MALFORMED'],
  ['the web page', reply(200, page, '<html>upstream sentence</html>'), 'SOURCE_MALFORMED'],
  ['a challenge page with status 403', reply(403, page, '<html>upstream sentence</html>'), 'SOURCE_MALFORMED'],
  ['a page with status 400', reply(400, page, '<html>upstream sentence</html>'), 'SOURCE_MALFORMED'],
  ['a redirect', reply(307, { ...page, location: 'http://127.0.0.1:9/elsewhere' }, ''), 'SOURCE_MALFORMED'],
  ['a method that is not allowed', reply(405, json, detail('Method Not Allowed')), 'SOURCE_MALFORMED'],
  ['broken JSON', reply(200, json, '{"id": "upstream sentence'), 'SOURCE_MALFORMED'],
  ['another shape', reply(200, json, '"upstream sentence"'), 'SOURCE_MALFORMED'],
  ['a null', reply(200, json, 'null'), 'SOURCE_MALFORMED'],
  ['an empty answer', reply(200, json, ''), 'SOURCE_MALFORMED'],
  ['no content at all', reply(204, {}, ''), 'SOURCE_MALFORMED'],
  ['a role that may not, dressed as 401', reply(401, json, detail(noPermission)), 'SOURCE_FORBIDDEN'],
  ['a token that has run out', reply(401, json, detail('Your session has expired. upstream sentence')), 'SOURCE_UNAUTHORIZED'],
  ['a 401 of a proxy', reply(401, page, '<html>upstream sentence</html>'), 'SOURCE_UNAUTHORIZED'],
  [
    'keys switched off, dressed as 403',
    reply(403, json, detail('Use of API key is not enabled in the environment.')),
    'SOURCE_UNAUTHORIZED',
  ],
  ['a path that a key may not', reply(403, json, detail('API key not allowed to access this endpoint.')), 'SOURCE_FORBIDDEN'],
  ['a 403 in new words', reply(403, json, detail('upstream sentence')), 'SOURCE_FORBIDDEN'],
  ['a 422', reply(422, json, '{"detail":[{"type":"missing","loc":["query"],"msg":"upstream sentence"}]}'), 'SOURCE_FAILED'],
  ['a 429', reply(429, { ...json, 'retry-after': '7' }, detail('API rate limit exceeded')), 'SOURCE_RATE_LIMITED'],
  ['an unhandled failure', reply(500, plain, 'Internal Server Error'), 'SOURCE_FAILED'],
  ['a 502 page', reply(502, page, '<html>upstream sentence</html>'), 'SOURCE_FAILED'],
  ['a 503 page', reply(503, { ...page, 'retry-after': '7' }, '<html>upstream sentence</html>'), 'SOURCE_FAILED'],
];

const ada = 'a1d00001-0000-4000-8000-000000000001';

const asks: Record<string, (webui: OpenedWebUI) => Promise<unknown>> = {
  'reading a user': ({ session }) => readPoint(session, 'user', ada),
  'sweeping everybody': ({ session }) => readSweep(session, 'all', [ada]),
  'sweeping the list': ({ session }) => readSweep(session, 'list', [ada]),
  'sweeping groups': ({ session }) => readSweep(session, 'groups', []),
  'reading the default permissions': ({ session }) => readShared(session, 'defaults'),
  'reading channel members': ({ session }) => readPoint(session, 'channelMembers', sampleChannelIds.announcements),
  listing: ({ session }) => session.list({}).page(0),
  searching: ({ session }) => session.search('ada', 1),
  'finding a username': ({ session }) => session.findByUsername('Ada Lindqvist'),
  'asking whose key it is': ({ session }) => session.self(),
};

describe.for(Object.entries(asks))('%s', ([, ask]) => {
  test.for(faults)('meets %s and says so by its code alone', async ([, fault, code]) => {
    await using twin = await openWebUITwin({ canary: 'CANARY', faults: [{ fault }] });
    const http = { deadlineMs: code === 'SOURCE_TIMEOUT' ? 300 : 5_000, maxBytes: 250_000 };
    await using webui = openSource(twin.url, { key: twin.keys.admin, http });

    const error = await ask(webui).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code, source: 'webui' });
    expect(error instanceof SourceError && error.retryAfter).toBe(
      fault.kind === 'reply' && fault.headers?.['retry-after'] ? 7 : undefined,
    );
    expect(speakable(error)).not.toMatch(
      /CANARY|sk-|127\.0\.0\.1|api\/v1|upstream sentence|html|Internal Server|rate limit|environment/i,
    );
  });
});

test('a server that is not there is unreachable', async () => {
  const gone = await serve(() => ({ status: 200, headers: {}, body: '' }));
  await gone.close();

  for (const ask of [...Object.values(asks), (webui: OpenedWebUI) => webui.session.status()]) {
    // Each finds out by itself: after so many in a row nobody would be asked any more.
    await using webui = openSource(gone.url, { key: 'sk-any' });
    await expect(ask(webui)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  }
});

test('status fails as its own two requests do, and survives a key that fails', async () => {
  const failing: readonly (readonly [string, Fault, SourceErrorCode])[] = faults.filter(
    ([, , code]) => code !== 'SOURCE_TIMEOUT',
  );
  for (const [, fault, code] of failing) {
    await using twin = await openWebUITwin({ faults: [{ path: '/api/version', fault }] });
    await using webui = openSource(twin.url, { http: { maxBytes: 250_000 } });
    await expect(webui.session.status()).rejects.toMatchObject({ code });
  }
  await using twin = await openWebUITwin();
  await using webui = openSource(twin.url, { key: 'sk-00000000000000000000000000000000' });
  expect(await webui.session.status()).toEqual({
    version: '0.11.0',
    message: 'healthy',
    credential: 'The key is not accepted, or API keys are switched off.',
  });
});

test('a key that no header can carry as one word is nobody’s, and is not sent', async () => {
  await using twin = await openWebUITwin();
  for (const key of ['two words', 'käse', 'a\r\nx-other: 1', '']) {
    await using webui = openSource(twin.url, { key });
    for (const ask of Object.values(asks)) await expect(ask(webui)).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
  }
  expect(twin.requests).toHaveLength(0);
});

test('one fault spoils no other id', async () => {
  await using twin = await openWebUITwin({ faults: [{ path: `/api/v1/users/${ada}`, fault: { kind: 'reset' } }] });
  await using webui = openSource(twin.url, { key: twin.keys.admin });
  const others = twin.world.users
    .inserted()
    .slice(2, 5)
    .map(({ id }) => id);

  const outcomes = await Promise.allSettled([ada, ...others].map((id) => readPoint(webui.session, 'user', id)));

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

test('reading ends with the caller’s own reason when the caller goes away', async () => {
  await using twin = await openWebUITwin({ faults: [{ fault: { kind: 'hang' } }] });
  const caller = new AbortController();
  await using webui = openSource(twin.url, { key: twin.keys.admin, signal: caller.signal });
  const reason = new Error('the caller left');

  const outcomes = Promise.allSettled([...Object.values(asks).map((ask) => ask(webui)), webui.session.status()]);
  setTimeout(() => caller.abort(reason), 50);

  expect(await outcomes).toEqual(Array.from({ length: 11 }, () => ({ status: 'rejected', reason })));
});

describe('an address that a release does not have', () => {
  const answer = (status: number, contentType: string) => ({
    status,
    contentType,
    body: '{"detail":"Not Found"}',
    header: () => undefined,
    date: new Date(),
  });

  test('is unsupported where it came with a later release, and malformed where every release has it', () => {
    expect(classify(userInfo('mia'), answer(200, 'text/html'))).toEqual({ kind: 'fault', code: 'SOURCE_UNSUPPORTED' });
    expect(classify(userInfo('mia'), answer(404, 'application/json'))).toEqual({ kind: 'fault', code: 'SOURCE_UNSUPPORTED' });
    expect(classify(userInfo('mia'), answer(200, 'text/plain'))).toEqual({ kind: 'fault', code: 'SOURCE_MALFORMED' });
    expect(classify(users, answer(200, 'text/html'))).toEqual({ kind: 'fault', code: 'SOURCE_MALFORMED' });
    expect(classify(users, answer(404, 'application/json'))).toEqual({ kind: 'fault', code: 'SOURCE_MALFORMED' });
  });

  test('nobody has the id only where that is what the status means', () => {
    expect(classify(user('mia'), answer(400, 'application/json'))).toEqual({ kind: 'absent' });
    expect(classify(users, answer(400, 'application/json'))).toEqual({ kind: 'fault', code: 'SOURCE_FAILED' });
    expect(classify(user('mia'), answer(404, 'application/json'))).toEqual({ kind: 'fault', code: 'SOURCE_MALFORMED' });
  });
});

/** Everything of an error that a message or a careless log could show: its own words and, without the transport's, its cause's. */
function speakable(error: unknown): string {
  const transport = error instanceof SourceError && (error.code === 'SOURCE_TIMEOUT' || error.code === 'SOURCE_UNREACHABLE');
  const cause = error instanceof SourceError && !transport ? String(error.cause) : '';
  return `${String(error)} ${JSON.stringify(error)} ${cause}`;
}
