import type { RequestListener, ServerResponse } from 'node:http';
import { pathOf, targetOf } from './places.ts';
import { headersOf, type RequestHeaders } from './request-headers.ts';
import { securityHeaders } from './security-headers.ts';

/** Writes all of an answer but its end, to a request that no endpoint has seen. */
export type Refuse = (response: ServerResponse, status: number, message?: string) => void;

/** What looks at a request before `handle` gets it, and may refuse it. */
export type Refusing = (handle: RequestListener, refuse: Refuse) => RequestListener;

/** What refuses past Yoga does so here, so that pages may read it as they may what Yoga says. `forPages`: what their browsers are told. */
export function refuseWith(forPages: (path: string, request: RequestHeaders) => Readonly<Record<string, string>>): Refuse {
  return (response, status, message) => {
    const { req } = response;
    const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    const body = message === undefined ? '' : JSON.stringify({ errors: [{ message, extensions: { code } }] });
    response.writeHead(status, {
      ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': Buffer.byteLength(body),
      ...securityHeaders,
      ...forPages(pathOf(targetOf(req)), headersOf(req.headers)),
    });
    if (body !== '') response.write(body);
  };
}
