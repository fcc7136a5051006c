import type { TwinReply } from '../server.ts';
import { Refusal, Unhandled } from './refusal.ts';

export const json = (value: unknown, status = 200, headers: TwinReply['headers'] = {}): TwinReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** For answers with epoch nanoseconds, which are more than a JavaScript number can hold. */
export function jsonWithBigNumbers(value: unknown): TwinReply {
  const text = JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `\u0001${part}\u0001` : part));
  return { ...json(null), body: text.replaceAll(/"\\u0001(\d+)\\u0001"/g, '$1') };
}

/** What an error becomes on the wire; anything unforeseen as the real server would have it. */
export function refuse(error: unknown): TwinReply {
  if (error instanceof Refusal) return json({ detail: error.detail }, error.status);
  if (!(error instanceof Unhandled)) throw error;
  const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
  return { status: 500, headers, body: 'Internal Server Error' };
}

export const redirect = (status: number, location: string): TwinReply => ({ status, headers: { location }, body: '' });
