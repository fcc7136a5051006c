/** How far ahead the server's clock of the day was, and when. */
export interface ShiftedClock {
  shifted(ms: number): void;
  /** When it really was what the server took for this time; undefined where it never was. */
  realOf(told: number): number | undefined;
  /** Whether it was moved in that time. */
  movedWithin(from: number, until: number): boolean;
}

/** What is between being told and having done it. */
const slackMs = 1_000;

export function createShiftedClock(): ShiftedClock {
  const shifts: { readonly at: number; readonly ms: number }[] = [{ at: 0, ms: 0 }];
  return {
    shifted: (ms) => void shifts.push({ at: Date.now(), ms }),
    realOf: (told) => {
      for (const [index, { at, ms }] of shifts.entries()) {
        const real = told - ms;
        if (real >= at - slackMs && real <= (shifts[index + 1]?.at ?? Date.now()) + slackMs) return real;
      }
      return undefined;
    },
    movedWithin: (from, until) => shifts.some(({ at }) => at >= from - slackMs && at <= until + slackMs),
  };
}
