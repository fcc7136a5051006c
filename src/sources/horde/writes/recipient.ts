import type { Fault } from '../../../writing/refusals.ts';
import { aliasOf, canonicalUserId, canonicalUuid, parseNameOrNumber } from '../ids.ts';
import { matchesCleaned } from './cleaned-text.ts';
import type { FreshUser } from './fresh-user.ts';
import type { Parts } from './parts.ts';
import { askSharedKey, ownerOf } from './shared-key.ts';

/** Who is meant by text: a user, by number and perhaps by name too, or whose shared key it is. */
export type Recipient =
  | { readonly kind: 'user'; readonly id: string; readonly alias: string | undefined }
  | { readonly kind: 'shared key'; readonly id: string };

export function parseRecipient(text: string, keysToo: boolean): Recipient | Fault {
  const key = keysToo ? canonicalUuid(text) : null;
  if (key !== null) return { kind: 'shared key', id: key };
  const named = parseNameOrNumber(text);
  const id = named === null ? null : canonicalUserId(named.number);
  if (named !== null && id !== null) return { kind: 'user', id, alias: named.alias };
  return {
    field: 'to',
    message: `A user, as alias#number or by the number alone${keysToo ? ', or the id of a shared key' : ''}.`,
  };
}

/** The user, or the owner of the shared key; a sentence where there is none, or the alias is another's. */
export async function findRecipient(parts: Parts, recipient: Recipient): Promise<FreshUser | string> {
  if (recipient.kind === 'user') {
    const found = await parts.readFresh(recipient.id, 'holder');
    if (found === null) return 'There is no user with this number.';
    const agrees = recipient.alias === undefined || matchesCleaned(aliasOf(found.user.username), recipient.alias);
    return agrees ? found : 'The user with this number is called otherwise.';
  }
  const key = await askSharedKey(parts, recipient.id);
  const owner = key && ownerOf(key);
  const found = owner && (await parts.readFresh(owner, 'holder'));
  return found || 'There is no such shared key.';
}
