import type { Community } from '../../src/twins/community.ts';
import type { Accounts } from './aiming.ts';
import type { Rollcall } from './rollcall.ts';
import { agrees, truthOf } from './twin-truth.ts';

type Row = Readonly<Record<string, unknown>>;

const query = `query ($ids: [ID!]!) {
  usersById(ids: $ids) {
    accounts {
      id
      ... on HordeAccount { name: username deleted trusted flagged vpn education concurrency workerInvited adminComment kudos }
      ... on McsManagerAccount { userName: username permission isInit instances { daemonId instanceId } }
      ... on OpenWebUIAccount { name email role groupIds }
    }
  }
  openWebUIDefaultPermissions { chat { delete edit } }
}`;

/** Reads every account through the graph, and tells what is not as it is in the twins, but for those whose source shows what was. */
export async function misreadings(rollcall: Rollcall, accounts: Accounts, lagging: ReadonlySet<string>): Promise<string[]> {
  const { community } = rollcall;
  const ids = [...accounts.horde, ...accounts.mcsManager, ...accounts.openWebUI];
  const { data, errors } = await rollcall.askText(query, { ids });
  if (errors !== undefined || data == null) return [`reading: ${JSON.stringify(errors)}`];
  // The query asks for just that.
  const users = data['usersById'] as readonly ({ readonly accounts: readonly ((Row & { id: string }) | null)[] } | null)[];
  const shown = new Map(
    users.flatMap((user) => user?.accounts ?? []).flatMap((account) => (account === null ? [] : [[account.id, account]])),
  );
  const { chat } = data['openWebUIDefaultPermissions'] as { chat: Row };
  const wrong = ids.flatMap((id) => {
    if (lagging.has(id)) return [];
    const wanted = rowOf(community, id);
    const { id: _id, ...row }: Row = shown.get(id) ?? {};
    const isGone = Object.values(row).every((value) => value === null);
    const fits = wanted === null ? isGone : Object.entries(wanted).every(([name, value]) => agrees(row[name], value));
    return fits ? [] : [`${id} reads ${JSON.stringify(row)}, and is ${JSON.stringify(wanted)}`];
  });
  const stored = community.openWebUI.world.defaultPermissions['chat'];
  const fits = Object.entries(chat).every(([key, value]) =>
    agrees(value, Object.entries(stored ?? {}).find(([name]) => name === key)?.[1]),
  );
  return fits ? wrong : [...wrong, `default permissions read ${JSON.stringify(chat)}, and are ${JSON.stringify(stored)}`];
}

/** An account as the graph should show it; null: it is gone. */
function rowOf(community: Community, id: string): Row | null {
  const truth = truthOf(community, { name: '', twin: 'horde', input: {}, about: id });
  const [source, nativeId = ''] = id.split(':');
  const pick = (...names: string[]): Row => Object.fromEntries(names.map((name) => [name, truth(name)]));
  if (source === 'horde') {
    const user = community.horde.world.users.get(Number(nativeId));
    if (user === undefined) return null;
    const fields = pick('trusted', 'flagged', 'vpn', 'education', 'concurrency', 'workerInvited', 'adminComment');
    return { ...fields, name: `${user.alias}#${nativeId}`, deleted: user.deleted, kudos: user.kudos };
  }
  if (source === 'mcsmanager') {
    if (truth('userName') === undefined) return null;
    return { ...pick('userName', 'isInit', 'instances'), permission: String(truth('permission')) };
  }
  if (truth('name') === undefined) return null;
  const groupIds = community.openWebUI.world.groups.groupsOf(nativeId).map(({ id: group }) => group);
  return { ...pick('name', 'email', 'role'), groupIds };
}

/** All that can be changed, as one text. */
export function worldText({ horde, mcsManager, openWebUI }: Community, accounts: Accounts): string {
  const { users, groups, defaultPermissions } = openWebUI.world;
  return JSON.stringify([
    accounts.horde
      .map((id) => horde.world.users.get(Number(id.slice('horde:'.length))))
      .map((user) => ({ ...user, lastActiveAt: 0 })),
    [...mcsManager.world.users.values()].map((user) => ({ ...user, loginTime: '' })),
    users.inserted().map((user) => ({ ...user, last_active_at: 0 })),
    groups.all().map((group) => [group, [...groups.members(group.id)]]),
    defaultPermissions,
    [...horde.world.sharedKeys.values()],
    users.inserted().map(({ id }) => openWebUI.world.apiKeys.of(id)),
  ]);
}
