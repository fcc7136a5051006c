import type { ZodType } from 'zod';
import { SourceError, type SourceErrorCode } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import type { HttpRequest } from '../../http/exchange.ts';
import { parseAnswer } from '../../http/parse.ts';
import type { Asking } from '../contract.ts';
import { classify, type Endpoint, type Verdict } from './classify.ts';
import { routeOf } from './routes.ts';

/** Asks the Horde for one thing. Null: it does not exist. */
export type Ask = <Shape>(question: Question, shape: ZodType<Shape>) => Promise<Told<Shape> | null>;

export interface Question {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly query?: NonNullable<HttpRequest['query']>;
  /** Sent only where it changes the answer. */
  readonly key?: string | undefined;
}

export interface Told<Shape> {
  readonly body: Shape;
  /** The server's clock, from which ages count back. */
  readonly date: Date;
  /** Asked in a way that no cache of the Horde's knew. */
  readonly pastCache?: true;
}

export function createAsk(source: string, http: HttpClient, { credential, signal, until, maxAgeMs, lane }: Asking): Ask {
  return async ({ endpoint, path, query, key }, shape) => {
    if (key !== undefined && !isSendable(key)) throw new SourceError('SOURCE_UNAUTHORIZED', source);
    const answer = await http.send({
      path,
      signal,
      until,
      maxAgeMs,
      route: routeOf('GET', path),
      // Without a key everybody is told the same, whoever asks.
      credential: key === undefined ? { class: 'none' } : credential,
      asker: credential,
      lane,
      judge: (judged) => faultOf(classify(endpoint, judged)),
      query,
      headers: key === undefined ? undefined : { apikey: key },
    });
    const verdict = classify(endpoint, answer);
    if (verdict.kind === 'absent') return null;
    if (verdict.kind === 'fault') {
      throw new SourceError(verdict.code, source, verdict.retryAfter === undefined ? {} : { retryAfter: verdict.retryAfter });
    }
    return { body: parseAnswer(answer, shape, source), date: answer.date };
  };
}

const faultOf = (verdict: Verdict): SourceErrorCode | null => (verdict.kind === 'fault' ? verdict.code : null);

/** What no header can carry is nobody's key; asking would look as if the Horde could not be reached. */
const isSendable = (key: string): boolean => /^[\x21-\x7e]+$/.test(key);

/** The same, for what cannot be absent: an address without a list of users or a heartbeat is no Horde. */
export async function askForCertain<Shape>(
  ask: Ask,
  source: string,
  question: Question,
  shape: ZodType<Shape>,
): Promise<Told<Shape>> {
  const told = await ask(question, shape);
  if (told === null) throw new SourceError('SOURCE_MALFORMED', source);
  return told;
}
