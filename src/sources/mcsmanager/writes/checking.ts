import type { InstanceRef } from '../../../domain/accounts/mcsmanager.ts';
import type { McsManagerUserFields } from '../../../domain/accounts/mcsmanager-writes.ts';
import { type Fault, InvalidInputError } from '../../../writing/refusals.ts';
import { rolePermissions } from './user-fields.ts';

/** Throws when there are any. */
export function refuseFaults(faults: readonly (Fault | null)[]): void {
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) throw new InvalidInputError(found);
}

type Maybe<Value> = Value | null | undefined;

/** The panel's own rule. Checked here, because it would be told by a sentence in the panel's language. */
export function passwordFault(password: string): Fault | null {
  const strong = password.length >= 9 && password.length <= 36 && [/[a-z]/, /[A-Z]/, /[0-9]/].every((set) => set.test(password));
  const message = 'A password has 9 to 36 characters, among them a lower-case letter, an upper-case letter and a digit.';
  return strong ? null : { field: 'password', message };
}

/** The panel takes any text. One that looks like nothing helps nobody. */
export function nameFault(userName: Maybe<string>): Fault | null {
  if (userName == null) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (userName.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(userName)) return null;
  return { field: 'userName', message: 'A name must not be blank, and must hold no line breaks or other control characters.' };
}

/**
 * At creation 0 works; an edit ignores it, and says that it was done. The panel takes any number and goes by “at least”; who has less
 * than a banned user is shut out as they are, and called banned by nobody.
 */
export function rightsFault(
  { permission, role }: Pick<McsManagerUserFields, 'permission' | 'role'>,
  edit: boolean,
): Fault | null {
  if (permission != null && role != null) return { field: 'role', message: 'Give either the permission or the role.' };
  if (role != null && rolePermissions[role] === undefined)
    return { field: 'role', message: 'The panel knows the roles ADMIN, USER, GUEST and BANNED.' };
  if (permission != null && permission < -1)
    return { field: 'permission', message: 'It is -1 or more. Less is no level of the panel’s: -1 is banned.' };
  const wanted = role == null ? permission : rolePermissions[role];
  if (wanted !== 0 || !edit) return null;
  const message = 'The panel ignores this in an edit: nobody can be made a guest. A guest can only be created.';
  return { field: role == null ? 'permission' : 'role', message };
}

/** An entry without one of its ids would end the edit half way. */
export function instancesFault(field: string, instances: Maybe<readonly InstanceRef[]>): Fault | null {
  const whole = (instances ?? []).every(({ daemonId, instanceId }) => daemonId.trim() !== '' && instanceId.trim() !== '');
  return whole ? null : { field, message: 'Each instance needs the id of its daemon and its own.' };
}

/** The panel ignores an empty text, and says that it was set. */
export function emptyFault(field: string, text: Maybe<string>): Fault | null {
  return text === '' ? { field, message: 'The panel cannot be made to forget it; write another text.' } : null;
}
