import { SourceError } from '../errors.ts';
import type { ReadCost } from './contract.ts';
import { roundsOf } from './cost.ts';

/** How one read went, for estimates. */
export interface Measured {
  /** Waiting for its turn included. */
  readonly ms: number;
  /** How many turns it had to wait for, because so many reads were under way already. */
  readonly behind: number;
  /** Of the answers' bodies; absent where nobody counted. */
  readonly bytes?: number | undefined;
  /** What its kind declares for as many accounts as it has brought. */
  readonly declared: ReadCost;
}

/** How a read differs from what its kind declares. 1 is as declared. */
export interface Estimate {
  /** Rounds it takes for each that is declared. */
  readonly pace: number;
  readonly bytes: number;
}

/** What reads of one source have turned out to take. It lives as long as the process, and holds nothing about any user. */
export interface Measurements {
  note(read: string, measured: Measured): void;
  /** A read that failed has told nothing of its size, and of its time only where it had too little. */
  noteFailure(read: string, error: unknown, measured: Measured): void;
  estimate(read: string): Estimate;
}

/** So many observations weigh as much as the declaration. */
const trustInDeclared = 8;

/** What each further observation leaves of the weight of those before it: about the last thirty count. */
const fading = 0.97;

/** Further from its declaration no read is taken to be, nor a single observation from the others. */
const furthest = 4;

export function createMeasurements(): Measurements {
  const times = new Map<string, Mean>();
  const sizes = new Map<string, Mean>();
  // One round in milliseconds: what all reads of the source take for each round that is declared.
  const round = createMean();

  const meanOf = (means: Map<string, Mean>, read: string): Mean => {
    const mean = means.get(read) ?? createMean();
    means.set(read, mean);
    return mean;
  };

  function noteTime(read: string, { ms, behind, declared }: Measured): void {
    const perRound = Math.max(ms, 0.1) / (roundsOf(declared) + behind);
    // Against what was known before: an outlier must not vouch for itself.
    meanOf(times, read).note(round.seen === 0 ? 1 : clamp(perRound / round.value()));
    round.note(round.seen === 0 ? perRound : round.value() * clamp(perRound / round.value()));
  }

  return {
    note: (read, measured) => {
      noteTime(read, measured);
      const { bytes, declared } = measured;
      if (bytes !== undefined && bytes > 0 && declared.bytes > 0) meanOf(sizes, read).note(clamp(bytes / declared.bytes));
    },
    noteFailure: (read, error, measured) => {
      if (error instanceof SourceError && error.code === 'SOURCE_TIMEOUT') noteTime(read, measured);
    },
    estimate: (read) => ({ pace: trusted(times.get(read)), bytes: trusted(sizes.get(read)) }),
  };
}

/** Of the ratios seen and of 1, which is what the kind declares; in steps, so that noise does not change any plan. */
function trusted(mean: Mean | undefined): number {
  if (mean === undefined) return 1;
  const drawn = mean.value() ** (mean.seen / (mean.seen + trustInDeclared));
  return 2 ** (Math.round(Math.log2(drawn) * stepsInDoubling) / stepsInDoubling);
}

const stepsInDoubling = 2;

const clamp = (ratio: number): number => Math.min(furthest, Math.max(1 / furthest, ratio));

/** A geometric mean that forgets: being four times too long weighs as much as being four times too short. */
interface Mean {
  /** How many observations stand behind it, the older ones counting for less. */
  readonly seen: number;
  value(): number;
  note(observation: number): void;
}

function createMean(): Mean {
  let [logs, seen] = [0, 0];
  return {
    get seen() {
      return seen;
    },
    value: () => Math.exp(seen === 0 ? 0 : logs / seen),
    note: (observation) => {
      logs = logs * fading + Math.log(observation);
      seen = seen * fading + 1;
    },
  };
}
