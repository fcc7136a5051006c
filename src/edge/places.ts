import type { IncomingMessage } from 'node:http';

/** Where a framework mounts a handler under a prefix it takes that off `url` and leaves it in `originalUrl`. What it makes of the query is in `query`. */
export type Mounted = IncomingMessage & { originalUrl?: string | undefined; query?: unknown };

const places = ['/graphql', '/subgraph', '/healthz', '/readyz'];

/**
 * The place a target leads to, below whatever prefix and with or without a slash behind, with its query; a target that leads to none as
 * it is, if it is a path at all. A fragment is nobody's to send, and Yoga and its address would each see another query behind it, as they
 * would behind a second question mark.
 */
export function placeIn(target: string): string {
  if (!target.startsWith('/')) return '/';
  const [path = '', ...rest] = target
    .replace(/#.*$/s, '')
    .replace(/\?+/, '?')
    .split(/(?=\?)/);
  const place = places.find((known) => path.endsWith(known) || path.endsWith(`${known}/`));
  return [place ?? path, ...rest].join('');
}

/** The target of a request, and of one to a handler that is mounted there. */
export const targetOf = ({ originalUrl, url }: Pick<Mounted, 'originalUrl' | 'url'>): string => placeIn(originalUrl ?? url ?? '');

export const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

/** The same request, at the place it leads to. */
export function toPlace(request: Request): Request {
  const { origin, pathname, search } = new URL(request.url);
  const target = `${pathname}${search}`;
  const place = placeIn(target);
  return place === target && !request.url.includes('#') ? request : new Request(`${origin}${place}`, request);
}
