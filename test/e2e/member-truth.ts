import { type CastMember, cast } from '../../src/domain/cast.ts';
import type { Community } from '../../src/twins/community.ts';
import { effectivePermissions } from '../../src/twins/openwebui/permissions.ts';

/** What the twins hold of one of the cast, in the words and numbers that a page has to show. */
export interface MemberTruth {
  readonly kudos: string;
  readonly given: string;
  /** Generated for others: megapixelsteps and tokens. */
  readonly contribution: readonly [string, string];
  readonly servers: readonly { readonly name: string; readonly state: string }[];
  readonly groups: readonly string[];
  /** How many of the rights within chats they have. */
  readonly chat: string;
  readonly daemons: readonly string[];
}

const states: Readonly<Record<number, string>> = { [-1]: 'Busy', 0: 'Stopped', 1: 'Stopping', 2: 'Starting', 3: 'Running' };

export function truthOfMember({ horde, mcsManager, openWebUI }: Community, name: string): MemberTruth {
  const {
    horde: id = 0,
    mcsManager: uuid = '',
    openWebUI: account = '',
  }: Partial<CastMember> = cast.find((member) => member.name === name) ?? {};
  const user = horde.world.users.get(id);
  const refs = mcsManager.world.users.get(uuid)?.instances ?? [];
  const chat = effectivePermissions(openWebUI.world, account)['chat'];
  const rights = Object.values(typeof chat === 'object' && chat !== null ? chat : {});
  return {
    kudos: write(user?.kudos ?? 0),
    given: write(user?.kudosDetails.gifted ?? 0),
    contribution: [write(user?.records.contribution.megapixelsteps ?? 0), write(user?.records.contribution.tokens ?? 0)],
    servers: refs.flatMap(({ daemonId, instanceUuid }) => {
      const instance = mcsManager.world.daemons.get(daemonId)?.instances.get(instanceUuid);
      return instance === undefined ? [] : [{ name: instance.nickname, state: states[instance.status] ?? '' }];
    }),
    groups: openWebUI.world.groups.groupsOf(account).map((group) => group.name),
    chat: `${rights.filter((right) => right === true).length} of ${rights.length} allowed`,
    daemons: [...mcsManager.world.daemons.values()].map(({ remarks }) => remarks),
  };
}

const write = (value: number): string => Math.round(value).toLocaleString('en');
