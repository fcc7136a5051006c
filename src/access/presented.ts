import type { RequestHeaders } from '../edge/request-headers.ts';
import { headerPrefix } from './caller-keys.ts';
import { keyPattern, keyPrefix } from './rollcall-keys.ts';

/** What a request shows of its caller's identity, not yet believed. */
export type Presented =
  | { readonly is: 'nothing' }
  | { readonly is: 'key'; readonly text: string }
  | { readonly is: 'token'; readonly text: string }
  /** Something was meant as a key or token and is none, or there are two. */
  | { readonly is: 'malformed' };

/** Where a caller who cannot set `authorization` puts a Rollcall key. */
const keyHeader = 'x-rollcall-key';

export function presentedIn(headers: RequestHeaders): Presented {
  const authorization = headers.get('authorization');
  const key = headers.get(keyHeader);
  if (authorization === null && key === null) return { is: 'nothing' };
  if (authorization !== null && key !== null) return { is: 'malformed' };
  if (key !== null) return asKey(key);
  // A header that came twice reads `Bearer a, Bearer b`, which this does not match.
  const bearer = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) return { is: 'malformed' };
  return bearer.startsWith(keyPrefix) ? asKey(bearer) : { is: 'token', text: bearer };
}

const asKey = (text: string): Presented => (keyPattern.test(text) ? { is: 'key', text } : { is: 'malformed' });

/** Whatever the headers bring that is meant to be known to nobody else. */
export function secretsIn(headers: RequestHeaders): string[] {
  const names = [...headers.keys()].filter((name) => name === keyHeader || name.startsWith(headerPrefix));
  const bearer = headers.get('authorization')?.replace(/^\S+ +/, '');
  return [...names.map((name) => headers.get(name)), bearer].filter((text) => text !== null && text !== undefined);
}
