import type { JSX } from 'react';

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** From the longest unit to the shortest, each in seconds. */
const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago something was; the exact time on pointing at it. */
export function When({ time }: { readonly time: string }): JSX.Element {
  const date = new Date(time);
  return (
    <time dateTime={time} title={exact.format(date)}>
      {formatAgo(date)}
    </time>
  );
}

function formatAgo(date: Date): string {
  const seconds = (date.getTime() - Date.now()) / 1_000;
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? [];
  return unit === undefined ? 'just now' : relative.format(Math.round(seconds / length), unit);
}
