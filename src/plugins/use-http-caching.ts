import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../access/caller.ts';
import { callerKeyHeader, headerPrefix } from '../access/caller-keys.ts';
import { createShelfLife, type ShelfLife } from '../cache/shelf-life.ts';
import type { RequestHeaders } from '../edge/request-headers.ts';
import type { Context } from '../graph/context.ts';
import { preflightHeaders } from './use-strict-requests.ts';

/** Lets browsers, and caches on the way to them, keep answers to GET for as long as all that they hold stays fresh. */
export interface HttpCaching {
  readonly plugin: Plugin<Context>;
  /** What the answer to this request is to tell of its freshness; undefined: nobody is to keep it. */
  lifeOf(request: Asked): ShelfLife | undefined;
}

interface Asked {
  readonly method: string;
  readonly headers: RequestHeaders;
}

export interface HttpCachingOptions {
  /** Where Rollcall itself keeps nothing, nobody else is to. */
  readonly answersAreKept: boolean;
  /** Ids of sources, for which callers may bring keys. */
  readonly sources: readonly string[];
  /** Whether pages of other origins may ask. */
  readonly cors: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A clock that only goes forward, in milliseconds. */
  readonly steady: () => number;
}

/** Without a header from here `no-store` stands, as for everything else. Also for parts, errors, and whatever tells how it came about. */
export function useHttpCaching({ answersAreKept, sources, cors, now, steady }: HttpCachingOptions): HttpCaching {
  const lives = new WeakMap<Asked, ShelfLife>();
  const callers = new WeakMap<Asked, Caller>();
  const whole = new WeakSet<Asked>();
  const deciding = [
    ...['authorization', 'x-rollcall-key', ...sources.map(callerKeyHeader), 'accept', 'x-rollcall-debug'],
    // Whether a GET is answered at all.
    ...[...preflightHeaders, 'content-type'],
    ...(cors ? ['origin'] : []),
  ];

  function controlFor(request: Asked): string | null {
    const life = lives.get(request);
    const caller = callers.get(request);
    if (life === undefined || caller === undefined || !whole.has(request)) return null;
    const rightsMs = (caller.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - now();
    const seconds = Math.floor(Math.min(life.until - steady(), rightsMs) / 1_000);
    if (life.until === Number.POSITIVE_INFINITY || seconds < 1) return null;
    const scope = life.isForAnybody && broughtNothing(caller, request.headers) ? 'public' : 'private';
    // Not even where the server cannot be reached: rights are among what is shown.
    return `${scope}, max-age=${seconds}, must-revalidate`;
  }

  return {
    lifeOf: (request) => {
      if (!answersAreKept || request.method !== 'GET') return undefined;
      const life = createShelfLife(steady);
      lives.set(request, life);
      return life;
    },
    plugin: {
      onExecute: ({ context }) => {
        if (lives.has(context.request)) callers.set(context.request, context.caller);
      },
      onResultProcess: ({ request, result }) => {
        if (isWhole(result)) whole.add(request);
      },
      onResponse: ({ request, response: { headers, status } }) => {
        const control = status === 200 ? controlFor(request) : null;
        if (control === null) return;
        headers.set('cache-control', control);
        headers.set('vary', together(headers.get('vary'), deciding));
      },
    },
  };
}

/** Then they are answered as everybody else who brings nothing. */
const broughtNothing = ({ kind }: Caller, headers: RequestHeaders): boolean =>
  kind === 'ANONYMOUS' && ![...headers.keys()].some((name) => name.startsWith(headerPrefix));

/** Nothing but data: no errors, no parts to come. */
const isWhole = (result: object): boolean =>
  'data' in result && result.data != null && !('errors' in result) && !('extensions' in result);

/** CORS has had its say before. */
function together(said: string | null, names: readonly string[]): string {
  const all = [...(said ?? '').split(',').map((name) => name.trim().toLowerCase()), ...names].filter((name) => name !== '');
  return [...new Set(all)].join(', ');
}
