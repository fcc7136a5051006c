import { Pool } from 'undici';

export interface Answer {
  readonly body: unknown;
  readonly date: number;
}

/** Asks one source for JSON. Null: there is no such thing. */
export type Get = (path: string) => Promise<Answer | null>;

type Headers = Readonly<Record<string, string>>;

export function byFetch(url: string, headers: Headers): Get {
  return async (path) => {
    const response = await fetch(url + path, {
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`upstream said ${response.status}`);
    return { body: await response.json(), date: Date.parse(response.headers.get('date') ?? '') };
  };
}

export function byUndici(url: string, headers: Headers, connections: number): Get {
  const { origin, pathname } = new URL(url);
  const prefix = pathname === '/' ? '' : pathname;
  const pool = new Pool(origin, { connections, headersTimeout: 10_000, bodyTimeout: 10_000 });
  return async (path) => {
    const response = await pool.request({
      method: 'GET',
      path: prefix + path,
      headers: { accept: 'application/json', ...headers },
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      if (response.statusCode === 404) return null;
      throw new Error(`upstream said ${response.statusCode}`);
    }
    return { body: await response.body.json(), date: Date.parse(String(response.headers.date)) };
  };
}
