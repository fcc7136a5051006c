import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLateDoor } from './late-door.ts';
import { deadlineMs, watchFaults } from './random-faults.ts';
import { sequence } from './random-mutations.ts';
import { startRollcall } from './rollcall.ts';
import { type Counts, runSequence } from './running-sequences.ts';

const sequences = 60;

test(`in ${sequences} random sequences of mutations, reads and faults nothing is told of a write that the twins do not bear out`, async () => {
  const counts: Counts = {};

  const property = fc.asyncProperty(sequence, async (steps) => {
    await using horde = await openLateDoor();
    await using mcsManager = await openLateDoor();
    await using openWebUI = await openLateDoor();
    const doors = { horde, mcsManager, openWebUI };
    const inOrder = [horde, mcsManager, openWebUI];
    await using rollcall = await startRollcall({
      size: 12,
      horde: { limits: false, shiftTies: false },
      mcsManager: { rateLimits: false, hashMs: 0 },
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
  await fc.assert(property, { numRuns: sequences, seed: 20_260_206, endOnFailure: true });

  console.info(counts);
  // It has been about something: each kind of truth was told, often, and each kind of fault struck.
  expect(counts).toMatchObject(Object.fromEntries(kindsOfFaults.map((kind) => [`fault: ${kind}`, expect.any(Number)])));
  const least = {
    sequences,
    mutations: 400,
    APPLIED: 300,
    NOT_APPLIED: 80,
    UNKNOWN: 10,
    ACCEPTED: 15,
    NOT_SENT: 60,
    WOULD_CHANGE: 40,
  };
  const more = {
    'UNKNOWN, and done': 3,
    'UNKNOWN, and not done': 3,
    PartlyApplied: 20,
    UnknownOutcome: 8,
    repetitions: 40,
    'pairs at once': 80,
    'last words compared': 400,
  };
  for (const [what, count] of Object.entries({ ...least, ...more })) {
    expect(counts[what], what).toBeGreaterThanOrEqual(count);
  }
}, 300_000);

const kindsOfFaults = [
  ...['fails', 'busy', 'refuses', 'lies', 'lost', 'reset', 'late'].map((kind) => `${kind} on write`),
  ...['fails', 'busy', 'refuses', 'lost', 'reset'].map((kind) => `${kind} on read`),
];
