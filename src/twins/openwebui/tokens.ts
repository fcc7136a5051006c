import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject } from './json.ts';

/** Signs and reads the JSON Web Tokens (HS256) that stand for a session. */
export interface Tokens {
  /** `expiresAt` in epoch seconds; null: never. */
  issue(userId: string, expiresAt: number | null): string;
  /** Undefined for a token that is broken, foreign or expired. */
  read(token: string): { readonly userId: string; readonly expiresAt: number | null } | undefined;
}

export function createTokens(secret: string, now: () => number, newId: () => string): Tokens {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue: (userId, expiresAt) => {
      const issuedAt = Math.floor(now() / 1000);
      const claims = { id: userId, ...(expiresAt === null ? {} : { exp: expiresAt }), jti: newId(), iat: issuedAt };
      const text = `${header}.${toBase64(claims)}`;
      return `${text}.${sign(text)}`;
    },
    read: (token) => {
      const [head, claims, signature, ...rest] = token.split('.');
      if (head !== header || !claims || !signature || rest.length > 0) return undefined;
      if (!isSame(signature, sign(`${head}.${claims}`))) return undefined;
      // Our own signature is on it, so it is JSON that `issue` wrote.
      const { id, exp } = asClaims(JSON.parse(Buffer.from(claims, 'base64url').toString()));
      if (exp !== null && exp * 1000 <= now()) return undefined;
      return { userId: id, expiresAt: exp };
    },
  };
}

const toBase64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const header = toBase64({ alg: 'HS256', typ: 'JWT' });

const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function asClaims(value: unknown): { id: string; exp: number | null } {
  if (!isObject(value) || typeof value.id !== 'string') return { id: '', exp: null };
  return { id: value.id, exp: typeof value.exp === 'number' ? value.exp : null };
}
