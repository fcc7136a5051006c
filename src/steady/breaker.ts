import { CircuitState, CountBreaker, ExponentialBackoff, type IBackoff, noJitterGenerator } from 'cockatiel';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Given to what was let through; it has to be given back with what came of it. */
export type Pass = 'usual' | 'probe';

/** Keeps from a source that fails what it cannot answer, and lets one request at a time find out whether it is well again. */
export interface Breaker {
  /** Milliseconds until something may be let through; 0: now. */
  closedFor(): number;
  /** Only after `closedFor` said 0. */
  enter(): Pass;
  succeeded(pass: Pass): void;
  failed(pass: Pass): void;
  /** It ended without telling anything about the source. */
  abandoned(pass: Pass): void;
  readonly state: BreakerState;
}

/**
 * Cockatiel counts, and says how long to wait. Its policy around both is not used: it makes others wait for a probe and not be
 * refused, takes an abandoned probe for a success, and cannot be asked beforehand.
 */
export function createBreaker(now: () => number, onChange: (state: BreakerState) => void): Breaker {
  const counts = new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 8 });
  let state: BreakerState = 'CLOSED';
  let backoff: IBackoff<unknown> | undefined;
  let opensAt = 0;
  let isProbing = false;

  function change(next: BreakerState): void {
    if (state === next) return;
    state = next;
    onChange(next);
  }

  function open(): void {
    backoff = backoff === undefined ? waits.next() : backoff.next(undefined);
    opensAt = now() + backoff.duration;
    change('OPEN');
  }

  /** The time of being open may be over without anybody having come by. */
  function look(): BreakerState {
    if (state === 'OPEN' && now() >= opensAt) change('HALF_OPEN');
    return state;
  }

  return {
    closedFor: () => {
      switch (look()) {
        case 'CLOSED':
          return 0;
        case 'OPEN':
          return opensAt - now();
        case 'HALF_OPEN':
          return isProbing ? probeGuess : 0;
      }
    },
    enter: () => {
      if (state !== 'HALF_OPEN') return 'usual';
      isProbing = true;
      return 'probe';
    },
    succeeded: (pass) => {
      if (pass === 'usual') {
        // What was sent before it opened says nothing about now.
        if (state === 'CLOSED') counts.success(CircuitState.Closed);
        return;
      }
      isProbing = false;
      backoff = undefined;
      counts.success(CircuitState.HalfOpen);
      change('CLOSED');
    },
    failed: (pass) => {
      if (pass === 'probe') {
        isProbing = false;
        open();
      } else if (state === 'CLOSED' && counts.failure(CircuitState.Closed)) open();
    },
    abandoned: (pass) => {
      if (pass === 'probe') isProbing = false;
    },
    get state() {
      return look();
    },
  };
}

/** One second, doubled each time a probe fails, up to half a minute. */
const waits = new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 30_000, generator: noJitterGenerator });

/** How long somebody is told to wait for a probe that is under way. */
const probeGuess = 1_000;
