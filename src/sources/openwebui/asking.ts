import type { ZodType } from 'zod';
import { type Credential, keyOf } from '../../access/credential.ts';
import { SourceError } from '../../errors.ts';
import type { HttpClient, HttpRequest } from '../../http/client.ts';
import { parseAnswer } from '../../http/parse.ts';
import { classify } from './classify.ts';
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

export function createAsker(source: string, http: HttpClient, credential: Credential, signal: AbortSignal | undefined): Asker {
  const key = keyOf(credential);

  async function ask<Shape>(
    endpoint: Endpoint,
    shape: ZodType<Shape>,
    query: HttpRequest['query'] = {},
  ): Promise<Told<Shape> | null> {
    const answer = await http.send({ path: endpoint.path, query, headers: authorization(key, source), signal });
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

function authorization(key: string | undefined, source: string): Record<string, string> {
  if (key === undefined) return {};
  // The header must be two words: 0.6.42 answers any more with its own failure.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new SourceError('SOURCE_UNAUTHORIZED', source);
  return { authorization: `Bearer ${key}` };
}
