import type { IncomingMessage } from 'node:http';

/** What an answer is sent as, by what the client accepts. */
export type MediaType = 'application/json' | 'application/graphql-response+json';

/** How a plain POST wants to be answered; null for a request that is not one. */
export function plainPost({ method, headers }: IncomingMessage): MediaType | null {
  if (method !== 'POST' || !isJson(headers['content-type'])) return null;
  // What is told to whoever wants to look behind an answer is not for others who ask the same.
  if (headers['x-rollcall-debug'] !== undefined) return null;
  return mediaTypeFor(headers.accept);
}

/** Without the spellings that Yoga and the rule against forms judge differently: those are for them. */
const isJson = (type: string | undefined): boolean =>
  type === 'application/json' || (type?.startsWith('application/json;') === true && !type.includes(','));

/**
 * Of several types a client names, the first that is known here counts, as in Yoga. Null where one is named that Yoga knows beside
 * these, such as `multipart/mixed`, or where there is anything that would have to be weighed.
 */
export function mediaTypeFor(accept: string | undefined): MediaType | null {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === 'application/json') return 'application/json';
  const wanted = accept.replace(/\s/g, '').toLowerCase().split(',');
  let chosen: MediaType | null = null;
  for (const each of wanted) {
    const [type = '', ...parameters] = each.split(';');
    if (parameters.some((parameter) => !/^q=[\d.]+$/.test(parameter))) return null;
    const known = knownTypes.get(type);
    if (known === undefined) return null;
    chosen ??= known;
  }
  return chosen;
}

const knownTypes: ReadonlyMap<string, MediaType> = new Map([
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/*', 'application/json'],
  ['*/*', 'application/json'],
]);
