import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const issuer = 'https://sign-in.example';
export const audience = 'rollcall';

/** Somebody who signs tokens. */
export interface Issuer {
  /** The public half, as it stands in a key set. */
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
  /** A token that is good for five minutes, but for what is said here. */
  token(claims?: JWTPayload, header?: { readonly alg?: string; readonly kid?: string }): Promise<string>;
}

export async function createIssuer(alg = 'ES256', kid = 'first'): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    privateKey,
    token: (claims = {}, header = {}) =>
      new SignJWT({ iss: issuer, aud: audience, sub: 'ada', exp: now() + 300, ...claims })
        .setProtectedHeader({ alg, kid, ...header })
        .sign(privateKey),
  };
}

/** Seconds since 1970, as claims count. */
export const now = (): number => Math.floor(Date.now() / 1_000);

/** A token put together by hand, signed however. */
export function handmadeToken(header: object, claims: object, sign: (input: string) => Buffer): string {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${sign(input).toString('base64url')}`;
}
