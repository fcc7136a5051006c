import { blankUser } from '../blank-user.ts';
import { type Call, forAdmins, forAnyone, forSignedIn, type Route } from '../call.ts';
import { optional, text } from '../fields.ts';
import { isTooLong } from '../passwords.ts';
import { pictureAddress } from '../picture-address.ts';
import { Refusal, says } from '../refusal.ts';
import { json } from '../replies.ts';
import { openSession, sessionAnswer, signedIn } from '../sessions.ts';
import type { TwinState } from '../state.ts';
import type { UserRecord } from '../user-store.ts';
import { type Form, readForm } from '../validation.ts';

/** Making accounts, opening and ending sessions. */
export const signingInRoutes: readonly Route[] = [
  forAnyone('POST', '/api/v1/auths/signup', signUp),
  forAnyone('POST', '/api/v1/auths/signin', signIn),
  forAdmins('POST', '/api/v1/auths/add', addUser),
  forSignedIn(
    'GET',
    '/api/v1/auths/signout',
    () => signedOut,
    (can) => !can.signoutByPost,
  ),
  forSignedIn(
    'POST',
    '/api/v1/auths/signout',
    () => signedOut,
    (can) => can.signoutByPost,
  ),
];

const signedOut = json({ status: true }, 200, {
  'set-cookie': 'token=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=lax',
});

function signIn({ state, request }: Call) {
  const form = readForm(request.body, { email: text, password: text });
  if (state.signinLimit.exceeded(form.email.toLowerCase())) throw new Refusal(429, says.rateLimited);
  const user = state.world.users.byEmail(form.email);
  if (!user || !state.world.passwords.matches(user.id, form.password)) throw new Refusal(400, says.wrongCredentials);
  if (state.world.can.multiFactor && state.world.multiFactor)
    return json({ next_step: 'verify', challenge_token: state.world.newSecret('challenge-'), expires_in: 300 });
  return sessionReply(state, user);
}

/** The first account becomes the admin and closes the door behind it. */
function signUp({ state, request }: Call) {
  const { world } = state;
  const form = readForm(request.body, accountFields(state));
  const isFirst = world.users.size === 0;
  const isOpen = world.config.ENABLE_SIGNUP || (isFirst && world.can.firstAdminAlwaysSignsUp);
  if (!isOpen) throw new Refusal(403, says.accessProhibited);
  refuseAddress(state, form.email);
  if (isTooLong(form.password)) {
    if (!world.can.signupRefusesInPlainWords) throw new Refusal(500, says.signupFailed);
    throw new Refusal(400, says.longPassword);
  }
  const user = insertUser(state, form, isFirst ? 'admin' : world.config.DEFAULT_USER_ROLE);
  if (isFirst) world.config.ENABLE_SIGNUP = false;
  return sessionReply(state, user);
}

function addUser({ state, request }: Call) {
  const { world } = state;
  const form = readForm(request.body, { ...accountFields(state), role: optional(text, 'pending') });
  refuseAddress(state, form.email);
  if (isTooLong(form.password)) {
    if (!world.can.longPasswordIs400) throw new Refusal(500, says.addingFailed);
    throw new Refusal(400, says.longPassword);
  }
  // The table takes no null there, and nobody looked before.
  if (form.role === null) throw new Refusal(500, says.addingFailed);
  const user = insertUser(state, form, form.role);
  const { token } = openSession(state, user.id, { forEver: !world.can.addedTokensExpire });
  return json(signedIn(state, user, token));
}

const accountFields = ({ world: { can } }: TwinState) => ({
  name: text,
  email: text,
  password: text,
  profile_image_url: optional(pictureAddress(can.pictureAddressChecked), '/user.png'),
});

function refuseAddress({ world }: TwinState, email: string): void {
  if (!/^[^@]+@[^@]+\.[^@]+$/.test(email)) throw new Refusal(400, says.emailFormat);
  if (world.users.byEmail(email)) throw new Refusal(400, says.emailTaken);
}

function insertUser(state: TwinState, form: Form<ReturnType<typeof accountFields>>, role: string): UserRecord {
  const { world } = state;
  const { name, email, profile_image_url } = form;
  const id = world.newId('user');
  const blank = blankUser({ id, name, email: email.toLowerCase(), role, created_at: state.seconds() });
  world.passwords.set(id, form.password);
  const user = world.users.add({ ...blank, profile_image_url });
  if (world.groups.get(world.config.DEFAULT_GROUP_ID)) world.groups.join(world.config.DEFAULT_GROUP_ID, id);
  return user;
}

function sessionReply(state: TwinState, user: UserRecord) {
  const session = openSession(state, user.id);
  return json(sessionAnswer(state, user, session), 200, { 'set-cookie': session.cookie });
}
