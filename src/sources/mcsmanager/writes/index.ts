import type { Writers } from '../../contract.ts';
import { setApiKey } from './api-key.ts';
import { createUser } from './create.ts';
import { updateUser } from './edit.ts';
import { setPassword } from './password.ts';
import { banUser, deleteUser, unbanUser } from './standing.ts';
import type { Writing } from './writing.ts';

/** What can be changed on a panel. */
export function panelWrites(writing: Writing): Writers {
  return {
    createMcsManagerUser: (input) => createUser(writing, input),
    updateMcsManagerUser: (input) => updateUser(writing, input),
    setMcsManagerPassword: (input) => setPassword(writing, input),
    setMcsManagerApiKey: (input) => setApiKey(writing, input),
    banMcsManagerUser: ({ nativeId }) => banUser(writing, nativeId),
    unbanMcsManagerUser: (input) => unbanUser(writing, input),
    ban: ({ nativeId }) => banUser(writing, nativeId),
    unban: ({ nativeId }) => unbanUser(writing, { nativeId }),
    delete: ({ nativeId }) => deleteUser(writing, nativeId),
  };
}
