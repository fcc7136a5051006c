import { quantile } from '../../../bench/load/burst.ts';
import type { SourceId } from '../truth/subjects.ts';

/** How long answers took while all was well and while something else was not. */
export interface Timing {
  /** To be taken before asking. */
  start(): Started;
  note(source: SourceId, weather: 'calm' | 'storm', started: Started): void;
  /** Of these sources together. */
  of(
    ...sources: readonly SourceId[]
  ): Readonly<Record<'calm' | 'storm', { readonly count: number; readonly p50: number; readonly p99: number }>>;
  stop(): void;
}

export interface Started {
  readonly at: number;
  readonly stalled: number;
}

const beatMs = 5;

/**
 * Clients, twins and the checker are one process, which now and then does nothing for a while; what it missed then is nobody's
 * latency. A beat tells how long that was.
 */
export function createTiming(): Timing {
  const samples: Record<SourceId, Record<'calm' | 'storm', number[]>> = {
    horde: { calm: [], storm: [] },
    mcsmanager: { calm: [], storm: [] },
    webui: { calm: [], storm: [] },
  };
  let stalled = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const at = performance.now();
    // A beat that comes late by less is the clock's own grain.
    stalled += Math.max(0, at - last - beatMs - 2);
    last = at;
  }, beatMs);
  const start = (): Started => {
    const at = performance.now();
    return { at, stalled: stalled + Math.max(0, at - last - beatMs - 2) };
  };
  const summary = (values: readonly number[]) => {
    const sorted = values.toSorted((one, other) => one - other);
    return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
  };

  return {
    start,
    note: (source, weather, { at, stalled: before }) => {
      const now = start();
      samples[source][weather].push(Math.max(0, now.at - at - (now.stalled - before)));
    },
    of: (...sources) => ({
      calm: summary(sources.flatMap((source) => samples[source].calm)),
      storm: summary(sources.flatMap((source) => samples[source].storm)),
    }),
    stop: () => clearInterval(timer),
  };
}
