import { z } from 'zod';
import type { Deletion } from '../../../writing/change.ts';
import { checkId, demand } from './checking.ts';
import { deleteGroup as endpoint } from './endpoints.ts';
import { readGroup } from './groups.ts';
import type { Means } from './means.ts';
import { foreseeAdministrator } from './standing.ts';

/** Up to 0.11 the source says yes to deleting a group that nobody knows. */
export function deleteGroup(means: Means, groupId: string): Deletion {
  demand(checkId('groupId', groupId));
  return {
    sort: 'deletion',
    operation: 'deleteOpenWebUIGroup',
    target: `group ${groupId}`,
    exists: async () => (await readGroup(means, groupId)) !== null,
    foresee: () => foreseeAdministrator(means),
    send: async () => void (await means.sender.remove(endpoint(groupId), z.unknown())),
  };
}
