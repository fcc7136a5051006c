import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOver } from '../edge/departing.ts';
import { headersOf, type RequestHeaders } from '../edge/request-headers.ts';
import type { Waiting } from './waiting.ts';

/** What the plugins look at of a request, without the rest of WHATWG's `Request`. */
export interface LightRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: RequestHeaders;
  readonly waiting: Waiting;
  /** When all of it had come, by `performance.now()`. */
  readonly cameAt: number;
  /** Whether its own client has left, whoever else may wait for the same. */
  readonly isGone: () => boolean;
}

export function lightRequest({ headers, url = '/' }: IncomingMessage, response: ServerResponse, waiting: Waiting): LightRequest {
  return {
    method: 'POST',
    url: `http://localhost${url}`,
    headers: headersOf(headers),
    waiting,
    cameAt: performance.now(),
    isGone: () => isOver(response),
  };
}
