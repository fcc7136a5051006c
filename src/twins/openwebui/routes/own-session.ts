import { isApiKey } from '../access.ts';
import { forSignedIn, forVerified, type Route } from '../call.ts';
import { date, optional, text } from '../fields.ts';
import { isTooLong } from '../passwords.ts';
import { effectivePermissions } from '../permissions.ts';
import { pictureAddress } from '../picture-address.ts';
import { Refusal, says, Unhandled } from '../refusal.ts';
import { statusOf } from '../render-user.ts';
import { json } from '../replies.ts';
import { sessionCookie } from '../sessions.ts';
import { readForm } from '../validation.ts';

/** The session itself, and what its user changes about themselves. */
export const ownSessionRoutes: readonly Route[] = [
  forSignedIn('GET', '/api/v1/auths/', ({ state: { world }, caller }) => {
    const { user, credential, expiresAt } = caller;
    // The handler used to look for the token in the header alone, and to trip when it was not there.
    if (caller.from !== 'header' && !world.can.sessionByCookie) throw new Unhandled('There is no header to read.');
    const { id, name, role, email, bio, gender, date_of_birth } = user;
    const answer = {
      ...statusOf(user),
      ...{ id, name, role, email, profile_image_url: user.profile_image_url },
      ...{ token: credential, token_type: 'Bearer', expires_at: expiresAt },
      permissions: effectivePermissions(world, id),
      ...{ bio, gender, date_of_birth },
    };
    return json(answer, 200, isApiKey(credential) ? {} : { 'set-cookie': sessionCookie(credential, expiresAt) });
  }),
  forVerified('POST', '/api/v1/auths/update/profile', ({ state: { world }, caller: { user }, request }) => {
    const profile = readForm(request.body, {
      profile_image_url: pictureAddress(world.can.pictureAddressChecked),
      name: text,
      bio: optional(text, null),
      gender: optional(text, null),
      date_of_birth: optional(date, null),
    });
    // All five are written: what was not sent becomes null.
    world.users.change(user.id, profile);
    const { id, name, role, email, profile_image_url } = user;
    return json({ id, name, role, email, profile_image_url });
  }),
  forVerified(
    'POST',
    '/api/v1/auths/update/timezone',
    ({ state: { world }, caller, request }) => {
      world.users.change(caller.user.id, readForm(request.body, { timezone: text }));
      return json({ status: true });
    },
    (can) => can.timezone,
  ),
  forSignedIn('POST', '/api/v1/auths/update/password', ({ state: { world }, caller: { user }, request }) => {
    const form = readForm(request.body, { password: text, new_password: text });
    if (!world.passwords.matches(user.id, form.password)) throw new Refusal(400, says.wrongPassword);
    if (isTooLong(form.new_password)) {
      if (world.can.longPasswordIs400) throw new Refusal(400, says.longPassword);
      throw new Unhandled('The hash takes 72 bytes at most.');
    }
    world.passwords.set(user.id, form.new_password);
    return json(true);
  }),
];
