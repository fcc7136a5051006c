import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { createRandom } from '../edge/random-operations.ts';
import { makeOperation } from '../edge/random-operations-making.ts';
import type { Pool } from '../edge/random-operations-values.ts';
import { post } from './corpus.ts';
import { type Heard, openTwoDoors } from './two-doors.ts';

const operations = 300;

const unlimited = {
  maxAliases: 10_000,
  maxDirectives: 10_000,
  maxTokens: 100_000,
  maxDepth: 100,
  maxCalls: 1_000_000,
  maxRows: 10_000_000,
  maxBodyBytes: 1_000_000,
  rateLimit: { points: 1_000_000_000 },
};

/** What a source does to every request for a while. */
const troubles: readonly (Fault | null)[] = [
  null,
  null,
  { kind: 'reply', status: 500, body: 'Internal Server Error' },
  { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: 'null' },
  { kind: 'reply', status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"no"}' },
  { kind: 'reset' },
];

// Each door learns for itself how fast a source is, and believes for a minute that a key is refused: by a clock that stands
// still within an operation both learn the same, and what they believe lapses for both between two operations.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test(`${operations} random operations, many of them over failing sources, are answered alike by both doors`, async () => {
  await using doors = await openTwoDoors({ edge: unlimited }, { horde: { limits: false, caches: false, shiftTies: false } });
  const { direct, yoga, community } = doors;
  const twins = [community.horde, community.mcsManager, community.openWebUI];
  const random = createRandom(20_260_121);
  const seen = { failed: 0, whole: 0, mutations: 0 };

  for (let done = 0; done < operations; ) {
    const { text, variables, isMutation } = makeOperation(direct.app.schema, pool, random);
    // These differ each time anybody looks.
    if (/: (age|latency|state)\b/.test(text)) continue;
    done += 1;
    vi.setSystemTime(Date.now() + 500);
    for (const twin of twins) {
      const trouble = troubles[Math.floor(random() * troubles.length)] ?? null;
      twin.faults.clear();
      if (trouble !== null) twin.faults.add({ fault: trouble });
    }
    const asking = post(JSON.stringify({ query: text, variables }));
    const [first, second] = [await direct.write(...asking), await yoga.write(...asking)];

    expect(comparable(first), text).toEqual(comparable(second));
    if (first.body.includes('"errors":')) seen.failed += 1;
    else seen.whole += 1;
    if (isMutation) seen.mutations += 1;
  }

  // It has been about something.
  expect(seen.failed).toBeGreaterThan(operations / 4);
  expect(seen.whole).toBeGreaterThan(operations / 10);
  expect(seen.mutations).toBeGreaterThan(operations / 20);
}, 180_000);

const ids = cast.flatMap(({ horde, mcsManager, openWebUI }) => [
  ...(horde === undefined ? [] : [`horde:${horde}`]),
  ...(mcsManager === undefined ? [] : [`mcsmanager:${mcsManager}`]),
  ...(openWebUI === undefined ? [] : [`webui:${openWebUI}`]),
]);

const pool: Pool = {
  id: ids,
  ids,
  source: ['horde', 'mcsmanager', 'webui'],
  sources: ['horde', 'mcsmanager', 'webui'],
  first: [0, 1, 2, 5],
  last: [1, 5],
  query: ['a', 'ada', '101'],
  username: ['ada', 'ada#101', '101', 'Ada Lindqvist'],
  userName: ['a'],
  search: ['a'],
  channel: ['general'],
  permission: ['chat.delete', 'horde.trusted', 'nothing.of.the.sort'],
  kind: ['AI_HORDE', 'OPEN_WEBUI'],
};

/** Errors come in the order in which fields failed; times and latencies tell when the answer was made. */
function comparable({ status, headers, body }: Heard): unknown {
  const still = body.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…').replaceAll(/:\d+\.\d{5,}/g, ':0');
  const { errors = [], ...rest }: { errors?: unknown[] } = JSON.parse(still);
  const lines = headers.filter((line) => !line.startsWith('content-length'));
  return { status, lines, rest, errors: errors.map((each) => JSON.stringify(each)).toSorted() };
}
