import { type Call, forAdmins, forVerified, type Route, type SignedInCall } from '../call.ts';
import type { GroupRecord } from '../group-store.ts';
import { isObject } from '../json.ts';
import { readFlag } from '../query.ts';
import { Refusal, says, Unhandled } from '../refusal.ts';
import { groupInfo, groupWithCount } from '../render-group.ts';
import { userInfo } from '../render-user.ts';
import { json } from '../replies.ts';

/** Reading groups. */
export const groupRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/groups/', (call) => {
    const { world } = call.state;
    return json(visibleGroups(call).map((group) => groupWithCount(group, world)));
  }),
  forAdmins('GET', '/api/v1/groups/id/:id', (call) => json(groupWithCount(wantedGroup(call), call.state.world))),
  forVerified(
    'GET',
    '/api/v1/groups/id/:id/info',
    (call) => json(groupInfo(wantedGroup(call), call.state.world)),
    (can) => can.groupInfo,
  ),
  forAdmins('GET', '/api/v1/groups/id/:id/export', (call) => {
    const { world } = call.state;
    const group = wantedGroup(call);
    const user_ids = [...world.groups.members(group.id)].reverse();
    if (user_ids.length === 0 && !world.can.emptyGroupExports) throw new Unhandled('No members come as nothing at all.');
    return json({ ...groupWithCount(group, world), user_ids });
  }),
  forAdmins(
    'GET',
    '/api/v1/groups/id/:id/preview',
    (call) => {
      const group = call.state.world.groups.get(call.param('id'));
      if (!group) throw new Refusal(404, says.notFound);
      const nothing = { items: [], total: 0 };
      const { id, name, permissions } = group;
      return json({ group: { id, name }, models: nothing, knowledge: nothing, tools: nothing, permissions });
    },
    (can) => can.previews,
  ),
  // A POST that changes nothing.
  forAdmins('POST', '/api/v1/groups/id/:id/users', ({ state: { world }, param }) => {
    const members = world.groups.members(param('id'));
    const users = world.users.ordered('created_at', 'desc').filter((user) => members.has(user.id));
    return json(users.map((user) => userInfo(user, world)));
  }),
];

/** The group of the path; its absence used to be told as a missing sign-in. */
export function wantedGroup({ state: { world }, param }: Call): GroupRecord {
  const group = world.groups.get(param('id'));
  if (!group) throw new Refusal(world.can.unknownGroupIs404 ? 404 : 401, says.notFound);
  return group;
}

function visibleGroups({ state: { world }, caller: { user }, request }: SignedInCall): readonly GroupRecord[] {
  const share = readFlag(request.query, 'share');
  const isOwn = ({ id }: GroupRecord): boolean => world.groups.members(id).has(user.id);
  const isVisible = (group: GroupRecord): boolean => user.role === 'admin' || isOwn(group);
  const all = world.groups.all();
  if (share === null) return all.filter(isVisible);
  if (!world.can.shareReplacesMembership) return all.filter((group) => isVisible(group) && (shareOf(group) !== false) === share);
  if (user.role === 'admin') return all;
  // Here the parameter takes the place of membership: groups open to all show themselves to strangers.
  return share ? all.filter((group) => shareOf(group) === true || (shareOf(group) === 'members' && isOwn(group))) : [];
}

/** `members`, true or false; absent counts as true. */
function shareOf({ data }: GroupRecord) {
  const config = data?.config;
  return (isObject(config) ? config.share : undefined) ?? true;
}
