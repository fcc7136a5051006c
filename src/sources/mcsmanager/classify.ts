import type { SourceErrorCode, SourceErrorDetails } from '../../errors.ts';
import type { HttpAnswer } from '../../http/exchange.ts';
import { secondsToWait } from '../../http/retry-after.ts';
import { McsManagerRefusal } from './wire.ts';

/** `user` and `self` are the same address, with a uuid and without. */
export type Endpoint =
  | 'status'
  | 'self'
  | 'user'
  | 'overview'
  | 'search'
  | 'instance'
  | 'daemonInstances'
  | 'daemons'
  | WriteEndpoint;

/** `ownPassword` and `ownKey` are for any user, the others for administrators. */
export type WriteEndpoint = 'create' | 'edit' | 'delete' | 'ownPassword' | 'ownKey';

export type Verdict =
  /** JSON worth parsing. */
  | { readonly kind: 'answer' }
  /** Everything about keys is one status: a bad key, a good one that is too weak, keys switched off. */
  | { readonly kind: 'refused' }
  /** The panel's own "no", which can mean several things; `Endpoint` and further questions tell which. */
  | { readonly kind: 'thrown' }
  | { readonly kind: 'fault'; readonly code: SourceErrorCode; readonly details: SourceErrorDetails };

/**
 * What an answer means. Goes by endpoint, status and media type, never by the sentence, which is in the panel's language. A text
 * that the panel sets itself says `text/plain`, an exception that it caught says `application/json`; both hold JSON.
 */
export function classify(endpoint: Endpoint, answer: HttpAnswer): Verdict {
  const { status } = answer;
  // The panel itself says none of these four; a proxy before it does.
  if (status === 429) return fault('SOURCE_RATE_LIMITED', waitOf(answer));
  if (status === 401) return fault('SOURCE_UNAUTHORIZED');
  if (status === 503) return fault('SOURCE_FAILED', waitOf(answer));
  if (status > 500) return fault('SOURCE_FAILED');
  // Where the address lacks `/api` the panel sends its pages, with 200.
  if (answer.contentType !== 'application/json' && answer.contentType !== 'text/plain') return unreadable(status);
  if (status === 200) return { kind: 'answer' };
  return isRefusal(answer) ? classifyRefusal(endpoint, answer) : unreadable(status);
}

function classifyRefusal(endpoint: Endpoint, { status, contentType }: HttpAnswer): Verdict {
  if (status === 403) return { kind: 'refused' };
  if (status === 404) return fault('SOURCE_UNSUPPORTED', { hint: noRoute });
  if (status === 400 && throwsAs400.has(endpoint)) return { kind: 'thrown' };
  if (status === 500 && throwsAs500.has(endpoint) && contentType === 'application/json') return { kind: 'thrown' };
  if (status === 500 && rateLimited.has(endpoint)) return fault('SOURCE_RATE_LIMITED', { retryAfter: 1 });
  return fault(status === 400 || status === 500 ? 'SOURCE_FAILED' : 'SOURCE_MALFORMED');
}

/** Parameters are always sent whole, so that a 400 here is some exception inside the route. */
const throwsAs400: ReadonlySet<Endpoint> = new Set(['search', 'daemonInstances', 'create']);
const throwsAs500: ReadonlySet<Endpoint> = new Set(['user', 'instance', 'edit', 'delete', 'ownPassword', 'ownKey']);
/** Of the routes asked here. Nobody who sends no cookie is ever limited, so a proxy must have put one in. */
const rateLimited: ReadonlySet<Endpoint> = new Set(['instance', 'ownPassword', 'ownKey']);

const unreadable = (status: number): Verdict => fault(status === 500 ? 'SOURCE_FAILED' : 'SOURCE_MALFORMED');

const noRoute = 'It lacks this route: look at its address and release, and whether X-Requested-With gets through to it.';

const fault = (code: SourceErrorCode, details: SourceErrorDetails = {}): Verdict => ({ kind: 'fault', code, details });

function isRefusal(answer: HttpAnswer): boolean {
  try {
    return McsManagerRefusal.safeParse(JSON.parse(answer.body)).data?.status === answer.status;
  } catch {
    return false;
  }
}

function waitOf(answer: HttpAnswer): SourceErrorDetails {
  const retryAfter = secondsToWait(answer);
  return retryAfter === undefined ? {} : { retryAfter };
}
