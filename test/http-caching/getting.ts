import type { RollcallOptions } from '../app/rollcall.ts';
import { type Keeping, startKeeping } from '../cache/counting.ts';
import { listen } from '../federation/listening.ts';

/** A Rollcall that keeps answers, on a port, asked by GET. */
export interface Getting extends AsyncDisposable {
  readonly keeping: Keeping;
  readonly url: string;
  get(query: string, headers?: Readonly<Record<string, string>>): Promise<Got>;
}

export interface Got {
  readonly status: number;
  readonly control: string | null;
  /** Names in lower case. */
  readonly vary: readonly string[];
  readonly headers: Headers;
  readonly text: string;
}

export async function startGetting(options: RollcallOptions = {}): Promise<Getting> {
  const keeping = await startKeeping(options);
  const listening = await listen(keeping.rollcall.app.handle);
  return {
    keeping,
    url: listening.url,
    get: (query, headers) => getFrom(`${listening.url}${pathOf(query)}`, headers),
    [Symbol.asyncDispose]: async () => {
      await listening[Symbol.asyncDispose]();
      await keeping[Symbol.asyncDispose]();
    },
  };
}

export const pathOf = (query: string): string => `/graphql?query=${encodeURIComponent(query)}`;

/** What a page would send beside its own headers. */
export const telling = { 'apollo-require-preflight': 'true', accept: 'application/json' };

export async function getFrom(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Got> {
  const response = await fetch(url, { headers: { ...telling, ...headers } });
  const { status } = response;
  const vary = (response.headers.get('vary') ?? '').split(', ').filter((name) => name !== '');
  return { status, control: response.headers.get('cache-control'), vary, headers: response.headers, text: await response.text() };
}
