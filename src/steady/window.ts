/** One count of requests. */
export interface Window {
  /** Milliseconds until one more may be sent; 0: now. */
  wait(): number;
  take(): void;
  /** One that was taken has been answered, or certainly will not be. */
  settle(): void;
  /** One that was taken never reached the source. */
  giveBack(): void;
  /** What the source says is left, and in how many milliseconds it will be all of it again. */
  correct(told: { readonly limit: number | undefined; readonly left: number; readonly resetMs: number }): void;
  state(): { readonly limit: number | null; readonly left: number | null; readonly resetMs: number | null };
  /** Whether the source itself has said that nothing is left. */
  isHeld(): boolean;
  /** Nothing is counted, so nothing is lost by forgetting it. */
  isIdle(): boolean;
}

/**
 * A request counts until `ms` after its answer. Sources count in windows of that length whose beginnings they do not tell; whenever
 * theirs began, what counts here is at least what counts there. `limit` is undefined where only the source's own word counts.
 */
export function createWindow(ms: number, declared: number | undefined, share: number, now: () => number): Window {
  let limit = declared === undefined ? undefined : atLeastOne(declared * share);
  let underWay = 0;
  // When those that were answered cease to count, the soonest first.
  let ends: number[] = [];
  let told: { left: number; until: number } | undefined;

  function look(): void {
    const at = now();
    if (ends.length > 0 && (ends[0] ?? at) <= at) ends = ends.filter((end) => end > at);
    if (told !== undefined && told.until <= at) told = undefined;
  }

  const left = (): number | null => {
    const own = limit === undefined ? undefined : Math.max(0, limit - underWay - ends.length);
    if (told === undefined) return own ?? null;
    return Math.max(0, Math.min(told.left, own ?? told.left));
  };

  return {
    wait: () => {
      look();
      const untilTold = told !== undefined && told.left <= 0 ? told.until - now() : 0;
      const isFull = limit !== undefined && underWay + ends.length >= limit;
      // Where all of them are under way, the first cannot cease to count before a whole window from now.
      return Math.max(untilTold, isFull ? (ends[ends.length + underWay - (limit ?? 0)] ?? now() + ms) - now() : 0);
    },
    take: () => {
      underWay += 1;
      if (told !== undefined) told.left -= 1;
    },
    settle: () => {
      underWay -= 1;
      if (limit !== undefined) ends.push(now() + ms);
    },
    giveBack: () => {
      underWay -= 1;
      if (told !== undefined) told.left += 1;
    },
    correct: ({ limit: theirs, left: theirLeft, resetMs }) => {
      look();
      // A source may let some ask more than it lets others.
      if (theirs !== undefined && limit !== undefined) limit = atLeastOne(theirs * share);
      const until = now() + Math.min(resetMs, longestHold);
      // Those still under way may not be in its count yet. Answers may overtake each other: in one window the lowest word holds.
      const least = Math.max(0, theirLeft - underWay);
      const isSame = told !== undefined && Math.abs(told.until - until) < 1_500;
      told = { left: isSame ? Math.min(told?.left ?? least, least) : least, until };
    },
    state: () => {
      look();
      const end = told?.until ?? ends.at(-1);
      return { limit: limit ?? null, left: left(), resetMs: end === undefined ? null : Math.max(0, end - now()) };
    },
    isHeld: () => told !== undefined && told.left <= 0 && told.until > now(),
    isIdle: () => {
      look();
      return underWay === 0 && ends.length === 0 && told === undefined;
    },
  };
}

const atLeastOne = (count: number): number => Math.max(1, Math.floor(count));

/** However long a source says that it wants to be left alone, somebody looks again after an hour. */
const longestHold = 3_600_000;
