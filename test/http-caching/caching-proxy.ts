import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A cache as RFC 9111 has it, on a port of its own: one that many share, or a browser's. */
export interface CachingProxy extends AsyncDisposable {
  readonly url: string;
  /** How often it answered by itself, and how often it passed on what it was asked. */
  readonly counts: { readonly hits: number; readonly passed: number };
}

export interface CachingProxyOptions {
  readonly target: string;
  readonly shared: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An answer with what it was an answer to. */
interface Stored {
  readonly asked: Headers;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly at: number;
}

/** Who was answered by the cache itself is told so in this header. */
export const hitHeader = 'x-cache';

export async function startCachingProxy({ target, shared, now }: CachingProxyOptions): Promise<CachingProxy> {
  const stored = new Map<string, readonly Stored[]>();
  const counts = { hits: 0, passed: 0 };

  const isFresh = ({ headers, at }: Stored): boolean => now() - at < 1_000 * (maxAgeOf(headers) ?? 0);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/', method = 'GET' } = request;
    const asked = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const known = stored.get(url) ?? [];
    const hit = known.find((each) => isMeant(each, asked) && isFresh(each));
    if (method === 'GET' && hit !== undefined && !says(asked, 'no-cache')) {
      counts.hits += 1;
      response.writeHead(200, { ...Object.fromEntries(hit.headers), [hitHeader]: 'hit' });
      return void response.end(hit.body);
    }
    counts.passed += 1;
    for (const name of ['host', 'connection']) asked.delete(name);
    const came = await fetch(`${target}${url}`, { method, headers: asked });
    const fetched: Stored = { asked, headers: came.headers, body: Buffer.from(await came.arrayBuffer()), at: now() };
    // The newest that fits is the one that counts.
    if (method === 'GET' && came.status === 200 && isStorable(came.headers, shared)) stored.set(url, [fetched, ...known]);
    response.writeHead(came.status, Object.fromEntries(came.headers));
    response.end(fetched.body);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const says = (headers: Headers, directive: string): boolean =>
  (headers.get('cache-control') ?? '').split(',').some((each) => each.trim() === directive);

function maxAgeOf(headers: Headers): number | undefined {
  const seconds = /(?:^|[\s,])max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

function isStorable(headers: Headers, shared: boolean): boolean {
  const isOthers = shared && says(headers, 'private');
  return maxAgeOf(headers) !== undefined && !says(headers, 'no-store') && !isOthers && headers.get('vary') !== '*';
}

/** Whether what was asked then and what is asked now agree in all that the answer says it varies by. */
const isMeant = ({ asked, headers }: Stored, now: Headers): boolean =>
  (headers.get('vary') ?? '').split(',').every((name) => name.trim() === '' || asked.get(name.trim()) === now.get(name.trim()));
