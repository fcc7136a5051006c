import { readRate } from '../steady/rate-headers.ts';
import type { HttpAnswer } from './exchange.ts';

/**
 * Whole seconds for which nobody is to ask again. A 429 always wants some: by `Retry-After`, else by what it says of a limit that is used
 * up, else one. A 503 where it says so; in other answers that header means something else.
 */
export function secondsToWait(answer: Pick<HttpAnswer, 'status' | 'header' | 'date'>): number | undefined {
  const { status, header, date } = answer;
  if (status !== 429) return status === 503 ? retryAfter(answer) : undefined;
  const rate = readRate(header, () => date);
  return retryAfter(answer) ?? (rate?.left === 0 ? Math.min(longest, Math.ceil(rate.resetMs / 1_000)) : 1);
}

/**
 * As a number or as a time (RFC 9110, 10.2.3); undefined where it does not say, or nothing that can be read. A time is by the server's
 * clock, which is sent along.
 */
function retryAfter({ header, date }: Pick<HttpAnswer, 'header' | 'date'>): number | undefined {
  const text = header('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.max(0, Math.ceil((timeOf(text) - date.getTime()) / 1000));
  return Number.isNaN(seconds) ? undefined : Math.min(seconds, longest);
}

/** In any of the three forms that recipients have to understand. The last of them leaves out that it is in GMT. */
const timeOf = (text: string): number =>
  usual.test(text) || old.test(text) ? Date.parse(text) : oldest.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const usual = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const old = /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/;
/** `Sun Nov  6 08:49:37 1994` */
const oldest = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** More than thirty years: whoever says more means as much, and it has to fit into what clients take for a whole number. */
const longest = 999_999_999;
