import type { TwinReply } from '../server.ts';

/** What a call came to. The type follows the way it was set, not what the body is: the body is always the JSON envelope. */
export interface Outcome {
  readonly status: number;
  readonly data: unknown;
  readonly type: 'json' | 'text';
  readonly headers?: Readonly<Record<string, string>>;
}

/** An exception inside a handler. Routes with checked parameters answer it with 400, the others with 500. */
export class PanelError extends Error {}

export const done = (data: unknown): Outcome => ({ status: 200, data, type: typeof data === 'string' ? 'text' : 'json' });

export const refused = (status: number, data: string | null): Outcome => ({ status, data, type: 'text' });

export const crashed = (error: unknown): Outcome => ({ status: 500, data: messageOf(error), type: 'json' });

export const notFound: Outcome = refused(404, '[404] Not Found');

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const PANEL_VERSION = '10.18.2';
export const DAEMON_VERSION = '4.18.2';

export function toReply(outcome: Outcome, time: number, cookies: readonly string[]): TwinReply {
  return {
    status: outcome.status,
    headers: {
      'content-type': outcome.type === 'json' ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
      'X-Version': PANEL_VERSION,
      ...outcome.headers,
      ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
    },
    body: JSON.stringify({ status: outcome.status, data: outcome.data, time }),
  };
}
