import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { alwaysAnswer, type OpenedHorde, openHorde } from './horde-session.ts';

interface Recording {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly headers?: Readonly<Record<string, string>> };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const file = new URL('../fixtures/ai-horde/recordings.json', import.meta.url);
// The fixture is ours and its README says what it holds.
const recordings = (JSON.parse(readFileSync(file, 'utf8')) as { examples: readonly Recording[] }).examples;

const neverAsked: Record<string, string> = {
  'users.get.mask': 'the source sends no field mask; as an answer it is of the wrong shape, see below',
  'users.get.mask-bad': 'the source sends no field mask',
  'workers.list': 'the source asks for workers by id',
  'teams.get': 'the source does not ask for teams',
};

const asked = recordings.filter(({ name, request }) => request.method === 'GET' && neverAsked[name] === undefined);
const writes = recordings.filter(({ request }) => request.method !== 'GET');

/** What each refusal must become. Null: an answer that there is no such thing. */
const refusals: Record<string, string | null> = {
  'users.list.bad-page': 'SOURCE_FAILED',
  'users.get.wiped': null,
  'users.get.unknown': null,
  'users.get.not-numeric': null,
  'users.get.bad-key': 'SOURCE_UNAUTHORIZED',
  'users.get.sharedkey-as-key': 'SOURCE_UNAUTHORIZED',
  'users.trailing-slash': 'SOURCE_MALFORMED',
  'find_user.sharedkey': 'SOURCE_UNAUTHORIZED',
  'find_user.sharedkey-unnamed': 'SOURCE_UNAUTHORIZED',
  'find_user.no-key': 'SOURCE_UNAUTHORIZED',
  'find_user.unknown-key': 'SOURCE_UNAUTHORIZED',
  'sharedkeys.get.unknown': null,
  'workers.get.unknown': null,
  'styles.image.get.wrong-type': null,
  'styles.image.get.unknown': null,
  'users.get.rate-limited': 'SOURCE_RATE_LIMITED',
};

describe('the recorded answers, fed to the source, map without error or are refused with the right code', () => {
  test.for(asked.map((recording) => [recording.name, recording] as const))('%s', async ([name, recording]) => {
    await using upstream = await alwaysAnswer(recording.status, recording.body, { 'retry-after': '60' });
    await using horde = openHorde(upstream.url, keyOption(recording));
    const expected = refusals[name];

    const outcome = await ask(horde, recording).catch((error: unknown) => error);

    expect(upstream.requests).toHaveLength(1);
    if (typeof expected === 'string') {
      expect(outcome).toBeInstanceOf(SourceError);
      expect(outcome).toMatchObject({ code: expected });
      const message = messageOf(recording.body);
      if (message !== undefined) expect(JSON.stringify([outcome, String(outcome)])).not.toContain(message);
    } else if (expected === null) expect(outcome).toBeNull();
    else expect(told(outcome, recording)).toBe(true);
  });

  test('every recorded read answer but four has been fed', () => {
    expect(asked).toHaveLength(61);
    expect(Object.keys(neverAsked).every((name) => recordings.some((recording) => recording.name === name))).toBe(true);
    expect(writes.length + asked.length + Object.keys(neverAsked).length).toBe(recordings.length);
  });

  afterAll(() => {
    const reasons = Object.entries(neverAsked).map(([name, reason]) => `${name} (${reason})`);
    console.info(
      `AI Horde: ${asked.length} of ${recordings.length} recorded answers fed to the source. ` +
        `Left out: ${writes.length} writes (a source only reads); ${reasons.join('; ')}.`,
    );
  });
});

test('a recorded user cut down by a field mask is malformed when it is asked for alone', async () => {
  const masked = recordings.find((recording) => recording.name === 'users.get.mask');
  await using upstream = await alwaysAnswer(200, masked?.body);
  await using horde = openHorde(upstream.url);

  await expect(horde.read('user', '3')).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
});

/** Asks through the session as this recording was asked, with an id that the source would take. */
function ask(horde: OpenedHorde, { request }: Recording): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.path, 'http://horde.example');
  const [, , , folder = '', ...rest] = pathname.split('/');
  const keyed = request.headers?.apikey !== undefined;
  if (folder === 'status') return horde.session.status();
  if (folder === 'find_user') return horde.session.self();
  if (folder === 'workers') return horde.read('worker', rest.join('/'));
  if (folder === 'sharedkeys') return horde.read('shared key', rest.join('/'));
  if (folder === 'styles') return horde.read('style', rest.join('/'));
  const [id] = rest;
  if (id === undefined) {
    const order = searchParams.get('sort') === 'age' ? 'CREATED' : 'KUDOS';
    return horde.session.list({ order }).page(0);
  }
  return horde.read(keyed ? 'user with key' : 'user', horde.source.canonicalId(id) ?? '0');
}

/** A session must hold a key to be told that a key was missing or wrong. */
function keyOption({ request }: Recording): { key?: string } {
  const key = request.headers?.apikey ?? (request.path.endsWith('/find_user') ? 'any' : undefined);
  return key === undefined ? {} : { key };
}

/** True when the answer told all that its recording holds. */
function told(outcome: unknown, { body }: Recording): boolean {
  if (outcome === null || typeof outcome !== 'object' || outcome instanceof Error) return false;
  if ('accounts' in outcome) return Array.isArray(body) && count(outcome.accounts) === body.length;
  const record = 'record' in outcome ? outcome.record : outcome;
  return values(record).length === (isUser(body) ? userFacetsIn(body) : values(outcome).length) && values(record).length > 0;
}

/** Nine public facets, and those that the recorded fields add. */
const userFacetsIn = (user: object): number =>
  9 + ('worker_ids' in user ? 1 : 0) + ('vpn' in user ? 2 : 0) + ('evaluating_kudos' in user ? 2 : 0);

const isUser = (body: unknown): body is object =>
  typeof body === 'object' && body !== null && 'kudos_details' in body && 'styles' in body;

const values = (record: unknown): unknown[] => Object.values(record ?? {}).filter((value) => !(value instanceof SourceError));

const count = (list: unknown): number => (Array.isArray(list) ? list.length : -1);

const messageOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
