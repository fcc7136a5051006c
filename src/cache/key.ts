import type { Credential } from '../access/credential.ts';

declare const checked: unique symbol;

/** Under what an answer is kept. Only `cacheKey` makes one, and it asks with which credential the answer was had. */
export interface CacheKey {
  readonly source: string;
  /** Tells credentials apart without telling any of them. */
  readonly credential: string;
  /** What sort of thing is kept, and which one of them. */
  readonly what: 'account' | 'page' | 'shared' | 'name';
  readonly id: string;
  readonly [checked]: true;
}

export function cacheKey(source: string, credential: Credential, what: CacheKey['what'], id: string): CacheKey {
  // The brand exists for the compiler only.
  return { source, credential: classOf(credential), what, id } as CacheKey;
}

const classOf = (credential: Credential): string =>
  credential.class === 'caller' ? `caller ${credential.holder}` : credential.class;
