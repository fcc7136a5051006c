import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { createMeasurements, type Measured } from '../../src/sources/estimates.ts';
import { meansOf } from '../../src/sources/means.ts';
import { type Need, plan } from '../../src/sources/planning.ts';
import { named, point, sessionOf, sweep } from './loading-session.ts';

const declared = { requests: 1, bytes: 1_000 };
const took = (ms: number, more: Partial<Measured> = {}): Measured => ({ ms, behind: 0, declared, ...more });

describe('what reads are taken to cost', () => {
  test('is what their kind declares until they have been seen', () => {
    expect(createMeasurements().estimate('user')).toEqual({ pace: 1, bytes: 1 });
  });

  test('hardly moves for a few observations, and follows many', () => {
    const measurements = createMeasurements();
    for (let n = 0; n < 20; n += 1) measurements.note('user', took(10));

    measurements.note('all', took(40, { bytes: 3_000 }));
    const [after, size] = [measurements.estimate('all').pace, measurements.estimate('all').bytes];
    for (let n = 0; n < 50; n += 1) {
      measurements.note('user', took(10));
      measurements.note('all', took(40, { bytes: 3_000 }));
    }

    expect({ after, size }).toEqual({ after: 1, size: 1 });
    expect(measurements.estimate('all').pace).toBeGreaterThan(measurements.estimate('user').pace * 2);
    expect(measurements.estimate('all').bytes).toBeGreaterThanOrEqual(2);
  });

  test('does not hang on how fast the source is, only on how its reads differ', () => {
    const [fast, slow] = [createMeasurements(), createMeasurements()];

    for (let n = 0; n < 40; n += 1) {
      for (const [measurements, times] of [
        [fast, 1],
        [slow, 50],
      ] as const) {
        measurements.note('user', took(2 * times));
        measurements.note('all', took(6 * times));
      }
    }

    for (const read of ['user', 'all']) expect(fast.estimate(read)).toEqual(slow.estimate(read));
  });

  test('leaves out the turns that a read had to wait for', () => {
    const measurements = createMeasurements();

    for (let n = 0; n < 40; n += 1)
      measurements.note(n % 2 === 0 ? 'user' : 'page', took(n % 2 === 0 ? 10 : 70, { behind: n % 2 === 0 ? 0 : 6 }));

    expect(measurements.estimate('page').pace).toBe(1);
  });

  test('rises with reads that had too little time, and not with those that were refused', () => {
    const measurements = createMeasurements();
    for (let n = 0; n < 40; n += 1) measurements.note('user', took(10));

    for (let n = 0; n < 40; n += 1) measurements.noteFailure('refused', new SourceError('SOURCE_FORBIDDEN', 'test'), took(1_000));
    for (let n = 0; n < 40; n += 1) measurements.noteFailure('late', new SourceError('SOURCE_TIMEOUT', 'test'), took(1_000));

    expect(measurements.estimate('refused').pace).toBe(1);
    expect(measurements.estimate('late').pace).toBeGreaterThan(1);
  });

  test('stays within a quarter and four times the declaration, whatever is measured', () => {
    const some = fc.record({
      ms: fc.double({ min: 0, max: 1e9, noNaN: true }),
      bytes: fc.integer({ min: 0, max: 1e9 }),
      read: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), (all) => {
        const measurements = createMeasurements();

        for (const { ms, bytes, read } of all) measurements.note(read, took(ms, { bytes }));

        for (const factor of Object.values(measurements.estimate('a'))) {
          expect(factor).toBeGreaterThanOrEqual(1 / 4);
          expect(factor).toBeLessThanOrEqual(4);
        }
      }),
    );
  });
});

describe('a plan by what was measured', () => {
  const needs = Array.from({ length: 20 }, (_, index): Need => ({ id: `${index}`, facet: 'identity' }));
  const session = sessionOf({
    reads: [
      point([], 'user', { brings: ['identity'], cost: { requests: 1, bytes: 250 }, tell: named }),
      sweep([], 'all', { brings: ['identity'], complete: true, cost: { requests: 1, bytes: 130_000 }, tell: () => ({}) }),
    ],
  });
  const chosen = (pace: number, bytes: number, mostSweptBytes = 8_000_000) =>
    plan(
      needs,
      meansOf(session, {
        population: undefined,
        concurrency: 8,
        mostSweptBytes,
        estimate: (read) => (read === 'all' ? { pace, bytes } : { pace: 1, bytes: 1 }),
        known: () => new Set(),
        hasMissed: () => false,
        hasShared: () => false,
        isUnderway: () => false,
      }),
    ).sweeps.map(({ read }) => read);

  test('sweeps as declared, and reads singly where the sweep has turned out larger', () => {
    expect(chosen(1, 1)).toEqual(['all']);
    expect(chosen(1, 2)).toEqual([]);
  });

  test('reads singly where the sweep takes so long that eight at a time are sooner there', () => {
    const patient = chosen(4, 1);
    const long = chosen(16, 1);

    expect([patient, long]).toEqual([['all'], []]);
  });

  test('never sweeps for more than may be brought', () => {
    expect(chosen(1, 1, 130_000)).toEqual(['all']);
    expect(chosen(1, 1, 129_999)).toEqual([]);
  });
});
