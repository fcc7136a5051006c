import { SourceError } from '../../../errors.ts';
import type { Problem } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { askSelf } from '../self.ts';
import { mustHaveKey, type Parts } from './parts.ts';
import { askSharedKey, ownerOf } from './shared-key.ts';

export interface OwnKeys {
  /** The number of the user whose key it is. */
  readonly owner: string;
  readonly ids: ReadonlySet<string>;
}

/**
 * The shared keys of whoever asks. A moderator's are as they are now. Everybody else's come from a cache of half a minute, which
 * the making and deleting of one empties.
 */
export async function readOwnKeys(parts: Parts): Promise<OwnKeys> {
  const self = await askSelf(parts.ask, parts.source, mustHaveKey(parts));
  const shown = self?.record.hordePrivate;
  if (self === null || shown === undefined || shown instanceof Error) throw new SourceError('SOURCE_UNAUTHORIZED', parts.source);
  const fresh = await parts.readFresh(self.id, 'holder');
  const ids = (fresh?.privilege === 2 ? fresh.user.sharedkey_ids : undefined) ?? shown.sharedKeyIds;
  return { owner: self.id, ids: new Set(ids) };
}

/** Whose a shared key is, as far as it matters. */
export interface Ownership {
  /** Not of whoever asks. */
  readonly foreign: boolean;
  /** It stands in the owner's list. */
  readonly listed: boolean;
}

/** Null: there is no such key. Only of one that the list lacks the details are asked for, which would be remembered for a minute. */
export async function findOwnKey(parts: Parts, id: string): Promise<Ownership | null> {
  const { owner, ids } = await readOwnKeys(parts);
  if (ids.has(id)) return { foreign: false, listed: true };
  const key = await askSharedKey(parts, id);
  return key === null ? null : { foreign: ownerOf(key) !== owner, listed: false };
}

/** Moderators are not exempt. */
export function foreseeOwner(source: string, { foreign }: Pick<Ownership, 'foreign'>): readonly Problem[] {
  return foreign ? [{ kind: 'FORBIDDEN', source, message: 'The shared key is somebody else’s.' }] : [];
}

/** The Horde says the same of an unknown shared key in the path and of an unknown key that asks. Here the one that asks is tried. */
export async function tellUnknown(parts: Parts): Promise<Error> {
  try {
    await readOwnKeys(parts);
    return new Refusal({ kind: 'NOT_FOUND', message: 'There is no such shared key any more.' });
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}
