import { SourceError } from '../../../errors.ts';
import type { Ask } from '../asking.ts';
import { privilegeOf } from '../map-private.ts';
import { HordeUser } from '../wire.ts';
import { mustHaveKey } from './parts.ts';
import type { Spell } from './spelling.ts';

/** A user as they are now, and at which privilege the Horde showed them. */
export interface FreshUser {
  readonly user: HordeUser;
  readonly privilege: 0 | 1 | 2;
}

/**
 * Reads a user past the Horde's cache. Null: nobody has this number. A moderator sees all of them; everybody else, the user too,
 * sees what is public, for the Horde knows an owner by the usual spelling only.
 */
export type FreshReader = (id: string, as: 'holder' | 'stranger') => Promise<FreshUser | null>;

export function createFreshReader(ask: Ask, source: string, key: string | undefined, spell: Spell): FreshReader {
  return async (id, as) => {
    const holder = mustHaveKey({ key, source });
    const question = { endpoint: 'user', path: `/v2/users/${spell(id)}`, key: as === 'holder' ? holder : undefined } as const;
    const told = await ask(question, HordeUser);
    if (told === null) return null;
    if (String(told.body.id) !== id) throw new SourceError('SOURCE_MALFORMED', source);
    return { user: told.body, privilege: privilegeOf(told.body) };
  };
}
