import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import { Unusable } from '../config-faults.ts';

/** As much as must be there for the library to look further. */
export const Jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
export type Jwks = z.output<typeof Jwks>;

/** What verifies what we take, and on which curves. Keys of other kinds, or for something else, are passed over. */
const curves: Readonly<Record<string, ReadonlySet<unknown> | null>> = {
  RSA: null,
  EC: new Set(['P-256', 'P-384', 'P-521']),
  OKP: new Set(['Ed25519']),
};

const Checking = z.object({
  use: z.literal('sig').optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .optional(),
  alg: z
    .string()
    .regex(/^(?!RSA|ECDH)/)
    .optional(),
});

function checksTokens(key: Jwks['keys'][number]): boolean {
  const known = Object.hasOwn(curves, key.kty) ? curves[key.kty] : undefined;
  return known !== undefined && (known === null || known.has(key.crv)) && Checking.safeParse(key).success;
}

/**
 * The library looks at a key when the first token names it, which would then be refused as if it were its own fault. So what is wrong
 * with keys is told before, by their places in the list and nothing else of them. Throws where none is left.
 */
export function faultsAmong({ keys }: Jwks): string[] {
  const checking = [...keys.entries()].filter(([, key]) => checksTokens(key));
  const faults = checking.flatMap(([index, { use: _use, ...key }]) => {
    const fault = faultOf(key);
    return fault === null ? [] : [`number ${index + 1} of its list: ${fault}`];
  });
  const [first] = faults;
  if (first !== undefined && faults.length === checking.length) throw new Unusable(`holds no key that can be used; ${first}`);
  return faults;
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
