import { usualConcurrency } from './cost.ts';
import { createMeasurements, type Measurements } from './estimates.ts';
import { createJoinedSweeps, type JoinedSweeps } from './joining.ts';

/** What the process has learned of asking one source, and what it may ask. It lives with the source and knows no user. */
export interface Experience {
  readonly measurements: Measurements;
  readonly sweeps: JoinedSweeps;
  /** Reads under way at once. */
  readonly concurrency: number;
  /** Sweeps that may bring more are not made. */
  readonly mostSweptBytes: number;
  /** Reads that are under way now, of all operations. */
  underway: number;
  /** Until then counting is not tried again, by `performance.now()`: it has failed. */
  uncountableUntil: number;
}

export interface SweepLimits {
  readonly concurrency: number;
  /** The largest answer that is taken. */
  readonly maxBytes: number;
  readonly maxSweepBytes?: number | undefined;
}

/** For sessions that stand by themselves. */
const usualLimits: SweepLimits = { concurrency: usualConcurrency, maxBytes: 32_000_000 };

const usualSweepBytes = 8_000_000;

export function createExperience(limits: SweepLimits = usualLimits): Experience {
  return {
    measurements: createMeasurements(),
    sweeps: createJoinedSweeps(),
    concurrency: limits.concurrency,
    mostSweptBytes: Math.min(limits.maxBytes, limits.maxSweepBytes ?? usualSweepBytes),
    underway: 0,
    uncountableUntil: 0,
  };
}
