import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import { newSharedKey } from '../../src/twins/horde/new-records.ts';
import { recordedAt, recordedWorld } from '../fixtures/ai-horde/recorded-world.ts';

interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly raw?: string;
  };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly items_returned?: number;
  readonly body_trimmed_to?: number;
}

/** Recordings that are not sent to the twin, with the reason. */
const excluded: Readonly<Record<string, string>> = {};

/** Fields of one recording that are made anew each time: there the shape is compared and not the value. */
const madeAnew: Readonly<Record<string, readonly string[]>> = { 'sharedkeys.put.defaults': ['id'] };

/** Where the recorder did something between two recordings that it did not write down. */
const unrecorded: Readonly<Record<string, (twin: HordeTwin, again: () => Promise<unknown>) => Promise<unknown> | undefined>> = {
  // The account had been undeleted above; one more DELETE marked it again, as the counted-down limit shows.
  'users.delete.second-too-early': (_twin, again) => again(),
  'sharedkeys.delete': ({ world }) => {
    const id = 'cf93aff8-db0a-43a2-b5e0-e0e3cf9269fc';
    world.sharedKeys.set(id, newSharedKey({ id, ownerId: 3 }));
    return undefined;
  },
  'kudos.transfer.rate-limited': (_twin, again) => again(),
  'users.get.rate-limited': async (_twin, again) => {
    for (let count = 0; count < 60; count += 1) await again();
  },
};

const REPLAYED = 133;

test('every recorded request gets the recorded status, headers and body, down to how numbers are written', async () => {
  const recordings = readRecordings();
  let now = recordedAt;
  // Users of equal rank keep the order that the recorded list shows them in.
  await using twin = await hordeTwin({ world: recordedWorld(), now: () => now, shiftTies: false });

  let replayed = 0;
  for (const recording of recordings) {
    if (recording.name in excluded) continue;
    // One transfer a second is allowed, and the recorder kept to that.
    if (recording.request.path === '/api/v2/kudos/transfer') now += 1100;
    const send = (): Promise<Response> => sendTo(twin, recording);
    await unrecorded[recording.name]?.(twin, async () => (await send()).text());
    const response = await send();
    const text = await response.text();

    expect({ name: recording.name, ...shown(recording, response, text) }).toEqual({ name: recording.name, ...told(recording) });
    replayed += 1;
  }

  const reasons = Object.entries(excluded).map(([name, reason]) => `${name}: ${reason}`);
  console.info(`AI Horde: ${replayed} of ${recordings.length} recordings replayed. Excluded: ${reasons.join('; ') || 'none'}.`);
  expect(replayed).toBe(REPLAYED);
});

function readRecordings(): readonly Recording[] {
  const text = readFileSync(new URL('../fixtures/ai-horde/recordings.json', import.meta.url), 'utf8');
  // The file is ours and unchanging; what it holds is described by its README.
  const { examples } = JSON.parse(text) as { examples: Recording[] };
  const { examples: exact } = parseExact(text) as { examples: Recording[] };
  return examples.map((example, index) => ({ ...example, body: exact[index]?.body }));
}

const sendTo = (twin: HordeTwin, { request }: Recording): Promise<Response> =>
  fetch(twin.url + request.path, {
    method: request.method,
    headers: request.headers ?? {},
    body: request.raw ?? (request.json === undefined ? null : JSON.stringify(request.json)),
  });

const told = (recording: Recording): object => ({
  status: recording.status,
  headers: recording.headers,
  items: recording.items_returned,
  body: comparable(recording.body, recording),
});

function shown(recording: Recording, response: Response, text: string): object {
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? parseExact(text) : text;
  const items = recording.items_returned !== undefined && Array.isArray(body) ? body.length : undefined;
  const trimmed = Array.isArray(body) ? body.slice(0, recording.body_trimmed_to) : body;
  const headers = Object.fromEntries(Object.keys(recording.headers).map((name) => [name, response.headers.get(name)]));
  return { status: response.status, headers, items, body: comparable(trimmed, recording) };
}

/** JSON with every number as it is written, so that 25 and 25.0 differ. */
function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' ? `number ${context?.source}` : value,
  );
}

/** Lists of ids have no order upstream, and what is made anew has no value to compare. */
function comparable(value: unknown, recording: Recording, key = ''): unknown {
  if (madeAnew[recording.name]?.includes(key)) return `some ${typeof value}`;
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, recording));
    return key === 'worker_ids' || key === 'sharedkey_ids' ? items.toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  // As pairs, so that the order of keys counts.
  return Object.entries(value).map(([name, item]) => [name, comparable(item, recording, name)]);
}
