import type { ZodType } from 'zod';
import { keyOf } from '../../access/credential.ts';
import { SourceError, type SourceErrorCode } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import type { HttpRequest } from '../../http/exchange.ts';
import { parseAnswer } from '../../http/parse.ts';
import type { Asking } from '../contract.ts';
import { classify, type Verdict } from './classify.ts';
import type { Endpoint } from './endpoints.ts';

/** Asks one server, as one caller, for one operation. */
export interface Asker {
  readonly source: string;
  /** Null: nobody has the id in the address. */
  ask<Shape>(endpoint: Endpoint, shape: ZodType<Shape>, query?: HttpRequest['query']): Promise<Told<Shape> | null>;
  /** For addresses without an id, which are always there. */
  askFor<Shape>(endpoint: Endpoint, shape: ZodType<Shape>, query?: HttpRequest['query']): Promise<Told<Shape>>;
}

export interface Told<Shape> {
  readonly body: Shape;
  /** The server's clock, to the second. */
  readonly serverTime: Date;
}

/** `asker` is for whom, where that is not whose key is sent. */
export function createAsker(
  source: string,
  http: HttpClient,
  { credential, signal, until, maxAgeMs, lane }: Asking,
  asker = credential,
): Asker {
  const key = keyOf(credential);

  async function ask<Shape>(
    endpoint: Endpoint,
    shape: ZodType<Shape>,
    query: HttpRequest['query'] = {},
  ): Promise<Told<Shape> | null> {
    const answer = await http.send({
      path: endpoint.path,
      query,
      headers: authorization(key, source),
      signal,
      until,
      maxAgeMs,
      route: endpoint.route,
      credential,
      asker,
      lane,
      judge: (judged) => faultOf(classify(endpoint, judged)),
    });
    const verdict = classify(endpoint, answer);
    if (verdict.kind === 'absent') return null;
    if (verdict.kind === 'fault') {
      throw new SourceError(verdict.code, source, {
        cause: new Error(`status ${answer.status}`),
        ...(verdict.retryAfter === undefined ? {} : { retryAfter: verdict.retryAfter }),
      });
    }
    return { body: parseAnswer(answer, shape, source), serverTime: answer.date };
  }

  return {
    source,
    ask,
    askFor: async (endpoint, shape, query) => {
      const told = await ask(endpoint, shape, query);
      if (told === null) throw new SourceError('SOURCE_MALFORMED', source);
      return told;
    },
  };
}

const faultOf = (verdict: Verdict): SourceErrorCode | null => (verdict.kind === 'fault' ? verdict.code : null);

function authorization(key: string | undefined, source: string): Record<string, string> {
  if (key === undefined) return {};
  // The header must be two words: 0.6.42 answers any more with its own failure.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new SourceError('SOURCE_UNAUTHORIZED', source);
  return { authorization: `Bearer ${key}` };
}
