import { median } from '../load/burst.ts';
import type { Results, ScenarioResult } from '../results.ts';
import { summarise } from '../summary.ts';

/** For whoever waits for the run. */
export function formatScenario(scenario: ScenarioResult): string {
  const rows = summarise(scenario).map((each) => [
    each.name,
    each.ofLimit.toFixed(3),
    each.ofLimitByClock.toFixed(3),
    each.perSecond.toFixed(0),
    each.perCoreSecond?.toFixed(0) ?? '-',
    each.busy?.toFixed(2) ?? '-',
    each.p50.toFixed(1),
    each.p99.toFixed(1),
    each.upstreamCalls.toFixed(2),
  ]);
  const head = ['', 'of limit', 'by clock', 'per s', 'per core s', 'busy', 'p50 ms', 'p99 ms', 'calls'];
  return `\n${scenario.name}: ${scenario.title}\n${formatTable([head, ...rows])}`;
}

export function formatLives({ contenders, starts, soak }: Results): string {
  const unavailable = contenders.flatMap(({ name, unavailable }) =>
    unavailable === undefined ? [] : [`${name}: ${unavailable}\n`],
  );
  const rows = Object.entries(starts).map(([name, each]) => [
    name,
    median(each.map(({ ms }) => ms)).toFixed(0),
    median(each.map(({ cpuSeconds }) => (cpuSeconds ?? Number.NaN) * 1000)).toFixed(0),
    megabytes(soak[name]?.before),
    megabytes(soak[name]?.after),
  ]);
  const head = ['', 'start ms', 'of CPU ms', 'MB at first', 'MB soaked'];
  return `${rows.length === 0 ? '' : `\nstart and memory\n${formatTable([head, ...rows])}`}\n${unavailable.join('')}`;
}

const megabytes = (bytes: number | null | undefined): string => (bytes == null ? '-' : (bytes / 1e6).toFixed(0));

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return rows.map((row) => `  ${line(row)}\n`).join('');
}
