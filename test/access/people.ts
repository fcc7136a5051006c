import { type CastMember, cast } from '../../src/domain/cast.ts';
import type { Community } from '../../src/twins/community.ts';

/** A member of the cast who has an account everywhere. */
export function everywhere(alias: string): Required<Pick<CastMember, 'horde' | 'mcsManager' | 'openWebUI'>> {
  const member = cast.find((each) => each.alias === alias);
  if (member?.horde === undefined || member.mcsManager === undefined || member.openWebUI === undefined)
    throw new Error(`${alias} has no account somewhere`);
  return { horde: member.horde, mcsManager: member.mcsManager, openWebUI: member.openWebUI };
}

/** What somebody would copy out of the settings page of a source. */
export const keysAt = ({ horde, mcsManager, openWebUI }: Community) => ({
  horde: (id: number): Record<string, string> => ({ 'x-source-key-horde': horde.keys.of(id) }),
  panel: (uuid: string): Record<string, string> => ({ 'x-source-key-mcsmanager': mcsManager.keys.of(uuid) }),
  webui: (id: string): Record<string, string> => {
    const key = openWebUI.keys.of(id);
    if (key === undefined) throw new Error(`Open WebUI gives ${id} no key`);
    return { 'x-source-key-webui': key };
  },
});
