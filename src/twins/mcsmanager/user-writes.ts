import { audit } from './audit.ts';
import type { Call } from './call.ts';
import { deleteUser } from './files.ts';
import { done, type Outcome, PanelError } from './outcome.ts';
import { newUuid, say } from './panel.ts';
import { isStrong } from './passwords.ts';
import { fieldOf } from './request-parts.ts';
import { adminRoute } from './route-kinds.ts';
import { editUser } from './user-edit.ts';
import { addUser } from './world.ts';

export const userWriteRoutes = [
  adminRoute({
    method: 'POST',
    path: '/auth',
    checks: { body: { username: 'text', password: 'text', permission: 'number' } },
    failsWith: 400,
    answer: create,
  }),
  adminRoute({ method: 'PUT', path: '/auth', answer: edit }),
  adminRoute({ method: 'DELETE', path: '/auth', answer: remove }),
];

async function create(call: Call): Promise<Outcome> {
  const { panel, body } = call;
  const userName = String(fieldOf(body, 'username'));
  const password = String(fieldOf(body, 'password'));
  const permission = Number(fieldOf(body, 'permission'));
  if (!isStrong(password)) throw new PanelError(say(panel, 'invalidPassword'));
  for (const user of panel.world.users.values()) if (user.userName === userName) throw new PanelError(say(panel, 'nameTaken'));

  const registerTime = panel.writeDate(panel.now());
  const { uuid } = addUser(panel.world, { uuid: newUuid(panel), userName, password, permission, registerTime });
  audit(call, 'user_create', userName);
  await panel.hashing.hash();
  return done({ uuid, userName, permission });
}

async function edit(call: Call): Promise<Outcome> {
  const { panel, body } = call;
  if (body == null) throw new PanelError(`Cannot destructure property 'uuid' of 'ctx.request.body' as it is ${body}.`);
  const config = fieldOf(body, 'config');
  if (config == null) throw new PanelError(`Cannot destructure property 'passWord' of 'config' as it is ${config}.`);
  const password = fieldOf(config, 'passWord');
  if (password && !isStrong(password)) throw new PanelError(say(panel, 'weakPassword'));

  const uuid = fieldOf(body, 'uuid');
  const user = typeof uuid === 'string' ? panel.world.users.get(uuid) : undefined;
  // Nobody by that uuid: not a word about it.
  if (user === undefined) return done(true);
  // Whoever is given a new password loses the second factor.
  const change = password ? { ...Object(config), secret: '', open2FA: false } : config;
  await editUser(panel, user, change);
  audit(call, 'user_config_change', user.userName);
  return done(true);
}

function remove(call: Call): Outcome {
  const { panel, body } = call;
  // A text is a list of characters, none of which is anybody's uuid.
  if (!Array.isArray(body) && typeof body !== 'string') throw new PanelError(say(panel, 'cannotDelete'));
  const uuids: Iterable<unknown> = body;
  for (const uuid of uuids) {
    if (typeof uuid !== 'string') continue;
    audit(call, 'user_delete', panel.world.users.get(uuid)?.userName ?? 'Unknown', 'warning');
    deleteUser(panel.world, uuid);
  }
  return done(true);
}
