import { createHash } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { headerPrefix } from '../access/caller-keys.ts';
import type { Recognition } from '../access/recognising.ts';
import { formatScope } from '../access/scopes.ts';
import type { RequestHeaders } from '../edge/request-headers.ts';
import { serviceKeyHeader } from '../edge/service-key.ts';
import type { MediaType } from './plain-posts.ts';

declare const made: unique symbol;

/** Under which an answer may be handed to others. There is no other way to one than `shareKey`. */
export type ShareKey = string & { readonly [made]: true };

/** What two operations must have in common, beside their callers, to have one answer. */
export interface Likeness {
  readonly endpoint: string;
  readonly type: MediaType;
  /** Of the operation, as the endpoint has it. */
  readonly wording: string;
  readonly headers: RequestHeaders;
  /** Counts the writes that have ended. */
  readonly epoch: number;
}

/**
 * Made only for a recognised caller, of all that an answer may depend on: what was asked for and how, everything that `viewer` shows
 * of them, and every key they brought. The same in other words makes another key: sharing less is never wrong.
 */
export function shareKey({ caller }: Extract<Recognition, { is: 'recognised' }>, likeness: Likeness): ShareKey {
  const { endpoint, type, wording, headers, epoch } = likeness;
  // None of these holds a NUL but the last. This is the one place where a key is made.
  return [epoch, endpoint, type, describe(caller), ...broughtIn(headers), wording].join('\0') as ShareKey;
}

const described = new WeakMap<Caller, string>();

function describe(caller: Caller): string {
  const known = described.get(caller);
  if (known !== undefined) return known;
  const { kind, name, scopes, accounts, expiresAt, ...nothing } = caller;
  // Whoever adds to what a caller is decides here that it counts.
  nothing satisfies Record<string, never>;
  const text = JSON.stringify([kind, name, scopes.map(formatScope), accounts, expiresAt]);
  described.set(caller, text);
  return text;
}

/** By their hashes, since the keys themselves must not lie about. */
function broughtIn(headers: RequestHeaders): string[] {
  const brought: string[] = [];
  for (const name of headers.keys()) {
    if (name !== serviceKeyHeader && !name.startsWith(headerPrefix)) continue;
    const value = headers.get(name) ?? '';
    brought.push(createHash('sha256').update(`${name}\0${value}`).digest('base64url'));
  }
  return brought.sort();
}
