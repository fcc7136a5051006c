import type { SetOpenWebUIRole, UpdateOpenWebUIUser } from '../../../domain/accounts/openwebui-writes.ts';
import type { Change } from '../../../writing/change.ts';
import { nullFaults } from '../../../writing/expectations.ts';
import { changeUser } from './changing-user.ts';
import { checkAvatar, checkEmail, checkId, checkName, checkPassword, checkRole, checkSome, demand } from './checking.ts';
import type { Means } from './means.ts';
import { avatarField, emailField, nameField, passwordField, roleField, userGuards } from './user-fields.ts';
import type { EditableUser } from './wire.ts';

export function updateUser(means: Means, input: UpdateOpenWebUIUser): Change<EditableUser> {
  const { nativeId: id, name, email, role, avatarUrl, password, ifUnchanged } = input;
  const fields = [
    ...(name == null ? [] : [nameField(name)]),
    ...(email == null ? [] : [emailField(email)]),
    ...(role == null ? [] : [roleField(role)]),
    ...(avatarUrl === undefined ? [] : [avatarField(avatarUrl)]),
    ...(password == null ? [] : [passwordField(password)]),
  ];
  demand(
    checkId('id', id),
    checkSome(fields),
    ...[checkName(name), checkEmail(email), checkRole(role), checkAvatar(avatarUrl), checkPassword('password', password)],
    ...nullFaults(ifUnchanged, ['avatarUrl']),
  );
  return changeUser(means, 'updateOpenWebUIUser', id, fields, userGuards(id, ifUnchanged));
}

export function setRole(means: Means, { nativeId: id, role, expectedRole }: SetOpenWebUIRole): Change<EditableUser> {
  demand(checkId('id', id), checkRole(role), ...nullFaults({ expectedRole }, [], ''));
  return changeUser(means, 'setOpenWebUIRole', id, [roleField(role)], userGuards(id, { role: expectedRole }));
}

const letIn = (role: string): boolean => role === 'user' || role === 'admin';

/** The source knows no ban. A pending account is let in nowhere, and any text that is no role keeps its holder out as well. */
export function ban(means: Means, id: string): Change<EditableUser> {
  demand(checkId('id', id));
  return changeUser(means, 'ban', id, [roleField('pending', (role) => !letIn(role))]);
}

/** Who is in already stays what they are: an administrator is not made an ordinary user by it. */
export function unban(means: Means, id: string): Change<EditableUser> {
  demand(checkId('id', id));
  return changeUser(means, 'unban', id, [roleField('user', letIn)]);
}
