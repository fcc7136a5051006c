import { median } from '../load/burst.ts';
import type { Results, ScenarioResult } from '../results.ts';
import { summarise } from '../summary.ts';
import { type Goal, goalsOf } from './goals.ts';

/** The part of docs/performance.md that a run writes. */
export function formatPage(results: Results): string {
  const titles = new Map(results.contenders.map(({ name, label }) => [name, label]));
  const label = (name: string): string => titles.get(name) ?? name;
  const { machine, pace, day } = results;
  const missing = results.contenders.filter(({ unavailable }) => unavailable !== undefined);
  return [
    `Measured on ${day}: ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, ` +
      `${machine.pinned ? 'the server alone on one core, clients and sources on the other' : 'without cores of their own'}; ` +
      `${pace.rounds} rounds of ${pace.visitMs / 1000} s for each contender and scenario.`,
    ...missing.map(({ label, unavailable }) => `${label}: ${unavailable}.`),
    '### Goals',
    formatGoals(goalsOf(results)),
    '### Operations per second on one core, as a share of the limit',
    '![Operations per second on one core, as a share of the limit](performance/throughput.svg)',
    sharesTable(results, label),
    '### Time to an answer',
    '![Milliseconds to an answer, median and 99th percentile](performance/latency.svg)',
    '### Requests to the sources',
    '![Requests to the sources for one operation](performance/upstream-calls.svg)',
    '### Starting, and memory',
    '![Cold start and memory](performance/start-and-memory.svg)',
    livesTable(results, label),
    '### The numbers of this run',
    'They belong to this machine on this day and are here as context of the shares above. “Busy” says how much of its core the server was at work; ' +
      'well below 1 it waited, or the machine had other things to do.',
    ...results.scenarios.map((scenario) => numbersOf(scenario, label)),
  ].join('\n\n');
}

function formatGoals(goals: readonly Goal[]): string {
  return table(
    ['goal', 'aim', 'measured', ''],
    goals.map(({ what, aim, measured, isReached }) => [
      what,
      aim,
      measured ?? 'not measured',
      measured === null ? '' : isReached ? 'reached' : '**not reached**',
    ]),
  );
}

function sharesTable({ scenarios, contenders }: Results, label: (name: string) => string): string {
  const present = contenders.filter(({ name }) => scenarios.some(({ visits }) => name in visits));
  const byScenario = scenarios.map((scenario) => new Map(summarise(scenario).map((each) => [each.name, each])));
  return table(
    ['scenario', ...present.map(({ name }) => label(name))],
    scenarios.map(({ title }, at) => [title, ...present.map(({ name }) => byScenario[at]?.get(name)?.ofLimit.toFixed(2) ?? '')]),
  );
}

function livesTable({ starts, soak }: Results, label: (name: string) => string): string {
  const reference = startOf(starts.yoga);
  const effort = effortOf(starts.yoga);
  return table(
    [
      '',
      'start, compared with Yoga',
      'by processor time',
      'ms to the first answer',
      'MB after the first answers',
      'MB after the soak',
    ],
    Object.entries(starts).map(([name, each]) => [
      label(name),
      (startOf(each) / reference).toFixed(2),
      (effortOf(each) / effort).toFixed(2),
      startOf(each).toFixed(0),
      megabytes(soak[name]?.before),
      megabytes(soak[name]?.after),
    ]),
  );
}

function numbersOf(scenario: ScenarioResult, label: (name: string) => string): string {
  const { title, connections, latencyMs } = scenario;
  const rows = summarise(scenario).map((each) => [
    label(each.name),
    each.ofLimit.toFixed(2),
    each.ofLimitByClock.toFixed(2),
    each.perSecond.toFixed(0),
    each.perCoreSecond?.toFixed(0) ?? '',
    each.busy?.toFixed(2) ?? '',
    each.p50.toFixed(1),
    each.p99.toFixed(1),
    each.upstreamCalls.toFixed(2),
  ]);
  const head = ['', 'of the limit', 'by the clock', 'per second', 'per core second', 'busy', 'p50 ms', 'p99 ms', 'requests'];
  return `#### ${title}\n\n${connections} clients at once, sources ${latencyMs} ms away.\n\n${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const startOf = (starts: Results['starts'][string] | undefined): number => median((starts ?? []).map(({ ms }) => ms));

const effortOf = (starts: Results['starts'][string] | undefined): number =>
  median((starts ?? []).map(({ cpuSeconds }) => cpuSeconds ?? Number.NaN));

const megabytes = (bytes: number | null | undefined): string => (bytes == null ? '' : (bytes / 1e6).toFixed(0));
