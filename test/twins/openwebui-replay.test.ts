import { describe, expect, test } from 'vitest';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { differences } from '../fixtures/open-webui/differences.ts';
import { derivedWorld, recorded, recordedWorld } from '../fixtures/open-webui/recorded-world.ts';
import recordings from '../fixtures/open-webui/recordings.json' with { type: 'json' };
import { type Step, unkept, unkeptLater } from '../fixtures/open-webui/replay-script.ts';

interface Recording {
  readonly name: string;
  readonly version: string;
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly request_body?: unknown;
  readonly request_headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly content_type: string;
  readonly location?: string;
  readonly body: unknown;
}

// The file is checked in and holds nothing else; its many body shapes are too much for inference to be of use.
const all = recordings.examples as readonly Recording[];
const of = (version: string): readonly Recording[] => all.filter((one) => one.version === version);

let replayed = 0;

describe.each(['0.6.42', '0.11.0'] as const)('the recordings of %s', (release) => {
  test('come out the same from the twin, one after the other', async () => {
    const clock = createClock();
    await using twin = await openWebUITwin({ world: recordedWorld(release), now: clock.now, order: 'insertion' });

    const found = await replayAll(twin, of(release), unkept, clock);

    expect(found).toEqual([]);
  });

  test('an address is refused its sixteenth try', async () => {
    const [refusal] = of('all').filter((one) => one.name === 'signin-rate-limited');
    await using twin = await openWebUITwin({ release });
    const cast = createCast(twin);
    for (let attempt = 1; attempt <= 15; attempt++) expect((await send(twin, required(refusal), cast)).status).toBe(400);

    expect(await compare(twin, required(refusal), cast)).toEqual([]);
  });

  test('what nobody foresaw is plain text', async () => {
    const [failure] = of('all').filter((one) => one.name === 'unhandled-error');
    await using twin = await openWebUITwin({ release });
    const cast = createCast(twin);
    cast.tokens.set('any', twin.keys.adminToken);

    // The recording names no path. A page beyond 64 bits is one that trips both releases.
    const request = { ...required(failure), path: '/api/v1/users/?page=99999999999999999999' };

    expect(await compare(twin, request, cast)).toEqual([]);
  });
});

test('the derived answers of 0.12 come out the same from the twin', async () => {
  const clock = createClock();
  await using twin = await openWebUITwin({ world: derivedWorld(clock.seconds()), now: clock.now, order: 'insertion' });

  const found = await replayAll(twin, of('0.12.x'), unkeptLater, clock);

  expect(found).toEqual([]);
});

test('nothing that was recorded is left out', () => {
  console.info(
    `Open WebUI: replayed ${replayed} requests of ${all.length} recordings, two of them on both releases; none excluded.`,
  );

  expect(replayed).toBeGreaterThanOrEqual(192);
});

/** Who has which credential, as it was when the recording was made: from the answer that first brought it. */
interface Cast {
  readonly tokens: Map<string, string>;
}

function createCast(twin: OpenWebUITwin): Cast {
  const people = Object.entries(recorded).map(([name, id]) => [name, twin.keys.tokenOf(id) ?? ''] as const);
  return { tokens: new Map(people.filter(([, token]) => token !== '')) };
}

async function replayAll(
  twin: OpenWebUITwin,
  requests: readonly Recording[],
  between: Readonly<Record<string, readonly Step[]>>,
  clock: Clock,
): Promise<string[]> {
  const cast = createCast(twin);
  const found: string[] = [];
  for (const request of requests) {
    for (const step of between[request.name] ?? []) await act(twin, step, cast, clock);
    found.push(...(await compare(twin, request, cast)));
  }
  return found;
}

async function act(twin: OpenWebUITwin, step: Step, cast: Cast, clock: Clock): Promise<void> {
  if ('wait' in step) return clock.wait(step.wait);
  if ('plant' in step) return step.plant(twin.world);
  const answer = await send(twin, { as: step.as, method: 'POST', path: step.path, request_body: step.body }, cast);
  expect(answer.status).toBe(200);
  // The answers whose token is wanted are those of adding a user.
  const { token } = (await answer.json()) as { token?: string };
  if (step.tokenFor && token) cast.tokens.set(step.tokenFor, token);
}

/** One line for each difference between what was recorded and what the twin says. */
async function compare(twin: OpenWebUITwin, request: Recording, cast: Cast): Promise<string[]> {
  const answer = await send(twin, request, cast);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get('content-type') ?? '';
  const body: unknown = type === 'application/json' ? JSON.parse(bytes.toString()) : bytes;
  learn(request, body, cast);
  replayed += 1;
  const place = `${request.version} ${request.name}`;
  return [
    ...differences(request.status, answer.status, `${place} status`),
    ...differences(request.content_type, type, `${place} content type`),
    ...differences(request.location ?? null, answer.headers.get('location'), `${place} location`),
    ...differences(request.body, body, place),
  ];
}

function learn(request: Recording, body: unknown, cast: Cast): void {
  // Looked into only for the three answers that bring a credential.
  const { token, api_key } = (body ?? {}) as { token?: string; api_key?: string };
  if (request.name === 'signup-first-user' && token) cast.tokens.set('admin', token);
  if (request.name === 'add-user' && token) cast.tokens.set('ben', token);
  if (request.name === 'api-key-create' && api_key) cast.tokens.set('ben-key', api_key);
}

function send(
  twin: OpenWebUITwin,
  request: Pick<Recording, 'as' | 'method' | 'path' | 'request_body' | 'request_headers'>,
  cast: Cast,
): Promise<Response> {
  const token = cast.tokens.get(request.as);
  if (token === undefined && request.as !== 'anonymous') throw new Error(`No credential for ${request.as}.`);
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${twin.apiUrl}${request.path}`, {
    method: request.method,
    redirect: 'manual',
    headers: { ...authorization, 'content-type': 'application/json', ...request.request_headers },
    ...(request.request_body === undefined ? {} : { body: JSON.stringify(request.request_body) }),
  });
}

interface Clock {
  now(): number;
  seconds(): number;
  wait(seconds: number): void;
}

/** Stands still unless told, at the time of the recordings: what was recorded within one second ties here too. */
function createClock(): Clock {
  let time = 1_795_279_334_000;
  return {
    now: () => time,
    seconds: () => time / 1000,
    wait: (seconds) => {
      time += seconds * 1000;
    },
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The recording is missing.');
  return value;
}
