import type { SourceErrorCode } from '../../errors.ts';
import type { HttpAnswer } from '../../http/exchange.ts';
import { secondsToWait } from '../../http/retry-after.ts';
import type { Endpoint } from './endpoints.ts';
import { OpenWebUIRefusal } from './wire.ts';

export type Verdict =
  /** JSON worth parsing. */
  | { readonly kind: 'answer' }
  /** Nobody has the id that was asked for. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'fault'; readonly code: SourceErrorCode; readonly retryAfter?: number };

// The server says 401 both for "who are you" and for "you may not", and 403 for a key that is switched off as for all else.
// Its sentences are all that tells these apart, so this is the one place where sentences are compared.
const noPermission = 'You do not have permission to access this resource. Please contact your administrator for assistance.';
const keysSwitchedOff = 'Use of API key is not enabled in the environment.';

/** What an answer means. */
export function classify(
  endpoint: Endpoint,
  answer: Pick<HttpAnswer, 'status' | 'contentType' | 'body' | 'header' | 'date'>,
): Verdict {
  const { status } = answer;
  const isJson = answer.contentType === 'application/json';
  if (status === 200)
    return isJson ? { kind: 'answer' } : fault(isUnknownAddress(endpoint, answer) ? 'SOURCE_UNSUPPORTED' : 'SOURCE_MALFORMED');
  if (status === 429) return fault('SOURCE_RATE_LIMITED', secondsToWait(answer));
  if (status === 503) return fault('SOURCE_FAILED', secondsToWait(answer));
  if (status >= 500) return fault('SOURCE_FAILED');
  if (status === 401) return fault(isJson && detail(answer.body) === noPermission ? 'SOURCE_FORBIDDEN' : 'SOURCE_UNAUTHORIZED');
  if (status === 403 && isJson)
    return fault(detail(answer.body) === keysSwitchedOff ? 'SOURCE_UNAUTHORIZED' : 'SOURCE_FORBIDDEN');
  // Redirects lead to somebody's sign-in page, and errors that are not JSON come from a proxy.
  if (!isJson || status < 400) return fault('SOURCE_MALFORMED');
  if (status === endpoint.absent) return { kind: 'absent' };
  if (status === 404 || status === 405) return fault(endpoint.newer ? 'SOURCE_UNSUPPORTED' : 'SOURCE_MALFORMED');
  return fault('SOURCE_FAILED');
}

/** The server sends its web page, with a 200, for an address that its release does not know. */
const isUnknownAddress = (endpoint: Endpoint, { contentType }: Pick<HttpAnswer, 'contentType'>): boolean =>
  endpoint.newer === true && contentType === 'text/html';

const fault = (code: SourceErrorCode, retryAfter?: number): Verdict =>
  retryAfter === undefined ? { kind: 'fault', code } : { kind: 'fault', code, retryAfter };

function detail(body: string): unknown {
  try {
    return OpenWebUIRefusal.safeParse(JSON.parse(body)).data?.detail;
  } catch {
    return undefined;
  }
}
