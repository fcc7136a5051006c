import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ifMissing } from '../config-faults.ts';
import { sourceIdPattern } from '../domain/user.ts';
import { narrow, type ScopeGrant, ScopeText } from './scopes.ts';

/** A key that Rollcall gave somebody, as it remembers it: the key itself is not among that. */
export interface RollcallKey {
  readonly name: string;
  /** The middle part of the key, by which a key that turns up somewhere can be told. Null where nobody wrote it down. */
  readonly id: string | null;
  /** SHA-256 of the whole key. It is as random as the key, so it needs no salt and no slow hash. */
  readonly digest: Buffer;
  readonly scopes: readonly ScopeGrant[];
  readonly expiresAt: Date | null;
}

/** `rck_`, eight letters or digits to tell keys apart, and 32 random bytes. */
export const keyPattern = /^rck_[0-9a-z]{8}_[\w-]{43}$/;

/** Of the name of a key, which is told to everybody who reads the log. */
export const namePattern = /^[\w.@-]{1,60}$/;

export const keyPrefix = 'rck_';

const hashPrefix = 'sha256:';

/** A key as a configuration or a keys file holds it. */
export const KeyEntry = z
  .strictObject({
    name: z
      .string({ error: ifMissing('what to call its holder') })
      .regex(namePattern, 'must be up to 60 letters, digits, dots, dashes, underscores or @'),
    id: z
      .string()
      .regex(/^[0-9a-z]{8}$/, 'must be the eight letters and digits that stand in the key after rck_')
      .optional(),
    hash: z
      .string({ error: ifMissing('what `rollcall keys create` printed') })
      .regex(/^sha256:[0-9a-f]{64}$/, 'must be what `rollcall keys create` printed: sha256: and 64 digits; never the key itself'),
    scopes: z.array(ScopeText),
    /** Narrows every scope to these sources. */
    sources: z
      .array(z.string().regex(sourceIdPattern, 'must be the id of a source'))
      .min(1, 'must name a source; leave it out for all')
      .optional(),
    /** A day means its beginning, in UTC. */
    expires: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })], {
        error: 'must be a day such as 2027-01-01, or a time such as 2027-01-01T12:00:00Z',
      })
      .optional(),
  })
  .transform(
    ({ name, id, hash, scopes, sources, expires }): RollcallKey => ({
      name,
      id: id ?? null,
      digest: Buffer.from(hash.slice(hashPrefix.length), 'hex'),
      scopes: sources === undefined ? scopes : narrow(scopes, sources),
      expiresAt: expires === undefined ? null : new Date(expires),
    }),
  );

export type KeyEntryInput = z.input<typeof KeyEntry>;

/** The key whose holder presents this text. Takes as long whichever it is and whether there is one. */
export function findKey(presented: string, keys: readonly RollcallKey[]): RollcallKey | undefined {
  const digest = hash('sha256', presented, 'buffer');
  let found: RollcallKey | undefined;
  // Every key is looked at, the right one or not.
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key;
  return found;
}

/** A new key, and what to remember of it. The key is nowhere else and cannot be made again. */
export function createKey(): { readonly key: string; readonly id: string; readonly hash: string } {
  const id = [...randomBytes(8)].map((byte) => idLetters[byte % idLetters.length]).join('');
  const key = `${keyPrefix}${id}_${randomBytes(32).toString('base64url')}`;
  return { key, id, hash: `${hashPrefix}${hash('sha256', key, 'hex')}` };
}

/** 32 of them, so that no letter comes more often than another; without those that are mistaken for digits. */
const idLetters = '0123456789abcdefghjkmnpqrstvwxyz';

/** What is wrong with a list of keys beyond its single entries. */
export const faultsAmong = (keys: readonly RollcallKey[]): string[] =>
  keys.flatMap((key, index) => faultsBeside(key, keys.slice(0, index)));

/** What is wrong with a key because of those before it. */
export function faultsBeside({ name, digest }: RollcallKey, former: readonly RollcallKey[]): string[] {
  const faults: string[] = [];
  if (former.some((other) => other.name === name))
    faults.push(`two keys are called ${JSON.stringify(name)}; give each a name of its own`);
  if (former.some((other) => other.digest.equals(digest)))
    faults.push(`the hash of ${JSON.stringify(name)} is that of another key, too; make a new key with rollcall keys create`);
  return faults;
}
