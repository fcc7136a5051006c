import { caller } from './access.ts';
import { audit } from './audit.ts';
import type { Call } from './call.ts';
import { done, type Outcome, PanelError } from './outcome.ts';
import { newKey, newUuid, say } from './panel.ts';
import { isStrong } from './passwords.ts';
import { fieldOf } from './request-parts.ts';
import { userRoute } from './route-kinds.ts';
import { logOut } from './sessions.ts';
import { editUser } from './user-edit.ts';

export const ownAccountRoutes = [
  userRoute({ method: 'PUT', path: '/auth/update', answer: changePassword }),
  userRoute({ method: 'PUT', path: '/auth/api', answer: changeKey }),
  userRoute({ method: 'POST', path: '/auth/bind2fa', answer: bindSecondFactor }),
];

async function changePassword(call: Call): Promise<Outcome> {
  const { panel, body, session } = call;
  if (body == null) throw new PanelError(`Cannot destructure property 'passWord' of 'config' as it is ${body}.`);
  const passWord = fieldOf(body, 'passWord');
  if (passWord === null) throw new PanelError("Cannot read properties of null (reading 'length')");
  if (!isStrong(passWord)) throw new PanelError(say(panel, 'weakPassword'));

  const user = caller(call);
  if (user !== undefined) {
    await editUser(panel, user, { passWord, isInit: fieldOf(body, 'isInit') });
    audit(call, 'user_config_change', user.userName);
  }
  if (session.login) logOut(session);
  return done(true);
}

/** The new key in the clear, the only time it can be read; or an empty text and no key any more. */
async function changeKey(call: Call): Promise<Outcome> {
  const { panel, body } = call;
  if (body == null) throw new PanelError(`Cannot read properties of ${body} (reading 'enable')`);
  const user = caller(call);
  if (user === undefined) return done('');
  audit(call, 'user_apikey_change', user.userName, 'warning');
  const apiKey = fieldOf(body, 'enable') ? newKey(panel) : '';
  await editUser(panel, user, { apiKey });
  return done(apiKey);
}

/** Goes by the name in the session, which a caller with a key does not have. */
async function bindSecondFactor(call: Call): Promise<Outcome> {
  const { panel, session } = call;
  const user = panel.world.users.get(session.uuid ?? '');
  if (user === undefined) throw new PanelError('User is Null!');
  const secret = panel.canary + newUuid(panel).slice(0, 16).toUpperCase();
  await editUser(panel, user, { secret, open2FA: false });
  return done(`data:image/png;base64,${Buffer.from(secret).toString('base64')}`);
}
