import type { Problem } from '../../../writing/change.ts';
import { findByUsername } from '../names.ts';
import type { Users } from '../users.ts';
import type { McsManagerUser } from '../wire.ts';
import { isLastAdmin } from './people.ts';
import type { Writing } from './writing.ts';

export const conflict = (message: string): Problem[] => [{ kind: 'CONFLICT', fields: [], message }];

/** The panel would give a name twice, and then nobody who has it can sign in with a password. */
export async function nameInUse(users: Users, userName: string, nativeId: string | null): Promise<Problem[]> {
  const holders = await findByUsername(users, userName);
  return holders.some((id) => id !== nativeId) ? conflict('Another user of the panel has this name.') : [];
}

/**
 * Why somebody must keep their rights: the panel would let its last administrator go, and with the last user it lets anybody set
 * it up; and Rollcall would cut off its own key.
 */
export async function whyNotLose(writing: Writing, user: McsManagerUser): Promise<Problem[]> {
  if (await isServiceUser(writing, user.uuid)) return conflict(serviceKey);
  return (await isLastAdmin(writing.users, user)) ? conflict('This is the panel’s last administrator.') : [];
}

/** Whether it is the user with whose key the service asks. */
export async function isServiceUser({ users, ownKey }: Writing, uuid: string): Promise<boolean> {
  return !ownKey && (await users.panel.self()).data.uuid === uuid;
}

export const serviceKey = 'This is the user with whose key Rollcall asks the panel; it would shut itself out.';
