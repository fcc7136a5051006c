import { describe, expect, test } from 'vitest';
import { drawPlots } from '../../bench/plots/index.ts';
import { goalsOf } from '../../bench/report/goals.ts';
import { formatPage } from '../../bench/report/page.ts';
import { between } from '../../bench/report/writing.ts';
import type { Results, Visit } from '../../bench/results.ts';
import { summarise } from '../../bench/summary.ts';

const visit = (operations: number, p99 = 10): Visit => ({
  operations,
  seconds: 1,
  cpuSeconds: 0.5,
  upstreamRequests: operations * 26,
  p50: 5,
  p99,
});

function resultsOf(visits: Record<string, Visit[]>): Results {
  const start = (ms: number) => [{ ms, cpuSeconds: 0.2 }];
  return {
    day: '2026-01-01',
    machine: { cores: 2, node: 'v24.0.0', platform: 'linux x64', pinned: true },
    pace: { rounds: 2, visitMs: 100, warmUpMs: 100 },
    contenders: Object.keys(visits).map((name) => ({ name, label: `The ${name}` })),
    scenarios: [{ name: 'join', title: 'A join', connections: 64, latencyMs: 0, visits }],
    starts: { rollcall: start(900), yoga: start(600) },
    soak: {
      rollcall: { operations: 10, before: 1e8, after: 9e7 },
      yoga: { operations: 10, before: 1e8, after: 1e8 },
    },
  };
}

describe('a summary', () => {
  const { scenarios } = resultsOf({
    rollcall: [visit(400), visit(500), visit(1_000)],
    limit: [visit(1_000), visit(1_000), visit(1_000)],
  });

  test('takes the median of the rounds by the clock, and all of them together by processor time', () => {
    const [rollcall] = scenarios.flatMap(summarise);

    expect(rollcall).toMatchObject({
      perSecond: 500,
      ofLimitByClock: 0.5,
      perCoreSecond: 1_900 / 1.5,
      ofLimit: expect.closeTo(1_900 / 3_000, 10),
      busy: 0.5,
      upstreamCalls: 26,
    });
  });

  test('goes by the clock where the system does not tell processor time', () => {
    const unknown = (operations: number): Visit => ({ ...visit(operations), cpuSeconds: null });
    const [rollcall] = resultsOf({ rollcall: [unknown(300)], limit: [unknown(1_000)] }).scenarios.flatMap(summarise);

    expect(rollcall).toMatchObject({ ofLimit: 0.3, perCoreSecond: null, busy: null });
  });
});

describe('goals', () => {
  const visits = { rollcall: [visit(790)], yoga: [visit(200)], limit: [visit(1_000)] };
  const goals = new Map(goalsOf(resultsOf(visits)).map(({ what, ...goal }) => [what, goal]));

  test('are said to be missed when they are', () => {
    expect(goals.get('Join by the same number of calls, of the limit')).toEqual({
      aim: 'at least 0.8',
      measured: '0.79',
      isReached: false,
    });
    expect(goals.get('Join, compared with yoga')).toEqual({ aim: 'at least 4×', measured: '3.95×', isReached: false });
    expect(goals.get('Cold start, compared with yoga')).toEqual({ aim: 'at most 1.3×', measured: '1.50×', isReached: false });
  });

  test('are said to be reached when they are', () => {
    expect(goals.get('Join, p99 compared with yoga')).toEqual({ aim: 'at most 1×', measured: '1.00×', isReached: true });
    expect(goals.get('Memory after a soak, compared with yoga')).toEqual({
      aim: 'at most 1×',
      measured: '0.90×',
      isReached: true,
    });
    expect(goals.get('Requests to the sources')).toMatchObject({ isReached: true });
  });

  test('that a run did not look at are neither', () => {
    expect(goals.get('One user, of the limit')).toEqual({ aim: 'at least 0.5', measured: null, isReached: false });
  });

  test('one request more than anybody else’s is one too many', () => {
    const more = { ...visit(100), upstreamRequests: 2_700 };
    const [calls] = goalsOf(resultsOf({ ...visits, rollcall: [more] })).filter(({ what }) => what === 'Requests to the sources');

    expect(calls).toMatchObject({ measured: 'not in join', isReached: false });
  });
});

test('the page is written between its marks and nowhere else', () => {
  const marks = ['<!-- Written by `npm run bench` from here. -->', '<!-- To here. -->'];
  const page = `before\n${marks.join('\nold\n')}\nafter\n`;

  expect(between(page, 'new')).toBe(`before\n${marks.join('\n\nnew\n\n')}\nafter\n`);
  expect(() => between('no marks', 'new')).toThrow('has lost the two marks');
});

test('the page and the plots name every contender by its label', () => {
  const results = resultsOf({ rollcall: [visit(790)], 'a<b': [visit(200)], limit: [visit(1_000)] });

  const page = formatPage(results);
  const plot = drawPlots(results)['throughput.svg'];

  expect(page).toContain('| The rollcall | 0.79 | 0.79 | 790 | 1580 | 0.50 | 5.0 | 10.0 | 26.00 |');
  expect(plot).toContain('>The a&#60;b</text>');
  expect(plot).not.toContain('a<b');
});
