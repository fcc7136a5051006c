import type { Route } from './call.ts';
import { daemonRoutes } from './daemon-routes.ts';
import { ownAccountRoutes } from './own-account.ts';
import { panelOverviewRoutes } from './panel-overview.ts';
import { signInRoutes } from './sign-in.ts';
import { userReadRoutes } from './user-reads.ts';
import { userWriteRoutes } from './user-writes.ts';

export const routes: readonly Route[] = [
  ...signInRoutes,
  ...userReadRoutes,
  ...userWriteRoutes,
  ...ownAccountRoutes,
  ...daemonRoutes,
  ...panelOverviewRoutes,
];
