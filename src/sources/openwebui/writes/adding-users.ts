import type { AddOpenWebUIUser } from '../../../domain/accounts/openwebui-writes.ts';
import type { Creation } from '../../../writing/change.ts';
import { checkAvatar, checkEmail, checkName, checkPassword, checkRole, demand } from './checking.ts';
import { addUser as endpoint } from './endpoints.ts';
import type { Means } from './means.ts';
import { foreseeAdministrator } from './standing.ts';
import { avatarField, emailField, nameField, passwordField, roleField } from './user-fields.ts';
import { findByEmail, readUser } from './users.ts';
import { NewThing } from './wire.ts';

/** The e-mail address is the one thing by which a new user can be found again should the answer be lost. */
export function addUser(means: Means, input: AddOpenWebUIUser): Creation {
  const { name, email, password, avatarUrl } = input;
  // Sent always: a null would make the source fail.
  const role = input.role ?? 'pending';
  demand(checkName(name), checkEmail(email), checkPassword('password', password), checkRole(role), checkAvatar(avatarUrl));
  const picture = avatarUrl == null ? {} : { profile_image_url: avatarUrl };
  return {
    sort: 'creation',
    operation: 'addOpenWebUIUser',
    target: `user with the e-mail address ${email.toLowerCase()}`,
    fields: [
      nameField(name),
      emailField(email),
      roleField(role),
      ...(avatarUrl == null ? [] : [avatarField(avatarUrl)]),
      passwordField(password),
    ],
    find: () => findByEmail(means.asker, email),
    foresee: () => foreseeAdministrator(means),
    send: async () => (await means.sender.post(endpoint, { name, email, password, role, ...picture }, NewThing)).id,
    read: (id) => readUser(means.asker, id),
  };
}
