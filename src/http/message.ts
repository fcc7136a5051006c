import type { HttpRequest } from './exchange.ts';

/** A request as it goes over the wire. */
export interface Message {
  readonly method: NonNullable<HttpRequest['method']>;
  /** The configured one first, the query at its end. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type Write = (request: HttpRequest) => Message;

/** `prefix` is the path of the configured address, without a slash at its end. */
export function createWriter(prefix: string, always: Readonly<Record<string, string>>): Write {
  const usual = { accept: 'application/json', ...always };
  return ({ method = 'GET', path, query, headers, json }) => ({
    method,
    path: query === undefined ? `${prefix}${path}` : `${prefix}${path}${formatQuery(query)}`,
    headers: {
      ...usual,
      ...headers,
      ...(json === undefined ? undefined : { 'content-type': 'application/json' }),
    },
    body: json === undefined ? null : JSON.stringify(json),
  });
}

function formatQuery(query: NonNullable<HttpRequest['query']>): string {
  let text = '';
  for (const key in query) {
    const value = query[key];
    if (value === undefined) continue;
    text += `${text === '' ? '?' : '&'}${encodeURIComponent(key)}=${encodeURIComponent(String(value).toWellFormed())}`;
  }
  return text;
}
