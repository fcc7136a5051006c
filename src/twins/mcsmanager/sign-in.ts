import { callerUuid } from './access.ts';
import type { Call } from './call.ts';
import { keepFile } from './files.ts';
import { admitAddress } from './login-bans.ts';
import { crashed, done, type Outcome, PanelError, refused } from './outcome.ts';
import { newUuid, say } from './panel.ts';
import { isStrong } from './passwords.ts';
import { fieldOf, isAjax } from './request-parts.ts';
import { publicRoute, userRoute } from './route-kinds.ts';
import { logOut } from './sessions.ts';
import { addUser, type PanelUser } from './world.ts';

const CREDENTIALS = { username: 'text', password: 'text' } as const;

export const signInRoutes = [
  publicRoute({ method: 'GET', path: '/auth/status', limited: false, answer: status }),
  publicRoute({ method: 'POST', path: '/auth/install', checks: { body: CREDENTIALS }, failsWith: 400, answer: install }),
  publicRoute({ method: 'POST', path: '/auth/login', checks: { body: CREDENTIALS }, answer: login }),
  publicRoute({ method: 'GET', path: '/auth/logout', limited: false, answer: logout }),
  userRoute({ method: 'GET', path: '/auth/token', token: false, limited: false, answer: token }),
];

function status({ panel }: Call): Outcome {
  return done({
    isInstall: panel.world.users.size > 0,
    language: panel.world.settings.language,
    settings: { businessMode: false, businessId: '' },
  });
}

/** Makes the first admin; open to anybody for as long as there is no user at all. */
async function install(call: Call): Promise<Outcome> {
  const { panel, body } = call;
  if (panel.world.users.size > 0) throw new PanelError(say(panel, 'installed'));
  const userName = String(fieldOf(body, 'username'));
  const password = String(fieldOf(body, 'password'));
  if (!isStrong(password)) throw new PanelError(say(panel, 'weakPassword'));
  const registerTime = panel.writeDate(panel.now());
  const user = addUser(panel.world, { uuid: newUuid(panel), userName, password, permission: 10, registerTime });
  await panel.hashing.hash();
  enter(call, user);
  await panel.hashing.hash();
  return done(true);
}

async function login(call: Call): Promise<Outcome> {
  const { panel, body, session, request } = call;
  if (!admitAddress(panel, request.address)) return refused(400, say(panel, 'addressBanned'));
  if (session.login && session.token) return done('Logined');
  const userName = String(fieldOf(body, 'username'));
  const password = String(fieldOf(body, 'password'));
  panel.run.counts.logined += 1;
  try {
    const namesakes = [...panel.world.users.values()].filter((user) => user.userName === userName);
    for (const user of namesakes) {
      if (user.open2FA && user.secret) return done('NEED_2FA');
      await panel.hashing.hash();
      // Every user of that name must have that password.
      if (user.password !== password) throw new PanelError(say(panel, 'wrongPassword'));
    }
    const [user] = namesakes;
    if (user === undefined) throw new PanelError(say(panel, 'unknownName'));
    panel.run.failedLogins.delete(request.address);
    return done(enter(call, user));
  } catch (error) {
    panel.run.counts.loginFailed += 1;
    return crashed(error);
  }
}

/** The session is now this user's; says its token. The time of login is never saved. */
function enter({ panel, session }: Call, user: PanelUser): string {
  keepFile(panel.world, user);
  user.loginTime = panel.writeDate(panel.now());
  const token = `${newUuid(panel)}${panel.now()}`;
  Object.assign(session, { login: true, userName: user.userName, uuid: user.uuid, token });
  return token;
}

function logout({ session }: Call): Outcome {
  logOut(session);
  return done(true);
}

function token(call: Call): Outcome {
  if (!isAjax(call.request)) throw new PanelError('The request is not an Ajax request.');
  return done(callerUuid(call) === call.session.uuid ? (call.session.token ?? '') : '');
}
