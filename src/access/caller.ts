import { type ScopeGrant, scopes } from './scopes.ts';

/** Who is asking, and what the service's own credentials may be used for on their behalf. */
export interface Caller {
  readonly kind: 'ANONYMOUS' | 'KEY' | 'TOKEN';
  /** The name of their key, or their token's subject; null for nobody in particular. */
  readonly name: string | null;
  readonly scopes: readonly ScopeGrant[];
  /** Accounts that their token says are theirs. */
  readonly accounts: readonly string[];
  readonly expiresAt: Date | null;
}

/** Somebody without a key or token. */
export function anonymous(grants: readonly ScopeGrant[]): Caller {
  return { kind: 'ANONYMOUS', name: null, scopes: grants, accounts: [], expiresAt: null };
}

/** Everything, for a developer on their own machine. */
export const everyScope: readonly ScopeGrant[] = scopes.map((scope) => ({ scope, source: null }));
