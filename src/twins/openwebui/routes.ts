import type { Route } from './call.ts';
import { adminRoutes } from './routes/admin.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { changingGroupsRoutes } from './routes/changing-groups.ts';
import { changingUsersRoutes } from './routes/changing-users.ts';
import { channelRoutes } from './routes/channels.ts';
import { defaultPermissionsRoutes } from './routes/default-permissions.ts';
import { groupMembersRoutes } from './routes/group-members.ts';
import { groupRoutes } from './routes/groups.ts';
import { ownAccountRoutes } from './routes/own-account.ts';
import { ownSessionRoutes } from './routes/own-session.ts';
import { ownSettingsRoutes } from './routes/own-settings.ts';
import { ownStatusRoutes } from './routes/own-status.ts';
import { profileImageRoutes } from './routes/profile-image.ts';
import { userByIdRoutes, userListRoutes } from './routes/reading-users.ts';
import { serverRoutes } from './routes/server.ts';
import { signingInRoutes } from './routes/signing-in.ts';

/** Every route of every release; the first that fits answers. Fixed words stand before ids. */
export const routes: readonly Route[] = [
  ...serverRoutes,
  ...signingInRoutes,
  ...ownSessionRoutes,
  ...apiKeyRoutes,
  ...adminRoutes,
  ...userListRoutes,
  ...ownAccountRoutes,
  ...ownSettingsRoutes,
  ...ownStatusRoutes,
  ...defaultPermissionsRoutes,
  ...profileImageRoutes,
  ...changingUsersRoutes,
  ...userByIdRoutes,
  ...groupRoutes,
  ...changingGroupsRoutes,
  ...groupMembersRoutes,
  ...channelRoutes,
];
