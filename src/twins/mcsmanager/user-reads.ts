import { caller, callerUuid, isAdmin } from './access.ts';
import { describeInstances } from './advanced.ts';
import type { Call } from './call.ts';
import { done, notFound, type Outcome, PanelError } from './outcome.ts';
import { toPage } from './paging.ts';
import { isAjax } from './request-parts.ts';
import { adminRoute, userRoute } from './route-kinds.ts';
import { toListed, toOverview, toSingle } from './user-render.ts';
import type { PanelUser } from './world.ts';

export const userReadRoutes = [
  adminRoute({
    method: 'GET',
    path: '/auth/search',
    checks: { query: { page: 'number', page_size: 'number' } },
    failsWith: 400,
    answer: search,
  }),
  userRoute({ method: 'GET', path: '/auth', token: false, limited: false, answer: one }),
  adminRoute({ method: 'GET', path: '/auth/overview', answer: overview }),
];

function search({ panel, query }: Call): Outcome {
  const name = query.get('userName');
  const role = query.get('role');
  let users = [...panel.world.users.values()];
  if (name && name !== 'undefined') users = users.filter((user) => hasInName(user, name));
  if (role) users = users.filter((user) => user.permission === Number(role));
  const page = toPage(users, Number(query.get('page')), Number(query.get('page_size')));
  return done({ ...page, data: page.data.map(toListed) });
}

function hasInName(user: PanelUser, part: string): boolean {
  if (typeof user.userName !== 'string') throw new PanelError('dataValue.includes is not a function');
  return user.userName.includes(part);
}

async function one(call: Call): Promise<Outcome> {
  if (!isAjax(call.request)) return notFound;
  const self = caller(call);
  const uuid = (self && isAdmin(self) && call.query.get('uuid')) || callerUuid(call);
  const user = call.panel.world.users.get(uuid);
  if (user === undefined) throw new PanelError('The UID does not exist');
  const instances = call.query.get('advanced') ? await describeInstances(call.panel, user.instances) : user.instances;
  return done(toSingle(user, instances, call.session.token ?? ''));
}

function overview({ panel }: Call): Outcome {
  return done([...panel.world.users.values()].map(toOverview));
}
