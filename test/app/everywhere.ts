import { cast } from '../../src/domain/cast.ts';
import type { Rollcall } from './rollcall.ts';

/** Ids of somebody with an account on each source. */
export const ada = {
  horde: `horde:${cast[0]?.horde}`,
  mcsManager: `mcsmanager:${cast[0]?.mcsManager}`,
  openWebUI: `webui:${cast[0]?.openWebUI}`,
};

/** One operation that leans on all three sources: a person, one source's list, and a search. */
export const everywhere = `query Everywhere($source: ID!) {
  user(id: "${ada.horde}") {
    id
    horde { kudos }
    mcsManager { registerTime }
    openWebUI { bio }
  }
  users(source: $source, first: 2) { edges { node { id } } }
  searchUsers(query: "101") { sources { source { id } outcome code } }
}`;

/** Its answer by the twins' own truth, where one source fails with this code. The list is that source's. */
export function whole({ community }: Rollcall, { without, code }: { without?: string; code?: string }): object {
  const { horde, mcsManager, openWebUI } = community;
  const nativeId = (id: string): string => id.slice(id.indexOf(':') + 1);
  const unless = (source: string, value: unknown): unknown => (source === without ? null : value);
  return {
    user: {
      id: ada.horde,
      horde: { kudos: unless('horde', horde.world.users.get(Number(nativeId(ada.horde)))?.kudos) },
      mcsManager: { registerTime: unless('mcsmanager', mcsManager.world.users.get(nativeId(ada.mcsManager))?.registerTime) },
      openWebUI: { bio: unless('webui', openWebUI.world.users.get(nativeId(ada.openWebUI))?.bio) },
    },
    ...(without === undefined ? {} : { users: null }),
    searchUsers: {
      sources: ['horde', 'mcsmanager', 'webui'].map((id) => ({
        source: { id },
        outcome: id !== without ? 'ANSWERED' : code === 'SOURCE_UNSUPPORTED' ? 'UNSUPPORTED' : 'FAILED',
        code: id === without ? code : null,
      })),
    },
  };
}
