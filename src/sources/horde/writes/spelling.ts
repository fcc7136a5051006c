/** The Horde keeps an answer about a user for 30 s, for each spelling of the number apart. */
const keptMs = 31_000;

/** Few enough for any server's longest path. */
const mostZeros = 3_000;

/** Gives a number of a user a spelling under which nobody has asked lately: the same number behind some zeros. */
export type Spell = (id: string) => string;

export function createSpell(now: () => number = () => performance.now()): Spell {
  // In the order of their times.
  const used = new Map<string, number>();
  return (id) => {
    for (const [spelling, at] of used) {
      if (now() - at < keptMs) break;
      used.delete(spelling);
    }
    // By chance, so that two Rollcalls seldom hit on the same; the more have been used, the more there are to choose from.
    const range = Math.min(mostZeros, 1_000 + used.size);
    let spelling = '';
    do spelling = '0'.repeat(1 + Math.floor(Math.random() * range)) + id;
    while (used.has(spelling) && used.size < mostZeros);
    used.delete(spelling);
    used.set(spelling, now());
    return spelling;
  };
}
