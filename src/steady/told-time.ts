/**
 * Milliseconds until a time that a source tells, by the date it sent along: a clock that goes wrong makes both wrong alike. Where that
 * date is more than a day off and our own clock is nearer to the time, it is ours that counts: beside the date of a clock that was never
 * set, a time that is half a minute away would be an hour's hold.
 */
export function millisecondsUntil(time: number, date: Date): number {
  const [theirs, ours] = [time - date.getTime(), time - Date.now()];
  return Math.abs(theirs - ours) > day && Math.abs(ours) < Math.abs(theirs) ? ours : theirs;
}

const day = 86_400_000;
