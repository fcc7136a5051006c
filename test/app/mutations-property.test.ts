import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graph/schema.ts';
import type { Release } from '../../src/twins/openwebui/releases.ts';
import { openLateDoor } from './late-door.ts';
import { deadlineMs, watchFaults } from './random-faults.ts';
import { mutationNames, sequence } from './random-mutations.ts';
import { startRollcall } from './rollcall.ts';
import { type Counts, runSequence } from './running-sequences.ts';

/** Always the same, so that it can be said how much of each they try; and others each time, by a seed that is printed. */
const known = { sequences: 46, seed: 20_260_206 };
const fresh = { sequences: 12, seed: Number(process.env['ROLLCALL_SEED'] ?? Date.now() % 2_147_483_647) };

const releases = fc.constantFrom<Release>('0.6.42', '0.9.0', '0.11.0', '0.12.4');

test('in random sequences of mutations, reads and faults nothing is told of a write that the twins do not bear out', async () => {
  const counts = await tryOut(known);

  console.info(counts);
  // It has been about something: each kind of truth was told, often, and each kind of fault struck.
  expect(counts).toMatchObject(Object.fromEntries(kindsOfFaults.map((kind) => [`fault: ${kind}`, expect.any(Number)])));
  for (const name of mutationNames) expect(counts[`sent: ${name}`] ?? 0, name).toBeGreaterThanOrEqual(1);
  for (const [what, count] of Object.entries(atLeast)) expect(counts[what], what).toBeGreaterThanOrEqual(count);
}, 600_000);

test('no mutation of the graph is left out', () => {
  expect([...mutationNames].sort()).toEqual(Object.keys(buildSchema().getMutationType()?.getFields() ?? {}).sort());
});

test(`nor in others that nobody has tried before (ROLLCALL_SEED=${fresh.seed})`, async () => {
  console.info(`ROLLCALL_SEED=${fresh.seed}`);

  expect(await tryOut(fresh)).toMatchObject({ sequences: fresh.sequences });
}, 300_000);

async function tryOut({ sequences, seed }: typeof known): Promise<Counts> {
  const counts: Counts = {};
  const property = fc.asyncProperty(sequence, releases, async (steps, release) => {
    await using horde = await openLateDoor();
    await using mcsManager = await openLateDoor();
    await using openWebUI = await openLateDoor();
    const doors = { horde, mcsManager, openWebUI };
    const inOrder = [horde, mcsManager, openWebUI];
    await using rollcall = await startRollcall({
      size: 12,
      horde: { limits: false, shiftTies: false },
      mcsManager: { rateLimits: false, hashMs: 0 },
      openWebUI: { release },
      config: ({ sources, ...others }) => ({
        ...others,
        sources: sources.map((source, index) => ({
          ...source,
          url: inOrder[index]?.before(source['url'] ?? ''),
          http: { deadlineMs },
        })),
      }),
    });

    const untrue = await runSequence(rollcall, watchFaults(rollcall.community, doors), steps, counts);

    counts['sequences'] = (counts['sequences'] ?? 0) + 1;
    expect(untrue).toEqual([]);
  });
  // What is not true names its mutation and fault; to look for a shorter sequence would take minutes.
  await fc.assert(property, { numRuns: sequences, seed, endOnFailure: true });
  return counts;
}

const atLeast = {
  sequences: known.sequences,
  mutations: 300,
  APPLIED: 220,
  NOT_APPLIED: 50,
  UNKNOWN: 10,
  ACCEPTED: 15,
  NOT_SENT: 40,
  WOULD_CHANGE: 25,
  'UNKNOWN, and done': 2,
  'UNKNOWN, and not done': 2,
  PartlyApplied: 10,
  UnknownOutcome: 6,
  repetitions: 25,
  'pairs at once': 50,
  'last words compared': 300,
  'second writer in between': 15,
  'second writer as it is sent': 15,
  'second writer before it is read back': 20,
  'expectation held': 6,
  'expectation failed, or nothing to do': 4,
};

const kindsOfFaults = [
  ...['fails', 'busy', 'refuses', 'lies', 'lost', 'reset', 'late'].map((kind) => `${kind} on write`),
  ...['fails', 'busy', 'refuses', 'lost', 'reset'].map((kind) => `${kind} on read`),
];
