import type { Plugin } from 'graphql-yoga';
import type { RequestHeaders } from '../edge/request-headers.ts';
import { exposedHeaders } from './use-rate-limit.ts';

/** Which pages of other origins may read answers, and what their browsers are told for it. */
export interface Cors {
  readonly plugin: Plugin;
  /** Whether any may. */
  readonly isOn: boolean;
  /** For the answer to a request that has these. */
  headersFor(request: RequestHeaders): Readonly<Record<string, string>>;
}

/**
 * To a page that may not read an answer nothing is said. Yoga's own way would be to allow `null`, which is no page's origin and every
 * sandboxed one's.
 */
export function useCors(origins: readonly string[]): Cors {
  const listed = new Set(origins);
  const isOn = listed.size > 0;

  function headersFor(request: RequestHeaders): Readonly<Record<string, string>> {
    const origin = request.get('origin');
    if (!isOn || origin === null) return {};
    // Whatever keeps the answer must not show it to a page of another origin.
    if (!listed.has(origin)) return { vary: 'Origin' };
    const method = request.get('access-control-request-method');
    const headers = request.get('access-control-request-headers');
    return {
      'access-control-allow-origin': origin,
      vary: headers === null ? 'Origin' : 'Origin, Access-Control-Request-Headers',
      ...(method === null ? {} : { 'access-control-allow-methods': method }),
      ...(headers === null ? {} : { 'access-control-allow-headers': headers }),
      'access-control-expose-headers': exposedHeaders.join(', '),
    };
  }

  return {
    isOn,
    headersFor,
    plugin: {
      onRequest: ({ request, endResponse, fetchAPI }) => {
        if (!isOn || request.method !== 'OPTIONS') return;
        // Safari waits for a body unless it is told that there is none.
        endResponse(new fetchAPI.Response(null, { status: 204, headers: { 'content-length': '0' } }));
      },
      onResponse: ({ request, response }) => {
        for (const [name, value] of Object.entries(headersFor(request.headers))) response.headers.set(name, value);
      },
    },
  };
}
