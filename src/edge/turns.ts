/** Lets operations begin as fast as the process gets on with those that have begun. */
export interface Turns {
  /**
   * Undefined for who may begin at once; resolved when it is their turn. `weight` is how many requests it may come to. Those of one lane
   * begin one after another, lanes take turns.
   */
  wait(lane: string, weight: number): Promise<void> | undefined;
}

interface Waiting {
  readonly weight: number;
  begin(): void;
}

/** Of a turn of the event loop. */
export interface TurnOptions {
  /** Requests to sources for which operations begin in one turn; one operation may come to more by itself. */
  readonly most: number;
  /** After a turn that took longer there is enough to do, and none begins in the next. Milliseconds. */
  readonly longMs: number;
  /** Where turns stay long for other reasons, one operation begins after so many milliseconds. */
  readonly patienceMs: number;
  /** By which turns are measured, in milliseconds. */
  readonly now?: () => number;
  /** Calls back at the end of the turn, when all that came in it has been dealt with. */
  readonly atEnd?: (act: () => void) => void;
}

/**
 * What is under way goes on before anything begins. Operations that all begin as they come end all at once and late, and each is kept
 * in memory until then, which is what the garbage collector is busy with. Where sources are waited for, turns are short, so that
 * nobody waits here.
 */
export function createTurns({
  most,
  longMs,
  patienceMs,
  now = () => performance.now(),
  atEnd = setImmediate,
}: TurnOptions): Turns {
  // In the order in which it is their turn. A lane is there only while somebody waits in it.
  const lanes = new Map<string, Waiting[]>();
  let begun = 0;
  let isEndAwaited = false;
  /** When the turn began; undefined where the one before was not measured. */
  let turnBegan: number | undefined;
  let lastBegun = Number.NEGATIVE_INFINITY;
  let wasLong = false;

  function awaitEnd(): void {
    if (isEndAwaited) return;
    isEndAwaited = true;
    atEnd(endTurn);
  }

  function endTurn(): void {
    isEndAwaited = false;
    const time = now();
    wasLong = turnBegan !== undefined && time - turnBegan > longMs;
    turnBegan = time;
    const goesOn = begun > 0 || lanes.size > 0;
    begun = 0;
    if (!wasLong) beginUpTo(most);
    else if (time - lastBegun > patienceMs) beginUpTo(1);
    if (goesOn) {
      awaitEnd();
      return;
    }
    turnBegan = undefined;
    wasLong = false;
  }

  function beginUpTo(limit: number): void {
    for (const [lane, waiting] of lanes) {
      if (begun >= limit) return;
      const next = waiting.shift();
      // Who had a turn goes to the end of the line, where this loop comes by again.
      lanes.delete(lane);
      if (waiting.length > 0) lanes.set(lane, waiting);
      if (next === undefined) continue;
      note(next.weight);
      next.begin();
    }
  }

  function note(weight: number): void {
    begun += weight;
    lastBegun = now();
  }

  return {
    wait: (lane, weight) => {
      awaitEnd();
      if (begun < most && lanes.size === 0 && !wasLong) {
        note(weight);
        return undefined;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiting = { weight, begin: resolve };
      const others = lanes.get(lane);
      if (others === undefined) lanes.set(lane, [waiting]);
      else others.push(waiting);
      return promise;
    },
  };
}
