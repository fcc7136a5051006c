import { type Call, forAdmins, forVerified, type Route, type SignedInCall } from '../call.ts';
import { Refusal, says } from '../refusal.ts';
import { groupModel, groupsByNewest } from '../render-group.ts';
import { groupNames, isActive, userInfo, userInfoFilled, userRow, userWithPresence } from '../render-user.ts';
import { json } from '../replies.ts';
import { readUserPage } from '../user-lists.ts';
import type { UserRecord } from '../user-store.ts';

/** Lists, search, and all that hangs on one user's id. Fixed words come before ids: who lacks the route is taken for an id. */
export const userListRoutes: readonly Route[] = [
  forAdmins('GET', '/api/v1/users/', (call) => {
    const { world } = call.state;
    const { users, total } = readUserPage(call, { newestFirst: !world.can.listIsUnordered });
    return json({ users: users.map((user) => userRow(user, world)), total });
  }),
  forAdmins('GET', '/api/v1/users/all', ({ state: { world } }) => {
    const users = world.users.ordered('created_at', 'desc').map((user) => userInfo(user, world));
    return json({ users, total: users.length });
  }),
  forVerified('GET', '/api/v1/users/search', (call) => {
    const { users, total } = readUserPage(call, { newestFirst: true });
    return json({ users: users.map((user) => userInfo(user, call.state.world)), total });
  }),
];

export const userByIdRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/users/:id', userById, (can) => !can.recordForAdminsOnly),
  forAdmins('GET', '/api/v1/users/:id', userById, (can) => can.recordForAdminsOnly),
  forVerified(
    'GET',
    '/api/v1/users/:id/info',
    (call) => json(userInfoFilled(wanted(call, 400), call.state)),
    (can) => can.userInfo,
  ),
  forVerified('GET', '/api/v1/users/:id/active', (call) => {
    const user = call.state.world.users.get(call.param('id'));
    return json({ active: user !== undefined && isActive(user, call.state) });
  }),
  forAdmins('GET', '/api/v1/users/:id/groups', ({ state: { world }, param }) =>
    json(groupsByNewest(world, param('id')).map((group) => groupModel(group, world))),
  ),
  forAdmins(
    'GET',
    '/api/v1/users/:id/preview',
    (call) => {
      const { id, name } = wanted(call, 404);
      const nothing = { items: [], total: 0 };
      const groups = groupNames(call.state.world, id);
      return json({ user: { id, name }, groups, models: nothing, knowledge: nothing, tools: nothing });
    },
    (can) => can.previews,
  ),
  forAdmins('GET', '/api/v1/users/:id/oauth/sessions', ({ state: { world }, param }) => {
    const sessions = world.oauthSessions.get(param('id')) ?? [];
    // Having none is told as if the user did not exist.
    if (sessions.length === 0) throw new Refusal(400, says.notFound);
    return json(sessions);
  }),
];

/** Early releases also take `shared-` and a chat's id for the chat's owner. */
function userById(call: SignedInCall) {
  const { world } = call.state;
  const shared = world.can.sharedChatIdsGone ? undefined : /^shared-(.*)$/.exec(call.param('id'))?.[1];
  const owner = world.users.get(world.sharedChats.get(shared ?? '') ?? '');
  return json(userWithPresence(owner ?? wanted(call, 400), call.state));
}

function wanted({ state: { world }, param }: Call, statusIfUnknown: number): UserRecord {
  const user = world.users.get(param('id'));
  if (!user) throw new Refusal(statusIfUnknown, says.notFound);
  return user;
}
