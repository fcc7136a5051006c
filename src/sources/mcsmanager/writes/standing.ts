import type { McsManagerUnban } from '../../../domain/accounts/mcsmanager-writes.ts';
import type { Change, Deletion } from '../../../writing/change.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { editOf, readState, targetOf } from './edit.ts';
import { conflict, whyNotLose } from './foreseeing.ts';
import { readUser, roleOf } from './people.ts';
import { sendDelete } from './sending.ts';
import { shown, type UserState } from './user-fields.ts';
import type { Writing } from './writing.ts';

const banned = -1;

export function banUser(writing: Writing, nativeId: string): Change<UserState> {
  return editOf(writing, {
    operation: 'banMcsManagerUser',
    nativeId,
    fields: [{ ...shown.permission, wanted: banned, config: () => ({ permission: banned }) }],
    read: () => readState(writing.users, nativeId),
  });
}

/** The panel does not remember what a banned user was before; without a permission they become an ordinary user. */
export function unbanUser(writing: Writing, { nativeId, permission }: McsManagerUnban): Change<UserState> {
  if (permission != null && permission < 1) {
    const message = 'It must be 1 or more. The panel ignores 0 in an edit.';
    throw new InvalidInputError([{ field: 'permission', message }]);
  }
  const wanted = permission ?? 1;
  const field = { ...shown.permission, wanted, config: () => ({ permission: wanted }) };
  return editOf(writing, {
    operation: 'unbanMcsManagerUser',
    nativeId,
    // Who is not banned stays what they are.
    fields: [permission == null ? { ...field, matches: (current) => roleOf(current) !== 'BANNED', suffices: true } : field],
    read: () => readState(writing.users, nativeId),
    foresee: async ({ user }) => (roleOf(user.permission) === 'BANNED' ? [] : conflict('This user is not banned.')),
  });
}

/** The panel says yes to deleting somebody it does not know, and to deleting its last administrator. */
export function deleteUser(writing: Writing, nativeId: string): Deletion {
  const { users } = writing;
  return {
    sort: 'deletion',
    absenceSuits: true,
    operation: 'deleteMcsManagerUser',
    target: targetOf(users, nativeId),
    lane: 'rights',
    exists: async () => (await readUser(users, nativeId)) !== null,
    foresee: async () => {
      const user = await readUser(users, nativeId);
      return user === null ? [] : whyNotLose(writing, user);
    },
    send: () => sendDelete(users, nativeId),
  };
}
