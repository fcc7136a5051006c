import { classOf } from '../access/credential.ts';
import type { HttpRequest } from './exchange.ts';

declare const made: unique symbol;

/** Under what a request that is under way may be joined. Only `shareKey` makes one, and it asks with which credential. */
export type ShareKey = string & { readonly [made]: true };

/**
 * The credential class and the whole request, nothing left out: what differs in any way is asked for by itself. `epoch` is that
 * of the source, in which the request is made.
 */
export function shareKey(request: HttpRequest, epoch: number): ShareKey {
  const { method = 'GET', path, query, headers, json, credential, route } = request;
  const rest = query === undefined && headers === undefined && json === undefined ? '' : JSON.stringify([query, headers, json]);
  const text = `${epoch}\0${classOf(credential)}\0${route}\0${method} ${path}\0${rest}`;
  // The one place that may say so: the class is in it.
  return text as ShareKey;
}
