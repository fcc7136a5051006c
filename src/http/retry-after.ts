import { readRate } from '../steady/rate-headers.ts';
import { millisecondsUntil } from '../steady/told-time.ts';
import type { HttpAnswer } from './exchange.ts';
import { readHttpDate } from './http-date.ts';

/**
 * Whole seconds for which nobody is to ask again. A 429 always wants some, one at least: by `Retry-After`, else by what it says of a limit that
 * is used up. A 503 where it says so, and 0 there is “at once”; in other answers that header means something else.
 */
export function secondsToWait(answer: Pick<HttpAnswer, 'status' | 'header' | 'date'>): number | undefined {
  const { status, header, date } = answer;
  if (status !== 429) return status === 503 ? retryAfter(answer) : undefined;
  const rate = readRate(header, () => date);
  const untilReset = rate?.left === 0 ? Math.min(longest, Math.ceil(rate.resetMs / 1_000)) : 1;
  return Math.max(1, retryAfter(answer) ?? untilReset);
}

/** As a number or as a time (RFC 9110, 10.2.3); undefined where it does not say, or nothing that can be read. */
function retryAfter({ header, date }: Pick<HttpAnswer, 'header' | 'date'>): number | undefined {
  const text = header('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.max(0, Math.ceil(millisecondsUntil(readHttpDate(text), date) / 1000));
  return Number.isNaN(seconds) ? undefined : Math.min(seconds, longest);
}

/** More than thirty years: whoever says more means as much, and it has to fit into what clients take for a whole number. */
const longest = 999_999_999;
