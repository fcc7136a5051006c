import { ExponentialBackoff, fullJitterGenerator, type IBackoff } from 'cockatiel';

/** Keeps second attempts few however much fails: a source that is down is not asked three times for everything. */
export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void;
  /** Whether a second one may be made; if so it is paid for. */
  spend(): boolean;
}

/** One for every ten first attempts, and five to begin with. */
export function createRetryBudget(): RetryBudget {
  let tokens = most;
  return {
    earn: () => {
      tokens = Math.min(most, tokens + share);
    },
    spend: () => {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

const share = 0.1;
const most = 5;

/** Milliseconds before each further attempt: anything up to 100, 200, 400 …, so that those who failed together do not come back together. */
export function createBackoff(): () => number {
  let backoff: IBackoff<unknown> | undefined;
  return () => {
    backoff = backoff === undefined ? delays.next() : backoff.next(undefined);
    return backoff.duration;
  };
}

const delays = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000, generator: fullJitterGenerator });
