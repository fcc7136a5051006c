import { median } from '../load/burst.ts';
import type { Results } from '../results.ts';
import { summaryOf } from '../summary.ts';

/** What was set out to be reached, and what was. */
export interface Goal {
  readonly what: string;
  readonly aim: string;
  /** Null where the run did not measure it. */
  readonly measured: string | null;
  readonly isReached: boolean;
}

/** A comparison of two numbers of a run, in words. */
interface Aim {
  readonly what: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly value: number | null;
  readonly unit?: string;
}

export function goalsOf(results: Results): readonly Goal[] {
  const of = (scenario: string, contender: string) => summaryOf(results, scenario, contender);
  const share = (scenario: string, contender = 'rollcall'): number | null => of(scenario, contender)?.ofLimit ?? null;
  const times = (scenario: string, other: string): number | null => divide(share(scenario), share(scenario, other));
  const p99 = (scenario: string, other: string): number | null =>
    divide(of(scenario, 'rollcall')?.p99 ?? null, of(scenario, other)?.p99 ?? null);
  const start = (name: string): number | null => {
    const each = results.starts[name];
    return each === undefined ? null : median(each.map(({ ms }) => ms));
  };
  const memory = (name: string): number | null => results.soak[name]?.after ?? null;

  const aims: readonly Aim[] = [
    { what: 'One user, of the limit', atLeast: 0.5, value: share('one-user') },
    { what: 'List of 25, of the limit', atLeast: 0.75, value: share('list') },
    { what: 'Join by the same number of calls, of the limit', atLeast: 0.8, value: share('join') },
    ...(['apollo', 'yoga'] as const).flatMap((other) => [
      { what: `One user, compared with ${other}`, atLeast: 4, value: times('one-user', other), unit: '×' },
      { what: `Join, compared with ${other}`, atLeast: 4, value: times('join', other), unit: '×' },
    ]),
    { what: 'Join, compared with mercurius', atLeast: 2.5, value: times('join', 'mercurius'), unit: '×' },
    ...(['apollo', 'yoga', 'mercurius'] as const).flatMap((other) => [
      { what: `One user, p99 compared with ${other}`, atMost: 1, value: p99('one-user', other), unit: '×' },
      { what: `Join, p99 compared with ${other}`, atMost: 1, value: p99('join', other), unit: '×' },
    ]),
    {
      what: 'Everybody asks for one user, sharing on, of the limit',
      atLeast: 2,
      value: share('one-user-same', 'rollcall-sharing'),
    },
    { what: 'Everybody asks for one join, sharing on, of the limit', atLeast: 10, value: share('join-same', 'rollcall-sharing') },
    { what: 'Cold start, compared with yoga', atMost: 1.3, value: divide(start('rollcall'), start('yoga')), unit: '×' },
    { what: 'Memory after a soak, compared with yoga', atMost: 1, value: divide(memory('rollcall'), memory('yoga')), unit: '×' },
  ];
  return [...aims.map(toGoal), callsGoal(results)];
}

function toGoal({ what, atLeast, atMost, value, unit = '' }: Aim): Goal {
  const aim = atLeast === undefined ? `at most ${atMost}${unit}` : `at least ${atLeast}${unit}`;
  const isReached = value !== null && value >= (atLeast ?? 0) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  return { what, aim, measured: value === null ? null : `${value.toFixed(2)}${unit}`, isReached };
}

/** Of every scenario the worst. */
function callsGoal(results: Results): Goal {
  const more = results.scenarios.flatMap(({ name, visits }) => {
    const ours = summaryOf(results, name, 'rollcall')?.upstreamCalls ?? 0;
    // Those under way when a visit begins or ends make fractions.
    const others = Object.keys(visits).filter((other) => !other.startsWith('rollcall'));
    const beaten = others.some((other) => ours > (summaryOf(results, name, other)?.upstreamCalls ?? 0) * 1.01);
    return beaten ? [name] : [];
  });
  const measured = more.length === 0 ? 'in all scenarios' : `not in ${more.join(', ')}`;
  return { what: 'Requests to the sources', aim: 'at or below everybody’s', measured, isReached: more.length === 0 };
}

const divide = (one: number | null, other: number | null): number | null =>
  one === null || other === null || other === 0 ? null : one / other;
