import { age, type SourceAges } from '../../cache/ages.ts';

// The server caches nothing and keeps a request in its one process while it reads; profiles change by the week.
const profile = age(30, 120, 3_600);
// Who may do what: soon seen when it changes, and not shown for long after the server has gone.
const rights = age(10, 20, 120);
// Everybody's last activity moves with each of their requests; green dots that lie are worse than none.
const presence = age(5, 0, 60);
// What people have set for themselves, and look at right after.
const settings = age(10, 20, 600);

export const ages: SourceAges = {
  facets: {
    identity: profile,
    email: profile,
    bio: profile,
    // Addresses of pictures, or the pictures themselves.
    avatar: age(60, 600, 86_400),
    registration: age(300, 3_600, 86_400),
    openWebUIDetails: settings,
    info: settings,
    oauth: settings,
    settings,
    userStatus: presence,
    presence,
    role: rights,
    permissions: rights,
    groupIds: rights,
    groups: rights,
    openWebUIGroup: rights,
    openWebUIGroupList: rights,
    openWebUIDefaultPermissions: rights,
    channelMembers: age(10, 0, 60),
  },
  besides: new Set(['openWebUIGroup', 'openWebUIGroupList', 'openWebUIDefaultPermissions', 'channelMembers']),
  list: age(10, 0, 300),
  lookup: age(10, 0, 120),
  // Groups and default permissions, of which everybody's rights are computed.
  shared: age(10, 0, 120),
  nobody: 5,
};
