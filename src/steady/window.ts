import type { ToldRate } from './rate-headers.ts';

/** One count of requests. */
export interface Window {
  /** Milliseconds until so many more may be sent; 0: now. More than there ever are wait for all of them. */
  wait(count?: number): number;
  take(): void;
  /** One that was taken has been answered, or certainly will not be. */
  settle(): void;
  /** One that was taken never reached the source. */
  giveBack(): void;
  /**
   * What the source says is left, and in how many milliseconds it will be all of it again. `order` is that in which requests were sent.
   * Tells whether one more has to wait for longer or shorter because of it.
   */
  correct(told: ToldRate, order: number): boolean;
  /** The source has refused, and asks to be left alone for so long. */
  hold(ms: number): void;
  state(): { readonly limit: number | null; readonly left: number | null; readonly resetMs: number | null };
  /** Whether it is the source that has refused, and not our count that is full. */
  isHeld(): boolean;
  /** No more than a tenth is left, as far as is known: a refusal is no wonder. */
  isNearlySpent(): boolean;
  /** A tenth of it may be asked for at once. One that is full to the brim gives away place by place, and is not there again for that. */
  isThereAgain(): boolean;
  /** Nothing is counted, so nothing is lost by forgetting it. */
  isIdle(): boolean;
}

/** Answered requests that cease to count together. */
interface Ending {
  /** When the first of them was to. */
  readonly from: number;
  /** When all of them do. */
  at: number;
  count: number;
}

/**
 * A request counts until `ms` after its answer, or up to a thousandth longer: as many need be kept as there are thousandths, and not as
 * there are requests. Sources count in windows of that length whose beginnings they do not tell; whenever theirs began, what counts
 * here is at least what counts there. `limit` is undefined where only the source's own word counts.
 */
export function createWindow(ms: number, declared: number | undefined, share: number, now: () => number): Window {
  let limit = declared === undefined ? undefined : atLeastOne(declared * share);
  let underWay = 0;
  // Those that were answered, the soonest to cease first. Those before `gone` have.
  let ends: Ending[] = [];
  let gone = 0;
  let counted = 0;
  let told: { left: number; until: number; order: number } | undefined;
  let heldUntil = 0;

  function look(at = now()): void {
    for (let next = ends[gone]; next !== undefined && next.at <= at; next = ends[gone]) {
      counted -= next.count;
      gone += 1;
    }
    // Not for each that goes: all would be copied as often.
    if (gone > ends.length / 2) {
      ends = ends.slice(gone);
      gone = 0;
    }
    if (told !== undefined && told.until <= at) told = undefined;
  }

  function add(at: number): void {
    counted += 1;
    const last = ends.at(-1);
    if (last === undefined || at - last.from >= ms / 1_000) ends.push({ from: at, at, count: 1 });
    else {
      last.at = at;
      last.count += 1;
    }
  }

  /** When so many more have ceased to count; what is still under way cannot before a whole window from now. */
  function endOf(count: number, at: number): number {
    let left = count;
    for (let place = gone, next = ends[place]; next !== undefined; place += 1, next = ends[place]) {
      left -= next.count;
      if (left <= 0) return next.at;
    }
    return at + ms;
  }

  const left = (): number | null => {
    const own = limit === undefined ? undefined : Math.max(0, limit - underWay - counted);
    if (told === undefined) return own ?? null;
    return Math.max(0, Math.min(told.left, own ?? told.left));
  };

  const wait = (count = 1): number => {
    const at = now();
    look(at);
    const untilTold = Math.max(heldUntil - at, told !== undefined && told.left < count ? told.until - at : 0);
    const over = limit === undefined ? 0 : underWay + counted + Math.min(count, limit) - limit;
    return Math.max(0, untilTold, over > 0 ? endOf(over, at) - at : 0);
  };

  return {
    wait,
    take: () => {
      underWay += 1;
      if (told !== undefined) told.left -= 1;
    },
    settle: () => {
      underWay -= 1;
      if (limit !== undefined) add(now() + ms);
    },
    giveBack: () => {
      underWay -= 1;
      if (told !== undefined) told.left += 1;
    },
    correct: ({ limit: theirs, left: theirLeft, resetMs }, order) => {
      const before = wait();
      // A source may let some ask more than it lets others.
      if (theirs !== undefined && limit !== undefined) limit = atLeastOne(theirs * share);
      // Answers may overtake each other; the word on what was sent last holds. What is still under way may not be in its count yet.
      if (told !== undefined && told.order > order) return isAnother(before, wait());
      told = { left: Math.max(0, theirLeft - underWay), until: now() + resetMs, order };
      return isAnother(before, wait());
    },
    hold: (duration) => {
      heldUntil = Math.max(heldUntil, now() + Math.min(duration, longestHold));
    },
    state: () => {
      look();
      const isHeld = heldUntil > now();
      const end = isHeld ? heldUntil : (told?.until ?? ends.at(-1)?.at);
      return { limit: limit ?? null, left: isHeld ? 0 : left(), resetMs: end === undefined ? null : Math.max(0, end - now()) };
    },
    isHeld: () => heldUntil > now(),
    isNearlySpent: () => {
      look();
      return (left() ?? Number.POSITIVE_INFINITY) <= (limit ?? 0) / 10;
    },
    isThereAgain: () => wait(Math.max(1, Math.ceil((limit ?? 0) / 10))) === 0,
    isIdle: () => {
      look();
      return underWay === 0 && counted === 0 && told === undefined && heldUntil <= now();
    },
  };
}

/** The clock goes on between two looks. */
const isAnother = (before: number, after: number): boolean => Math.abs(before - after) >= 1;

const atLeastOne = (count: number): number => Math.max(1, Math.floor(count));

/** However long a source says that it wants to be left alone, somebody looks again after an hour. */
const longestHold = 3_600_000;
