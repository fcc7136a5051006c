/** What a source says is left of a limit. */
export interface ToldRate {
  readonly limit: number | undefined;
  readonly left: number;
  readonly resetMs: number;
}

/** What an answer's headers say about a limit, in one of the three spellings that are in use; undefined where they say nothing whole. */
export function readRate(header: (name: string) => string | undefined, date: () => Date): ToldRate | undefined {
  for (const prefix of ['x-ratelimit-', 'ratelimit-']) {
    const left = count(header(`${prefix}remaining`));
    const reset = count(header(`${prefix}reset`));
    if (left !== undefined && reset !== undefined) {
      return rateOf(count(header(`${prefix}limit`)), left, resetIn(reset, date));
    }
  }
  const whole = header('ratelimit');
  if (whole === undefined) return undefined;
  const left = count(/\b(?:r|remaining)=(\d+)/.exec(whole)?.[1]);
  const reset = count(/\b(?:t|reset)=(\d+)/.exec(whole)?.[1]);
  if (left === undefined || reset === undefined) return undefined;
  return rateOf(count(/\blimit=(\d+)/.exec(whole)?.[1]), left, resetIn(reset, date));
}

const rateOf = (limit: number | undefined, left: number, resetMs: number): ToldRate => ({
  limit: limit === undefined ? undefined : Math.min(limit, most),
  left: Math.min(left, most),
  resetMs,
});

/** Whoever says more means that there is no limit, and it has to fit into what clients take for a whole number. */
const most = 999_999_999;

/** A number this large is a time and no number of seconds; it is by the server's clock, which is sent along. */
function resetIn(reset: number, date: () => Date): number {
  const seconds = reset > 1e9 ? Math.max(0, reset - date().getTime() / 1000) : reset;
  // Either was cut to whole seconds.
  return (seconds + 1) * 1000;
}

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}(\.\d+)?$/.test(text.trim()) ? Math.floor(Number(text)) : undefined;
