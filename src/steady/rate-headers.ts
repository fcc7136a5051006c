import { millisecondsUntil } from './told-time.ts';

/** What a source says is left of a limit. */
export interface ToldRate {
  readonly limit: number | undefined;
  readonly left: number;
  readonly resetMs: number;
}

/** What an answer's headers say about a limit, in one of the three spellings that are in use; undefined where they say nothing whole. */
export function readRate(header: (name: string) => string | undefined, date: () => Date): ToldRate | undefined {
  for (const names of spelled) {
    const limit = header(names.limit);
    const left = leftOf(header(names.remaining), limit);
    const reset = left === undefined ? undefined : resetOf(header(names.reset));
    if (left !== undefined && reset !== undefined) return rateOf(count(limit), left, resetIn(reset, date));
  }
  const whole = header('ratelimit');
  if (whole === undefined) return undefined;
  const told = whole.split(/,\s*(?=")/).flatMap((each) => readItem(each, date) ?? []);
  // Of several limits the one that is nearest to its end, and of those the one that lasts longest.
  return told.toSorted((one, other) => one.left - other.left || other.resetMs - one.resetMs)[0];
}

const spelled = ['x-ratelimit', 'ratelimit'].map((prefix) => ({
  limit: `${prefix}-limit`,
  remaining: `${prefix}-remaining`,
  reset: `${prefix}-reset`,
}));

/** `"hour";r=0;t=600`, or in an older spelling all that there is: `limit=10, remaining=0, reset=600`. */
function readItem(item: string, date: () => Date): ToldRate | undefined {
  const limit = /\blimit=(-?\d+)/.exec(item)?.[1];
  const left = leftOf(/\b(?:r|remaining)=(-?\d+)/.exec(item)?.[1], limit);
  const reset = resetOf(/\b(?:t|reset)=(\d+)/.exec(item)?.[1]);
  if (left === undefined || reset === undefined) return undefined;
  return rateOf(count(limit), left, resetIn(reset, date));
}

const rateOf = (limit: number | undefined, left: number, resetMs: number): ToldRate => ({
  limit: limit === undefined ? undefined : Math.min(limit, most),
  left: Math.min(left, most),
  resetMs,
});

/** Whoever says more means that there is no limit, and it has to fit into what clients take for a whole number. */
const most = 999_999_999;

/** A number this large is a time and no number of seconds. */
function resetIn(reset: number, date: () => Date): number {
  const seconds = reset > 1e9 ? Math.max(0, millisecondsUntil(reset * 1000, date()) / 1000) : reset;
  // Either was cut to whole seconds.
  return (seconds + 1) * 1000;
}

/** Some count on when nothing is left. Where the limit is below nothing, too, they mean that there is none. */
const leftOf = (text: string | undefined, limit: string | undefined): number | undefined =>
  isBelowNothing(text) && !isBelowNothing(limit) ? 0 : count(text);

const isBelowNothing = (text: string | undefined): boolean => text !== undefined && /^-\d{1,10}$/.test(text.trim());

/** In seconds. What has thirteen digits is a time in milliseconds: it lies between 2001 and 2286, and as seconds in no time that matters. */
const resetOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{12}$/.test(text.trim()) ? Math.floor(Number(text) / 1000) : count(text);

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}(\.\d+)?$/.test(text.trim()) ? Math.floor(Number(text)) : undefined;
