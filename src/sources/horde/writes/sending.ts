import { z } from 'zod';
import { keyOf } from '../../../access/credential.ts';
import { SourceError } from '../../../errors.ts';
import type { HttpClient } from '../../../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../../../http/exchange.ts';
import { secondsToWait } from '../../../http/retry-after.ts';
import { describeFailure } from '../../../writing/failures.ts';
import { Refusal } from '../../../writing/refusals.ts';
import type { Asking } from '../../contract.ts';
import { routeOf } from '../routes.ts';
import { HordeRefusal } from '../wire.ts';
import { mustHaveKey } from './parts.ts';

/** Sends something that changes something, once. Rejects where it may have been carried out or not. */
export type Send = (request: Sending) => Promise<Reply>;

export interface Sending {
  readonly method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly idempotencyKey?: string | undefined;
}

export type Reply =
  /** Status 200. What it says of the change is not to be relied on. */
  | { readonly kind: 'taken'; readonly body: unknown }
  /** Turned down by the Horde itself, by its code where it gave one. */
  | { readonly kind: 'refused'; readonly status: number; readonly rc: string | undefined };

export function createSend(source: string, http: HttpClient, { credential, signal, until, lane }: Asking): Send {
  const key = keyOf(credential) || undefined;
  return async ({ method, path, json, idempotencyKey }) => {
    const headers = {
      apikey: mustHaveKey({ key, source }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    };
    const request: HttpRequest = {
      method,
      path,
      route: routeOf(method, path),
      credential,
      signal,
      until,
      lane,
      headers,
      ...(json === undefined ? {} : { json }),
    };
    return classifyReply(source, await http.send(request));
  };
}

/**
 * Looks at status, type and code; the texts quote keys, paths and dates. A no that is not in the Horde's own form may be a gateway's,
 * behind which all was done: then nothing is certain.
 */
function classifyReply(source: string, answer: HttpAnswer): Reply {
  const { status } = answer;
  if (status === 429) throw limitOf(source, answer);
  if (status === 503) throw new SourceError('SOURCE_FAILED', source, waitOf(answer));
  // It may come in the middle: what was changed before it stays changed.
  if (status >= 500) throw new SourceError('SOURCE_FAILED', source);
  if (answer.contentType !== 'application/json' || (status !== 200 && status < 400)) {
    throw new SourceError('SOURCE_MALFORMED', source);
  }
  const body = parse(answer.body);
  if (status !== 200) {
    const rc = HordeRefusal.safeParse(body).data?.rc;
    const isOwn = rc === undefined ? status === 400 && Unfit.safeParse(body).success : Worded.safeParse(body).success;
    if (!isOwn) throw foreign(source, status);
    return { kind: 'refused', status, rc };
  }
  if (body === undefined) throw new SourceError('SOURCE_MALFORMED', source);
  return { kind: 'taken', body };
}

/** Anybody's: gateways answer so, too, to what was carried out behind them. */
const Worded = z.object({ message: z.string() });
/** What does not fit the Horde's schema, by the fields at fault: the one refusal of its own that names no code. */
const Unfit = Worded.extend({ errors: z.record(z.string(), z.unknown()) });

/** The Horde counts before it does anything, and says how much is too much. */
function limitOf(source: string, answer: HttpAnswer): Error {
  const limited = new SourceError('SOURCE_RATE_LIMITED', source, waitOf(answer));
  const told = Worded.safeParse(parse(answer.body)).data?.message ?? '';
  return /^\d+ per \d+ [a-z]+$/.test(told) ? new Refusal(describeFailure(limited)) : limited;
}

function foreign(source: string, status: number): SourceError {
  if (status === 401) return new SourceError('SOURCE_UNAUTHORIZED', source);
  return new SourceError(status === 403 ? 'SOURCE_FORBIDDEN' : 'SOURCE_MALFORMED', source);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function waitOf(answer: HttpAnswer): { retryAfter?: number } {
  const retryAfter = secondsToWait(answer);
  return retryAfter === undefined ? {} : { retryAfter };
}
