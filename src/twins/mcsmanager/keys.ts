import { cast } from '../../domain/cast.ts';
import { FIRST_ADMIN } from './population.ts';
import type { PanelWorld } from './world.ts';

/** The API keys as they are in the world at the moment of asking. */
export interface McsManagerKeys {
  /** Of the first admin, whom a service would use. */
  readonly admin: string;
  /** Of the banned member of the cast. */
  readonly banned: string;
  /** Throws when this user has none. */
  of(uuid: string): string;
}

export function createKeys(world: PanelWorld): McsManagerKeys {
  const of = (uuid: string): string => {
    const key = world.users.get(uuid)?.apiKey;
    if (typeof key !== 'string' || key === '') throw new Error(`No API key on this panel for user ${uuid}`);
    return key;
  };
  return {
    get admin() {
      return of(FIRST_ADMIN);
    },
    get banned() {
      return of(cast.find(({ standing }) => standing === 'banned')?.mcsManager ?? '');
    },
    of,
  };
}
