/** The Horde keeps an answer about a user for 30 s, for each spelling of the number apart. */
const keptMs = 31_000;

/** Few enough for any server's longest path. */
const mostZeros = 3_000;

/** Milliseconds for which one number of zeros is the first to be tried: all of them take longer than an answer is kept. */
const turnMs = 11;

/** Gives a number of a user a spelling under which nobody has asked lately: the same number behind some zeros. */
export type Spell = (id: string) => string;

/** `now` only goes forward; `time` is that of the day. */
export function createSpell(now: () => number = () => performance.now(), time: () => number = Date.now): Spell {
  // In the order of their times.
  const used = new Map<string, number>();
  return (id) => {
    for (const [spelling, at] of used) {
      if (now() - at < keptMs) break;
      used.delete(spelling);
    }
    // By the time of day: so another Rollcall, or the one that ran here before, comes upon the same only by asking in the same moment.
    let zeros = Math.floor(time() / turnMs);
    let spelling = '';
    do {
      spelling = '0'.repeat(1 + (zeros % mostZeros)) + id;
      zeros += 1;
    } while (used.has(spelling) && used.size < mostZeros);
    used.delete(spelling);
    used.set(spelling, now());
    return spelling;
  };
}
