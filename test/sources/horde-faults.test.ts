import { describe, expect, test } from 'vitest';
import { SourceError, type SourceErrorCode } from '../../src/errors.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import { alwaysAnswer, type OpenedHorde, openHorde } from './horde-session.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };
const page = { 'content-type': 'text/html; charset=utf-8' };
const reply = (status: number, headers: Record<string, string>, body: string): Fault => ({
  kind: 'reply',
  status,
  headers,
  body,
});

/** What every request may meet, and what it must be called. */
const faults: readonly (readonly [string, Fault, SourceErrorCode])[] = [
  ['an answer that never comes', { kind: 'hang' }, 'SOURCE_TIMEOUT'],
  ['an answer that comes too late', { kind: 'delay', ms: 600 }, 'SOURCE_TIMEOUT'],
  ['a connection that is closed', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
  ['half an answer', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ['a flood', { kind: 'flood', bytes: 300_000 }, 'SOURCE_MALFORMED'],
  ['a page with status 200', reply(200, page, '<html>maintenance</html>'), 'SOURCE_MALFORMED'],
  ['a page with status 404', reply(404, page, '<html>nothing here</html>'), 'SOURCE_MALFORMED'],
  ['a challenge page with status 403', reply(403, page, '<html>are you human?</html>'), 'SOURCE_MALFORMED'],
  ['a redirect', reply(302, { ...page, location: 'http://127.0.0.1:9/elsewhere' }, ''), 'SOURCE_MALFORMED'],
  ['a 404 for a route the API lacks', reply(404, json, '{"message":"upstream sentence"}'), 'SOURCE_MALFORMED'],
  ['a 404 about something else', reply(404, json, '{"message":"upstream sentence","rc":"Moved"}'), 'SOURCE_MALFORMED'],
  ['broken JSON', reply(200, json, '{"id": 1, "upstream sentence'), 'SOURCE_MALFORMED'],
  ['another shape', reply(200, json, '{"upstream sentence": true}'), 'SOURCE_MALFORMED'],
  ['an empty answer', reply(200, json, ''), 'SOURCE_MALFORMED'],
  ['no content at all', reply(204, {}, ''), 'SOURCE_MALFORMED'],
  ['a 429 of the Horde', reply(429, { ...json, 'retry-after': '7' }, '{"message":"90 per 1 minute"}'), 'SOURCE_RATE_LIMITED'],
  ['a 429 of a proxy', reply(429, page, '<html>slow down</html>'), 'SOURCE_RATE_LIMITED'],
  ['a 403', reply(403, json, '{"message":"upstream sentence","rc":"NotModerator"}'), 'SOURCE_FORBIDDEN'],
  ['a 401', reply(401, json, '{"message":"upstream sentence","rc":"SomethingNew"}'), 'SOURCE_UNAUTHORIZED'],
  ['a 400', reply(400, json, '{"message":"upstream sentence","errors":{"page":"bad"}}'), 'SOURCE_FAILED'],
  ['a 500', reply(500, json, '{"message":"Internal Server Error"}'), 'SOURCE_FAILED'],
  ['a 502 page', reply(502, page, '<html>bad gateway</html>'), 'SOURCE_FAILED'],
  ['a 503 page', reply(503, { ...page, 'retry-after': '7' }, '<html>come back later</html>'), 'SOURCE_FAILED'],
];

const asks: Record<string, (horde: OpenedHorde, twin: HordeTwin) => Promise<unknown>> = {
  'reading a user': (horde) => horde.read('user', '101'),
  'reading a user with a key': (horde) => horde.read('user with key', '101'),
  'reading a worker': (horde, twin) => horde.read('worker', firstOf(twin.world.workers)),
  'reading a style': (horde, twin) => horde.read('style', `image/${firstOf(twin.world.styles)}`),
  'reading a shared key': (horde, twin) => horde.read('shared key', firstOf(twin.world.sharedKeys)),
  listing: (horde) => horde.session.list({}).page(0),
  finding: (horde) => horde.session.search('ada#101', 1),
  'asking whose key it is': (horde) => horde.session.self(),
  'asking for the status': (horde) => horde.session.status(),
};

describe.for(Object.entries(asks))('%s', ([, ask]) => {
  test.for(faults)('meets %s and says so by its code alone', async ([, fault, code]) => {
    await using twin = await hordeTwin({ canary: 'CANARY', faults: [{ fault }] });
    const http = { deadlineMs: 300, maxBytes: 200_000 };
    await using horde = openHorde(twin.url, { key: twin.keys.moderator, http });

    const error = await ask(horde, twin).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code, source: 'horde' });
    const told = fault.kind === 'reply' && fault.headers?.['retry-after'];
    expect(retryAfterOf(error)).toBe(told ? 7 : code === 'SOURCE_RATE_LIMITED' ? 1 : undefined);
    expect(speakable(error)).not.toMatch(/CANARY|127\.0\.0\.1|api|upstream sentence|per 1 minute|html|Gateway/i);
  });
});

