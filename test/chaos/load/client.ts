import { Pool } from 'undici';
import type { Caller } from './callers.ts';

/** What came back, and when: milliseconds since 1970. */
export interface Told {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly sent: number;
  readonly received: number;
}

/** Connections to one server, as many as it takes. */
export interface Client {
  ask(caller: Caller, query: string, variables: object): Promise<Told>;
  close(): Promise<void>;
}

export function openClient(port: number): Client {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1, keepAliveTimeout: 2_000 });
  return {
    ask: async (caller, query, variables) => {
      const sent = Date.now();
      const { statusCode, headers, body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...caller.headers },
        body: JSON.stringify({ query, variables }),
      });
      const text = await body.text();
      return { status: statusCode, contentType: String(headers['content-type']), text, sent, received: Date.now() };
    },
    close: () => pool.close(),
  };
}
