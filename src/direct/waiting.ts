import { type Deadlines, outOfTime } from '../deadlines.ts';

/** Those who wait for one execution. It is ended when the last of them has left. */
export interface Waiting {
  /** Aborted when nobody waits any more. */
  left(): AbortSignal;
  hasLeft(): boolean;
  /** Aborted then, or when the time is up: for what is asked of the sources. */
  ended(): AbortSignal;
  /** When the time is up, by `performance.now()`; never, as long as the clock has not begun. */
  until(): number;
  msLeft(): number;
  /** Resolved when the time is up, before what is asked of the sources is ended: who goes on by themselves may join that first. */
  timeUp(): Promise<null>;
  join(): void;
  leave(): void;
  /** Starts the clock, once. Call the returned function when it need not run any more. */
  begin(deadlines: Deadlines): () => void;
  /** Whether enough time is left to do anything with: a twentieth of all. */
  hasTime(): boolean;
  /** Told when the last has left. */
  onLeft(act: () => void): void;
}

/** The first has joined. Signals are made only for those who look at them. */
export function createWaiting(): Waiting {
  let count = 1;
  let until = Number.POSITIVE_INFINITY;
  let least = 0;
  let isUp = false;
  let timeUp: PromiseWithResolvers<null> | undefined;
  let stopClock: (() => void) | undefined;
  let left: AbortController | undefined;
  let ended: AbortController | undefined;
  let act: (() => void) | undefined;

  function expire(): void {
    isUp = true;
    const end = (): void => ended?.abort(outOfTime());
    if (timeUp === undefined) end();
    else {
      timeUp.resolve(null);
      setImmediate(end);
    }
  }

  const msLeft = (): number => until - performance.now();

  return {
    left: () => {
      left ??= abortedIf(count === 0);
      return left.signal;
    },
    hasLeft: () => count === 0,
    ended: () => {
      ended ??= abortedIf(count === 0 || isUp, isUp ? outOfTime() : undefined);
      return ended.signal;
    },
    until: () => until,
    msLeft,
    timeUp: () => {
      timeUp ??= Promise.withResolvers();
      if (isUp) timeUp.resolve(null);
      return timeUp.promise;
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
    begin: (deadlines) => {
      if (stopClock !== undefined) return stopClock;
      until = performance.now() + deadlines.milliseconds;
      least = deadlines.milliseconds / 20;
      stopClock = deadlines.begin(expire);
      return stopClock;
    },
    hasTime: () => msLeft() >= least,
    onLeft: (given) => {
      act = given;
    },
  };
}

function abortedIf(isOver: boolean, reason?: DOMException): AbortController {
  const controller = new AbortController();
  if (isOver) controller.abort(reason);
  return controller;
}
