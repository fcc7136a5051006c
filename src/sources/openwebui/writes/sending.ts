import type { ZodType } from 'zod';
import type { HttpClient } from '../../../http/client.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import { Refusal } from '../../../writing/refusals.ts';
import type { Asking } from '../../contract.ts';
import { createAsker } from '../asking.ts';
import type { WriteEndpoint } from './endpoints.ts';
import { refusalOf } from './refused.ts';

/** Sends what changes something, each once. Rejects with a `Refusal` where the source has certainly done nothing of it. */
export interface Sender {
  post<Shape>(endpoint: WriteEndpoint, json: unknown, shape: ZodType<Shape>): Promise<Shape>;
  remove<Shape>(endpoint: WriteEndpoint, shape: ZodType<Shape>): Promise<Shape>;
}

export function createSender(source: string, http: HttpClient, asking: Asking): Sender {
  /** Asks as reads do, but for the method, the body, and a look at refusals before all else. */
  const through = <Shape>(
    endpoint: WriteEndpoint,
    request: Pick<HttpRequest, 'method' | 'json' | 'read'>,
    shape: ZodType<Shape>,
  ): Promise<Shape> => {
    const send: HttpClient['send'] = async (asked) => {
      const answer = await http.send({ ...asked, ...request });
      const problem = refusalOf(endpoint, answer, source);
      if (problem !== null) throw new Refusal(problem);
      return answer;
    };
    const asker = createAsker(source, { ...http, send }, asking);
    return asker.askFor(endpoint, shape).then(({ body }) => body);
  };

  return {
    post: (endpoint, json, shape) => through(endpoint, { method: 'POST', json, read: endpoint.read === true }, shape),
    remove: (endpoint, shape) => through(endpoint, { method: 'DELETE' }, shape),
  };
}
