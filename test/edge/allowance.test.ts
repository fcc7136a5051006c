import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Allowance, createAllowance } from '../../src/edge/allowance.ts';

interface Asking {
  readonly callers: readonly [string, ...string[]];
  readonly points: number;
  /** Microtasks until they ask. */
  readonly later: number;
}

const ask = (allowance: Allowance, { callers, points }: Asking) => allowance.take(callers, points);

/** All at once: how each stood, in the order in which they came to ask. */
async function sideBySide(allowance: Allowance, askings: readonly Asking[]) {
  const asked: Asking[] = [];
  const standings: ReturnType<Allowance['take']>[] = [];
  const come = async (asking: Asking): Promise<void> => {
    for (let count = 0; count < asking.later; count += 1) await null;
    asked.push(asking);
    standings.push(ask(allowance, asking));
  };
  await Promise.all(askings.map(come));
  return { asked, standings: await Promise.all(standings) };
}

async function oneByOne(allowance: Allowance, askings: readonly Asking[]) {
  const standings = [];
  for (const asking of askings) standings.push(await ask(allowance, asking));
  return standings;
}

const of = (caller: string, points: readonly number[]): readonly Asking[] =>
  points.map((each) => ({ callers: [caller], points: each, later: 0 }));

test.each<[string, number, readonly number[], readonly boolean[], readonly number[]]>([
  ['the cheaper are granted beside what is refused', 0, [26, 26, 1, 1, 1], [true, false, true, true, true], [1]],
  ['each of several refusals stands for itself', 0, [20, 26, 12, 11, 10, 1], [true, false, false, false, true, false], [0]],
  ['the burst is left alone while the minute has room', 60, [26, 26, 1, 1, 1, 1], [true, true, true, true, true, true], [0, 34]],
  [
    'and is had by who fits into neither minute nor what others wanted',
    28,
    [26, 26, 29, 4, 2],
    [true, true, false, true, true],
    [0, 0],
  ],
])('of those who ask at once, %s', async (_what, burst, points, granted, left) => {
  const allowance = createAllowance({ points: 30, burst });

  const { standings } = await sideBySide(allowance, of('ada', points));

  expect(standings.map((standing) => standing.granted)).toEqual(granted);
  expect(allowance.take(['ada'], 0).left.map((each) => each.points)).toEqual(left);
});

test('who asks at once with others fares as one by one, whatever it costs and whoever pays', async () => {
  const asking = fc.record<Asking>({
    callers: fc.constantFrom<Asking['callers'][]>(['ada'], ['bao'], ['key', 'ada'], ['other key', 'ada'], ['key', 'bao']),
    points: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 90 })),
    later: fc.nat(9),
  });
  // Seconds are told, too.
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ points: fc.integer({ min: 1, max: 40 }), burst: fc.nat(60) }),
        fc.array(asking, { maxLength: 30 }),
        async (settings, askings) => {
          const { asked, standings } = await sideBySide(createAllowance(settings), askings);

          expect(standings).toEqual(await oneByOne(createAllowance(settings), asked));
        },
      ),
      { numRuns: 300 },
    );
  } finally {
    vi.useRealTimers();
  }
});

test('a refusal begins no minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const allowance = createAllowance({ points: 30, burst: 60 });
    allowance.take(['ada'], 40);
    vi.advanceTimersByTime(20_000);

    expect(allowance.take(['ada'], 1).left).toEqual([
      { policy: 'minute', points: 29, seconds: 60 },
      { policy: 'burst', points: 20, seconds: 580 },
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test('a clock that is set back or forward makes nobody wait for longer or less long', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  try {
    const allowance = createAllowance({ points: 30, burst: 0 });
    allowance.take(['ada'], 30);
    for (const moved of [-3_600_000, 7_200_000]) {
      vi.setSystemTime(Date.now() + moved);

      expect(allowance.take(['ada'], 1)).toEqual({
        granted: false,
        left: [{ policy: 'minute', points: 0, seconds: 60 }],
        retryAfter: 60,
      });
    }
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ['the first', ['ada', 'key']],
  ['the second', ['key', 'ada']],
] as const)('of two who have too little the wait of %s is told where it is the longer one', async (_which, callers) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const allowance = createAllowance({ points: 30, burst: 0 });
    allowance.take(['key'], 30);
    vi.advanceTimersByTime(40_000);
    allowance.take(['ada'], 30);
    vi.advanceTimersByTime(10_000);

    const refused = allowance.take(callers, 20);
    vi.advanceTimersByTime(refused.retryAfter * 1_000);

    expect(refused).toEqual({ granted: false, left: [{ policy: 'minute', points: 0, seconds: 50 }], retryAfter: 50 });
    expect(allowance.take(callers, 20)).toMatchObject({ granted: true });
  } finally {
    vi.useRealTimers();
  }
});
