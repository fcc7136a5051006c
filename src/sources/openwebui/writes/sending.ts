import type { ZodType } from 'zod';
import type { Credential } from '../../../access/credential.ts';
import type { HttpClient, HttpRequest } from '../../../http/client.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { createAsker } from '../asking.ts';
import type { WriteEndpoint } from './endpoints.ts';
import { refusalOf } from './refused.ts';

/** Sends what changes something, each once. Rejects with a `Refusal` where the source has certainly done nothing of it. */
export interface Sender {
  post<Shape>(endpoint: WriteEndpoint, json: unknown, shape: ZodType<Shape>): Promise<Shape>;
  remove<Shape>(endpoint: WriteEndpoint, shape: ZodType<Shape>): Promise<Shape>;
}

export function createSender(source: string, http: HttpClient, credential: Credential, signal: AbortSignal | undefined): Sender {
  /** Asks as reads do, but for the method, the body, and a look at refusals before all else. */
  const through = <Shape>(
    endpoint: WriteEndpoint,
    request: Pick<HttpRequest, 'method' | 'json'>,
    shape: ZodType<Shape>,
  ): Promise<Shape> => {
    const send: HttpClient['send'] = async (asked) => {
      const answer = await http.send({ ...asked, ...request });
      const problem = refusalOf(endpoint, answer, source);
      if (problem !== null) throw new Refusal(problem);
      return answer;
    };
    const asker = createAsker(source, { ...http, send }, credential, signal);
    return asker.askFor(endpoint, shape).then(({ body }) => body);
  };

  return {
    post: (endpoint, json, shape) => through(endpoint, { method: 'POST', json }, shape),
    remove: (endpoint, shape) => through(endpoint, { method: 'DELETE' }, shape),
  };
}
