const DAY = 86_400_000;

/** A moment from what a clock on the wall showed, given as if that wall were in UTC. Epoch milliseconds both. */
export type WallClock = (wall: number) => number;

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * When the clocks go back an hour is shown twice: the first is meant. When they go forward an hour is never shown: a time in it
 * is read with the offset from before the change, and so falls after it. `Temporal` calls this rule "compatible".
 */
export function createWallClock(timeZone: string): WallClock {
  const offsetAt = createOffsets(timeZone);
  const steadyDays = new Map<number, number | null>();

  /** The one offset around this day, or null when the clocks change. A panel's dates share few days. */
  const steadyOffset = (day: number): number | null => {
    const known = steadyDays.get(day);
    if (known !== undefined) return known;
    const offset = offsetAt((day - 1) * DAY);
    const steady = offsetAt((day + 2) * DAY) === offset ? offset : null;
    steadyDays.set(day, steady);
    return steady;
  };

  return (wall) => {
    const steady = steadyOffset(Math.floor(wall / DAY));
    if (steady !== null) return wall - steady;
    const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
    const shown = [before, after].filter((offset) => offsetAt(wall - offset) === offset).map((offset) => wall - offset);
    return shown.length === 0 ? wall - before : Math.min(...shown);
  };
}

/** Milliseconds that the zone's clocks are ahead of UTC at a moment. */
function createOffsets(timeZone: string): (moment: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (moment) => {
    // `11/15/2023, 06:13:20`
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (format.format(moment).match(/\d+/g) ?? []).map(
      Number,
    );
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
  };
}
