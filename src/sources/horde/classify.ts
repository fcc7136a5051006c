import type { SourceErrorCode } from '../../errors.ts';
import type { HttpAnswer } from '../../http/exchange.ts';
import { secondsToWait } from '../../http/retry-after.ts';
import { HordeRefusal } from './wire.ts';

export type Endpoint = 'user' | 'users' | 'find_user' | 'worker' | 'style' | 'sharedkey' | 'heartbeat';

export type Verdict =
  /** JSON worth parsing. */
  | { readonly kind: 'answer' }
  /** What was asked for does not exist. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'fault'; readonly code: SourceErrorCode; readonly retryAfter?: number };

/** What an answer means. Looks at status, type and refusal code; never at the texts, which change with the path and quote keys. */
export function classify(endpoint: Endpoint, answer: HttpAnswer): Verdict {
  const { status } = answer;
  // Whoever says these two, the Horde or a proxy before it, may say how long; elsewhere the header only tells the window's end.
  if (status === 429) return fault('SOURCE_RATE_LIMITED', secondsToWait(answer));
  if (status === 503) return fault('SOURCE_FAILED', secondsToWait(answer));
  if (status >= 500) return fault('SOURCE_FAILED');
  // The Horde speaks JSON. A page is a proxy's, or Flask's own for an address outside the API.
  if (answer.contentType !== 'application/json') return fault('SOURCE_MALFORMED');
  if (status === 200) return { kind: 'answer' };
  return classifyRefusal(endpoint, status, refusalCode(answer.body));
}

function classifyRefusal(endpoint: Endpoint, status: number, rc: string | undefined): Verdict {
  if (status === 404) {
    // Routes that the API lacks are 404 too, without a code.
    if (rc === undefined || !rc.endsWith('NotFound')) return fault('SOURCE_MALFORMED');
    return endpoint === 'find_user' ? fault('SOURCE_UNAUTHORIZED') : { kind: 'absent' };
  }
  if (status === 401) return isUnknownSharedKey(endpoint, rc) ? { kind: 'absent' } : fault('SOURCE_UNAUTHORIZED');
  if (status === 403) return fault('SOURCE_FORBIDDEN');
  // An image style that was asked for as a text style, or the other way round.
  if (status === 400 && endpoint === 'style' && rc === 'BadRequest') return { kind: 'absent' };
  return fault(status >= 400 ? 'SOURCE_FAILED' : 'SOURCE_MALFORMED');
}

/** No key is sent there, so it is the shared key in the path that the Horde does not know. */
const isUnknownSharedKey = (endpoint: Endpoint, rc: string | undefined): boolean =>
  endpoint === 'sharedkey' && rc === 'InvalidAPIKey';

const fault = (code: SourceErrorCode, retryAfter?: number): Verdict =>
  retryAfter === undefined ? { kind: 'fault', code } : { kind: 'fault', code, retryAfter };

function refusalCode(body: string): string | undefined {
  try {
    return HordeRefusal.safeParse(JSON.parse(body)).data?.rc;
  } catch {
    return undefined;
  }
}
