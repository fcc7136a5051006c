import type { IncomingMessage } from 'node:http';
import { headersOf, type RequestHeaders } from '../edge/request-headers.ts';
import type { Waiting } from './waiting.ts';

/** What the plugins look at of a request, without the rest of WHATWG's `Request`. */
export interface LightRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: RequestHeaders;
  readonly waiting: Waiting;
}

export function lightRequest({ headers, url = '/' }: IncomingMessage, waiting: Waiting): LightRequest {
  return {
    method: 'POST',
    url: `http://localhost${url}`,
    headers: headersOf(headers),
    waiting,
  };
}
