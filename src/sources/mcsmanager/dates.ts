import { createWallClock } from './zone.ts';

/** The locales whose way of writing a date is known; a panel writes in that of its process, not of its settings. */
export const dateFormats = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'zh-CN', 'ja-JP'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** Null where the text is no date of this format. The panel's texts name no zone, and an admin can store any text. */
export type DateReader = (text: string) => Date | null;

export function createDateReader(format: DateFormat, timeZone: string): DateReader {
  const pattern = patterns[format];
  const toMoment = createWallClock(timeZone);
  return (text) => {
    const wall = readWall(pattern.exec(text)?.groups);
    return wall === null ? null : new Date(toMoment(wall));
  };
}

// Newer builds of Node put a narrow no-break space before AM and PM; `\s` takes it like any other.
const clock24 = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2})`;
const clock12 = String.raw`${clock24}\s(?<half>[AP])M`;
const dayFirst = new RegExp(String.raw`^(?<day>\d{1,2})/(?<month>\d{1,2})/(?<year>\d{4}),?\s${clock24}$`);
const yearFirst = new RegExp(String.raw`^(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})\s${clock24}$`);

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'en-US': new RegExp(String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}),\s${clock12}$`),
  'en-GB': dayFirst,
  'de-DE': new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}),\s${clock24}$`),
  'fr-FR': dayFirst,
  'zh-CN': yearFirst,
  'ja-JP': yearFirst,
};

/** What the clock on the panel's wall showed, as epoch milliseconds of a wall in UTC. */
function readWall(parts: Readonly<Record<string, string | undefined>> | undefined): number | null {
  if (parts === undefined) return null;
  const [year, month, day, minute, second] = ['year', 'month', 'day', 'minute', 'second'].map((part) => Number(parts[part]));
  const hour = readHour(Number(parts.hour), parts.half);
  if (year === undefined || month === undefined || day === undefined || minute === undefined || second === undefined) return null;
  // A year of the Buddhist calendar looks like one of ours, five centuries ahead.
  if (hour === null || minute > 59 || second > 59 || year < 1970 || year > 2199) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // The 31st of June rolls over into July, and a month 13 into the next year.
  const rolled = new Date(wall);
  return rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === day ? wall : null;
}

function readHour(shown: number, half: string | undefined): number | null {
  if (half === undefined) return shown <= 23 ? shown : null;
  if (shown < 1 || shown > 12) return null;
  return (shown % 12) + (half === 'P' ? 12 : 0);
}
