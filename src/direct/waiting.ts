import { outOfTime } from './deadlines.ts';

/** Those who wait for one execution. It is ended when the last of them has left. */
export interface Waiting {
  /** Aborted when nobody waits any more. */
  readonly left: AbortSignal;
  /** Aborted then, or when the time is up: for what is asked of the sources. */
  readonly ended: AbortSignal;
  join(): void;
  leave(): void;
  expire(): void;
  /** Told when the last has left. */
  onLeft(act: () => void): void;
}

/** The first has joined. Signals are made only for those who look at them. */
export function createWaiting(): Waiting {
  let count = 1;
  let left: AbortController | undefined;
  let ended: AbortController | undefined;
  let act: (() => void) | undefined;
  return {
    get left() {
      left ??= abortedIf(count === 0);
      return left.signal;
    },
    get ended() {
      ended ??= abortedIf(count === 0);
      return ended.signal;
    },
    join: () => {
      count += 1;
    },
    leave: () => {
      count -= 1;
      if (count > 0) return;
      act?.();
      left?.abort();
      ended?.abort();
    },
    expire: () => ended?.abort(outOfTime()),
    onLeft: (given) => {
      act = given;
    },
  };
}

function abortedIf(isOver: boolean): AbortController {
  const controller = new AbortController();
  if (isOver) controller.abort();
  return controller;
}
