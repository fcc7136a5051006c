import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HordeSharedKeyRef } from '../../../domain/accounts/horde-writes.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { canonicalUuid, parseNameOrNumber } from '../ids.ts';
import { HordeSharedKeyDetails } from '../wire.ts';
import type { Parts } from './parts.ts';

const OwnedSharedKey = HordeSharedKeyDetails.extend({ username: z.string() });
export type OwnedSharedKey = z.infer<typeof OwnedSharedKey>;

/** A shared key with its owner's name; null when there is none. Whoever asks first sets what everybody is told for a minute. */
export async function askSharedKey({ ask }: Pick<Parts, 'ask'>, id: string): Promise<OwnedSharedKey | null> {
  const told = await ask({ endpoint: 'sharedkey', path: `/v2/sharedkeys/${id}` }, OwnedSharedKey);
  return told?.body ?? null;
}

/** The number of the user whose it is. */
export const ownerOf = ({ username }: OwnedSharedKey): string | null => parseNameOrNumber(username)?.number ?? null;

export function sharedKeyIdOf({ sharedKeyId }: HordeSharedKeyRef): string {
  const canonical = canonicalUuid(sharedKeyId);
  if (canonical === null) throw new InvalidInputError([{ field: 'sharedKeyId', message: 'The id of a shared key.' }]);
  return canonical;
}

/** For messages, locks and the audit: tells one from another without telling what could be spent with. */
export const nameSharedKey = (id: string): string => `shared key ${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
