import { z } from 'zod';
import { formatAccountId } from '../../../domain/user.ts';
import type { Deletion } from '../../../writing/change.ts';
import { checkId, demand } from './checking.ts';
import { deleteUser as endpoint } from './endpoints.ts';
import type { Means } from './means.ts';
import { foreseeAdministrator, readStanding } from './standing.ts';
import { readUser } from './users.ts';

/** The source says yes to deleting whom nobody knows, so it is asked first who is there. */
export function deleteUser(means: Means, operation: string, id: string): Deletion {
  const { asker, sender, source } = means;
  demand(checkId('id', id));
  return {
    sort: 'deletion',
    absenceSuits: true,
    operation,
    target: formatAccountId({ source, nativeId: id }),
    exists: async () => (await readUser(asker, id)) !== null,
    foresee: async () => {
      const standing = await readStanding(means);
      if (standing?.id !== id) return foreseeAdministrator(means);
      return [{ kind: 'FORBIDDEN', source, message: 'The source lets nobody delete the account they ask with.' }];
    },
    send: async () => void (await sender.remove(endpoint(id), z.unknown())),
  };
}