test('a Horde that is not there is unreachable', async () => {
  const gone = await alwaysAnswer(200, {});
  await gone.close();
  await using horde = openHorde(gone.url);

  await expect(horde.read('user', '1')).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
});

test('the 404 of find_user repeats the key, and neither the error nor its cause does', async () => {
  await using twin = await hordeTwin();
  await using horde = openHorde(twin.url, { key: 'a-key-that-nobody-has' });

  const error = await horde.session.self().catch((caught: unknown) => caught);

  expect(error).toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
  expect(speakable(error)).not.toContain('a-key-that-nobody-has');
});

test('a key that no header can carry is nobody’s, and is not sent', async () => {
  await using twin = await hordeTwin();
  await using horde = openHorde(twin.url, { key: 'käse\r\nx-other: 1' });

  await expect(horde.read('user with key', '101')).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
  await expect(horde.session.self()).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
  expect(twin.requests).toHaveLength(0);
});

test('Retry-After stands on good answers and on refusals too, and is heeded on neither', async () => {
  await using bad = await alwaysAnswer(401, { message: 'no', rc: 'InvalidAPIKey' }, { 'retry-after': '60' });
  await using horde = openHorde(bad.url, { key: 'any' });

  const error = await horde.read('user with key', '1').catch((caught: unknown) => caught);

  expect(error).toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
  expect(retryAfterOf(error)).toBeUndefined();
});

test('one fault spoils no other id', async () => {
  await using twin = await hordeTwin({ faults: [{ path: '/api/v2/users/102', fault: { kind: 'reset' } }] });
  await using horde = openHorde(twin.url);

  const outcomes = await Promise.allSettled(['101', '102', '103'].map((id) => horde.read('user', id)));

  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('reading ends with the caller’s own reason when the caller goes away', async () => {
  await using twin = await hordeTwin({ faults: [{ fault: { kind: 'hang' } }] });
  const caller = new AbortController();
  await using horde = openHorde(twin.url, { key: twin.keys.moderator, signal: caller.signal });
  const reason = new Error('the caller left');

  const outcomes = Promise.allSettled(Object.values(asks).map((ask) => ask(horde, twin)));
  setTimeout(() => caller.abort(reason), 50);

  expect(await outcomes).toEqual(Object.keys(asks).map(() => ({ status: 'rejected', reason })));
});

const firstOf = (things: ReadonlyMap<string, unknown>): string => [...things.keys()][0] ?? '';

const retryAfterOf = (error: unknown): number | undefined => (error instanceof SourceError ? error.retryAfter : undefined);

/** Everything of an error that a message or a careless log could show: its own words and, without the transport's, its cause's. */
function speakable(error: unknown): string {
  const cause = error instanceof SourceError && error.code === 'SOURCE_MALFORMED' ? String(error.cause) : '';
  return `${String(error)} ${JSON.stringify(error)} ${cause}`;
}
