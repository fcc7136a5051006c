import type { SourceError } from '../errors.ts';

/** Something that waits for its turn. */
export interface Entry {
  /** Those of one lane come one after another, lanes take turns. */
  readonly lane: string;
  /** With whose credential it is counted: those of one lane may ask with several, and those of several with one. */
  readonly asker: string;
  /**
   * 0: it has what it needs and is run at once. Milliseconds: what it needs cannot be there before, and it is not asked again until then unless
   * somebody leaves with news. An error: it never will.
   */
  admit(): number | SourceError;
  /** Its turn has come. `leave` must be called when it is over. */
  run(): void;
  refuse(error: SourceError): void;
}

/** So many at once, so many waiting, and nobody's crowd before everybody else. */
export interface FairQueue {
  /** Runs it, refuses it, or keeps it until its turn. */
  enter(entry: Entry): void;
  /** One that ran is over. `hasNews`: what others were told of their waiting may not hold any longer. */
  leave(hasNews: boolean): void;
  /** One that waits does so no longer. */
  drop(entry: Entry): void;
  readonly running: number;
  readonly waiting: number;
  waitingOf(asker: string): number;
  /** Refuses whoever waits. */
  close(error: SourceError): void;
}

export interface FairQueueOptions {
  readonly running: number;
  readonly waiting: number;
  /** For whom there is no room. */
  overflow(waiting: number): SourceError;
  /** A clock that only goes forward, in milliseconds. */
  now(): number;
}

interface Waiter {
  readonly entry: Entry;
  /** Until then it need not be asked. */
  notBefore: number;
}

export function createFairQueue({ running: most, waiting: mostWaiting, overflow, now }: FairQueueOptions): FairQueue {
  // In the order in which it is their turn. A lane is there only while somebody waits in it.
  const lanes = new Map<string, Waiter[]>();
  /** How many wait, of whom any does. */
  const counts = new Map<string, number>();
  let running = 0;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Whether the next turn is about to come. */
  let isComing = false;

  function pump(): void {
    isComing = false;
    clearTimeout(timer);
    timer = undefined;
    while (running < most && waiting > 0) {
      const next = pick();
      if (typeof next === 'number') {
        if (waiting > 0) timer = setTimeout(pump, Math.min(next, longestTimer));
        return;
      }
      running += 1;
      next.run();
    }
  }

  /** Takes out whose turn it is; if nobody may go yet, tells in how many milliseconds somebody may. */
  function pick(): Entry | number {
    const moment = now();
    let soonest = longestTimer;
    // One that goes to the end of the line comes by again: who has been asked is not asked twice.
    for (const [lane, waiters] of lanes) {
      for (let at = 0; at < waiters.length; ) {
        const waiter = waiters[at];
        if (waiter === undefined) break;
        const verdict = ask(waiter, moment);
        if (typeof verdict === 'number' && verdict > 0) {
          soonest = Math.min(soonest, verdict);
          at += 1;
          continue;
        }
        // The first is taken out without moving all the others.
        if (at === 0) waiters.shift();
        else waiters.splice(at, 1);
        count(waiter.entry, -1);
        // Whoever had a turn goes to the end of the line.
        if (waiters.length === 0 || lanes.size > 1) lanes.delete(lane);
        if (waiters.length > 0) lanes.set(lane, waiters);
        if (verdict === 0) return waiter.entry;
        if (typeof verdict !== 'number') waiter.entry.refuse(verdict);
      }
    }
    return soonest;
  }

  function makeRoom(lane: string): boolean {
    if (waiting < mostWaiting) return true;
    let longest: Waiter[] = [];
    for (const waiters of lanes.values()) if (waiters.length > longest.length) longest = waiters;
    if (longest.length <= (lanes.get(lane)?.length ?? 0) + 1) return false;
    // The crowd's last comer makes room for somebody who has no crowd.
    const last = longest.pop();
    if (last === undefined) return false;
    count(last.entry, -1);
    last.entry.refuse(overflow(waiting));
    return true;
  }

  function count({ asker }: Entry, change: 1 | -1): void {
    waiting += change;
    const left = (counts.get(asker) ?? 0) + change;
    if (left > 0) counts.set(asker, left);
    else counts.delete(asker);
  }

  return {
    enter: (entry) => {
      if (waiting === 0 && running < most) {
        const verdict = entry.admit();
        if (verdict === 0) {
          running += 1;
          return entry.run();
        }
        if (typeof verdict !== 'number') return entry.refuse(verdict);
      }
      if (!makeRoom(entry.lane)) return entry.refuse(overflow(waiting));
      const lane = lanes.get(entry.lane);
      const waiter = { entry, notBefore: Number.NEGATIVE_INFINITY };
      if (lane === undefined) lanes.set(entry.lane, [waiter]);
      else lane.push(waiter);
      count(entry, 1);
      if (running < most) pump();
    },
    leave: (hasNews) => {
      running -= 1;
      if (hasNews) for (const waiter of [...lanes.values()].flat()) waiter.notBefore = Number.NEGATIVE_INFINITY;
      // An operation that ends leaves with one request after the other. The next turn comes when all of them are out, not between two.
      if (waiting === 0 || isComing) return;
      isComing = true;
      queueMicrotask(pump);
    },
    drop: (entry) => {
      const waiters = lanes.get(entry.lane) ?? [];
      const at = waiters.findIndex((waiter) => waiter.entry === entry);
      if (at < 0) return;
      waiters.splice(at, 1);
      count(entry, -1);
      if (waiters.length === 0) lanes.delete(entry.lane);
      if (waiting === 0) clearTimeout(timer);
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    waitingOf: (asker) => counts.get(asker) ?? 0,
    close: (error) => {
      clearTimeout(timer);
      const left = [...lanes.values()].flat();
      lanes.clear();
      counts.clear();
      waiting = 0;
      for (const { entry } of left) entry.refuse(error);
    },
  };
}

/** Thousands may wait for the same, and what they wait for is not there any sooner because somebody else comes or goes. */
function ask(waiter: Waiter, moment: number): number | SourceError {
  if (waiter.notBefore > moment) return waiter.notBefore - moment;
  const verdict = waiter.entry.admit();
  if (typeof verdict === 'number') waiter.notBefore = moment + verdict;
  return verdict;
}

/** Somebody looks again at least this often. */
const longestTimer = 60_000;
