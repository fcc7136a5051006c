import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { formatAccountId } from '../domain/user.ts';
import type { Caller } from './caller.ts';
import type { JwtSettings } from './jwt-settings.ts';
import { parseScope, type ScopeGrant } from './scopes.ts';

/** Reads a token into its bearer. Throws when it is not good, and `KeysOutOfReach` when that cannot be told. */
export async function readToken(token: string, settings: JwtSettings, keys: JWTVerifyGetKey): Promise<Caller> {
  const { payload } = await jwtVerify(token, keys, {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: settings.algorithms,
    clockTolerance: settings.clockToleranceSeconds,
    // Nobody could take back one that never ends.
    requiredClaims: ['exp'],
  });
  return {
    kind: 'TOKEN',
    name: payload.sub ?? null,
    scopes: scopesIn(payload[settings.scopesClaim]),
    accounts: accountsIn(payload, settings),
    // Some issuers write milliseconds, which is further than a Date reaches.
    expiresAt: payload.exp === undefined ? null : new Date(Math.min(payload.exp * 1_000, lastDate)),
  };
}

/** Why a token was refused, in a word that holds nothing of the token. */
export const reasonOf = (error: unknown): string => (error instanceof errors.JOSEError ? error.code : 'ERR_UNREADABLE');

const lastDate = 8.64e15;

function scopesIn(claim: unknown): ScopeGrant[] {
  const words = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return words.flatMap((word) => (typeof word === 'string' ? (parseScope(word) ?? []) : []));
}

function accountsIn(payload: JWTPayload, { accounts }: JwtSettings): string[] {
  const ids = accounts.flatMap(({ claim, source }) =>
    [payload[claim]].flat().flatMap((value) => {
      // A Horde id may come as a number.
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text !== 'string' || text === '') return [];
      return [source === undefined ? text : formatAccountId({ source, nativeId: text })];
    }),
  );
  return [...new Set(ids)];
}
