import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

/** A key of a set with which no token can be checked. The sentence tells it by its place and repeats nothing of it. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

/** As much as must be there for the library to look further. */
export const Jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
export type Jwks = z.output<typeof Jwks>;

/** The kinds of those that verify what we take; keys of other kinds, or for something else, are passed over. */
const kinds = new Set(['RSA', 'EC', 'OKP']);

/** The library looks at a key when the first token names it, which would then be refused as if it were its own fault. */
export function refuseUnusable({ keys }: Jwks): void {
  for (const [index, { use = 'sig', ...key }] of keys.entries()) {
    if (!kinds.has(key.kty) || use !== 'sig') continue;
    const fault = faultOf(key);
    if (fault !== null) throw new UnusableKey(`holds a key that cannot be used, number ${index + 1} of its list: ${fault}`);
  }
}

function faultOf(key: JsonWebKey): string | null {
  if (key.d !== undefined) return 'it is a private key, which belongs to the issuer alone; write the public one';
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' });
    const { modulusLength = fewestBits } = asymmetricKeyDetails ?? {};
    return modulusLength < fewestBits ? `it has less than ${fewestBits} bits` : null;
  } catch {
    return 'what belongs to a key of its kind is missing or wrong';
  }
}

/** Of RSA. The library takes no fewer. */
const fewestBits = 2_048;
