import { median } from '../load/burst.ts';
import type { Results, ScenarioResult } from '../results.ts';
import { limitName, type Summary, summarise } from '../summary.ts';
import { drawBar, drawCard, drawRange, type Panel, type Row } from './card.ts';

/** Pictures by the name of their file. */
export function drawPlots(results: Results): Readonly<Record<string, string>> {
  const labels = new Map(results.contenders.map(({ name, label }) => [name, label]));
  const rowsOf = (summaries: readonly Summary[], show: (summary: Summary) => Pick<Row, 'at' | 'text'>): readonly Row[] =>
    summaries.map((summary) => ({ ...legend(summary.name), ...show(summary) }));
  const legend = (name: string): Pick<Row, 'label' | 'kind'> => ({ label: labels.get(name) ?? name, kind: kindOf(name) });

  const share = (scenario: ScenarioResult): Panel => {
    const summaries = summarise(scenario);
    const full = Math.max(1, ...summaries.map(({ ofLimit }) => ofLimit));
    return {
      title: scenario.title,
      note: noteOf(scenario),
      rows: rowsOf(summaries, ({ ofLimit }) => ({ at: [ofLimit / full], text: ofLimit.toFixed(2) })),
      draw: drawBar,
      mark: 1 / full,
    };
  };
  const latency = (scenario: ScenarioResult): Panel => {
    const summaries = summarise(scenario);
    const full = Math.max(...summaries.map(({ p99 }) => p99));
    return {
      title: scenario.title,
      note: noteOf(scenario),
      rows: rowsOf(summaries, ({ p50, p99 }) => ({ at: [p50 / full, p99 / full], text: `${short(p50)} – ${short(p99)}` })),
      draw: drawRange,
    };
  };
  const calls = (scenario: ScenarioResult): Panel => {
    const summaries = summarise(scenario);
    const full = Math.max(1, ...summaries.map(({ upstreamCalls }) => upstreamCalls));
    return {
      title: scenario.title,
      note: noteOf(scenario),
      rows: rowsOf(summaries, ({ upstreamCalls }) => ({ at: [upstreamCalls / full], text: trim(upstreamCalls) })),
      draw: drawBar,
    };
  };
  const lives = (title: string, note: string, values: ReadonlyMap<string, number>, unit: string): Panel => {
    const full = Math.max(1, ...values.values());
    const rows = [...values].map(([name, value]) => ({
      ...legend(name),
      at: [value / full],
      text: `${value.toFixed(0)} ${unit}`,
    }));
    return { title, note, rows, draw: drawBar };
  };

  const { scenarios, starts, soak } = results;
  const startMs = new Map(Object.entries(starts).map(([name, each]) => [name, median(each.map(({ ms }) => ms))]));
  const memory = new Map(
    Object.entries(soak).flatMap(([name, { after }]) => (after === null ? [] : [[name, after / 1e6] as const])),
  );
  return {
    'throughput.svg': drawCard(
      'Operations per second on one core',
      'As a share of what node:http and undici reach by hand (the dashed line). More is better.',
      scenarios.map(share),
    ),
    'latency.svg': drawCard(
      'Milliseconds to an answer',
      'The dot is the median, the end of the line the 99th percentile, under full load. Less is better.',
      scenarios.map(latency),
    ),
    'upstream-calls.svg': drawCard('Requests to the sources for one operation', 'Less is better.', scenarios.map(calls)),
    'start-and-memory.svg': drawCard('Starting, and staying', 'Less is better.', [
      lives('Cold start', 'from starting the process to its first right answer', startMs, 'ms'),
      lives('Memory', `held after ${Object.values(soak)[0]?.operations ?? 0} operations and a pause`, memory, 'MB'),
    ]),
  };
}

function kindOf(name: string): Row['kind'] {
  if (name.startsWith('rollcall')) return 'ours';
  return name.startsWith(limitName) ? 'hand' : 'theirs';
}

const noteOf = ({ connections, latencyMs }: ScenarioResult): string =>
  `${connections} clients at once${latencyMs > 0 ? `, sources ${latencyMs} ms away` : ''}`;

const short = (ms: number): string => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));
const trim = (calls: number): string => (Number.isInteger(calls) ? String(calls) : calls.toFixed(2));
