/** Lets operations begin as fast as the process gets on with those that have begun. */
export interface Turns {
  /** Undefined for who may begin at once. */
  wait(comer: Comer): Turn | undefined;
  /** Sends away the last comer of the longest lane, if it is longer than this one would be. False: nobody was. */
  makeRoom(lane: string): boolean;
  /** Something that was asked for those who have begun is being dealt with; of so many bytes. */
  answered(bytes: number): void;
}

export interface Comer {
  /** Those of one lane begin one after another, lanes take turns. */
  readonly lane: string;
  /** How many requests it may come to. */
  readonly weight: number;
  /** When its time is up, by `performance.now()`: then it begins out of turn, and finds that nothing is asked for it any more. */
  readonly until: number;
}

export interface Turn {
  /** Resolves to true when it has come, to false for who had to make room. */
  readonly come: Promise<boolean>;
  /** Nobody waits for it any longer. */
  leave(): void;
}

interface Waiting extends Comer {
  end(hasCome: boolean): void;
}

export interface TurnOptions {
  /** Requests to sources for which operations begin in one turn of the event loop; one operation may come to more by itself. */
  readonly most?: number;
  /**
   * How much may be dealt with in a turn before none begins in the next: an answer of a source counts one, and one more for each
   * sixteen kilobytes.
   */
  readonly enough?: number;
  /** Where there is always as much to do, one begins after so many milliseconds. */
  readonly patienceMs?: number;
  readonly now?: () => number;
  /** Calls back at the end of the turn, when all that came in it has been dealt with. */
  readonly atEnd?: (act: () => void) => void;
}

/**
 * What is under way goes on before anything begins. Operations that all begin as they come end all at once and late, and each is kept
 * in memory until then, which is what the garbage collector is busy with. What else the process does holds nobody up: how long a turn
 * takes is not looked at, only how much was done in it for operations. Where sources are waited for that is little.
 */
export function createTurns(options: TurnOptions = {}): Turns {
  const { most = 48, enough = 28, patienceMs = 20, now = () => performance.now(), atEnd = setImmediate } = options;
  // In the order in which it is their turn. A lane is there only while somebody waits in it.
  const lanes = new Map<string, Waiting[]>();
  /** In this turn. */
  let begun = 0;
  let done = 0;
  let wasBusy = false;
  let isEndAwaited = false;
  let lastBegun = Number.NEGATIVE_INFINITY;

  function awaitEnd(): void {
    if (isEndAwaited) return;
    isEndAwaited = true;
    atEnd(endTurn);
  }

  function endTurn(): void {
    isEndAwaited = false;
    wasBusy = done > enough;
    const goesOn = done > 0 || lanes.size > 0;
    begun = 0;
    done = 0;
    beginLate();
    if (!wasBusy) beginUpTo(most);
    else if (now() - lastBegun > patienceMs) beginUpTo(1);
    if (goesOn) awaitEnd();
  }

  /** All have the same time, so in each lane the first is the next whose time is up. */
  function beginLate(): void {
    for (const [lane, [first]] of lanes) if (first !== undefined && first.until <= now()) takeFrom(lane)?.end(true);
  }

  function beginUpTo(limit: number): void {
    for (const lane of lanes.keys()) {
      if (begun >= limit) return;
      const next = takeFrom(lane);
      if (next === undefined) continue;
      note(next.weight);
      next.end(true);
    }
  }

  /** Who had a turn goes to the end of the line, where a loop over the lanes comes by again. */
  function takeFrom(lane: string): Waiting | undefined {
    const waiting = lanes.get(lane);
    const next = waiting?.shift();
    lanes.delete(lane);
    if (waiting !== undefined && waiting.length > 0) lanes.set(lane, waiting);
    return next;
  }

  function drop(waiting: Waiting): void {
    const others = lanes.get(waiting.lane) ?? [];
    const at = others.indexOf(waiting);
    if (at < 0) return;
    others.splice(at, 1);
    if (others.length === 0) lanes.delete(waiting.lane);
  }

  function note(weight: number): void {
    begun += weight;
    lastBegun = now();
  }

  return {
    wait: (comer) => {
      awaitEnd();
      if (begun < most && lanes.size === 0 && !wasBusy) {
        note(comer.weight);
        return undefined;
      }
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const waiting = { ...comer, end: resolve };
      const others = lanes.get(comer.lane);
      if (others === undefined) lanes.set(comer.lane, [waiting]);
      else others.push(waiting);
      return { come: promise, leave: () => drop(waiting) };
    },
    makeRoom: (lane) => {
      let longest: Waiting[] = [];
      for (const waiting of lanes.values()) if (waiting.length > longest.length) longest = waiting;
      const last = longest.at(-1);
      if (last === undefined || longest.length <= (lanes.get(lane)?.length ?? 0) + 1) return false;
      drop(last);
      last.end(false);
      return true;
    },
    answered: (bytes) => {
      done += 1 + bytes / 16_384;
      awaitEnd();
    },
  };
}
