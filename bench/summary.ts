import { median } from './load/burst.ts';
import type { Results, ScenarioResult, Visit } from './results.ts';

/** One contender on one scenario, over all rounds. */
export interface Summary {
  readonly name: string;
  /** Operations in a second of the server's own processor time, as a share of the limit's; of plain time where that is not known. */
  readonly ofLimit: number;
  /** The same in plain time, waiting included. */
  readonly ofLimitByClock: number;
  readonly perSecond: number;
  readonly perCoreSecond: number | null;
  /** How much of its core the server was at work. */
  readonly busy: number | null;
  readonly p50: number;
  readonly p99: number;
  readonly upstreamCalls: number;
}

export const limitName = 'limit';

export function summarise({ visits }: ScenarioResult): readonly Summary[] {
  const limit = speedsOf(visits[limitName] ?? []);
  return Object.entries(visits).map(([name, each]) => {
    const speeds = speedsOf(each);
    return {
      name,
      ofLimit:
        speeds.perCoreSecond === null || limit.perCoreSecond === null
          ? speeds.perSecond / limit.perSecond
          : speeds.perCoreSecond / limit.perCoreSecond,
      ofLimitByClock: speeds.perSecond / limit.perSecond,
      ...speeds,
      busy: ratio(total(each, 'cpuSeconds'), total(each, 'seconds')),
      p50: median(each.map(({ p50 }) => p50)),
      p99: median(each.map(({ p99 }) => p99)),
      upstreamCalls: median(each.map(({ upstreamRequests, operations }) => upstreamRequests / operations)),
    };
  });
}

export const summaryOf = (results: Results, scenario: string, contender: string): Summary | undefined => {
  const found = results.scenarios.find(({ name }) => name === scenario);
  return found && summarise(found).find(({ name }) => name === contender);
};

function speedsOf(visits: readonly Visit[]): { perSecond: number; perCoreSecond: number | null } {
  return {
    perSecond: median(visits.map(({ operations, seconds }) => operations / seconds)),
    // Over all rounds at once, since systems count processor time in hundredths of a second.
    perCoreSecond: ratio(total(visits, 'operations'), total(visits, 'cpuSeconds')),
  };
}

function total(visits: readonly Visit[], key: 'operations' | 'seconds' | 'cpuSeconds'): number | null {
  return visits.reduce<number | null>((sum, { [key]: value }) => (sum === null || value === null ? null : sum + value), 0);
}

const ratio = (one: number | null, other: number | null): number | null =>
  one === null || other === null || other === 0 ? null : one / other;
