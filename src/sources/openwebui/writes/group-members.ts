import { z } from 'zod';
import type { OpenWebUIGroupMembers } from '../../../domain/accounts/openwebui-writes.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { checkId, checkSome, demand } from './checking.ts';
import { addMembers, listMembers, removeMembers } from './endpoints.ts';
import { readGroup } from './groups.ts';
import type { Means } from './means.ts';
import { readUser } from './users.ts';
import { Members } from './wire.ts';

/** Who is in a group directly, of whom it is asked; null for somebody whom the source does not know. */
type Membership = ReadonlyMap<string, boolean | null>;

export const addGroupMembers = (means: Means, input: OpenWebUIGroupMembers): Change<Membership> =>
  changeMembers(means, 'addOpenWebUIGroupMembers', input, true);

export const removeGroupMembers = (means: Means, input: OpenWebUIGroupMembers): Change<Membership> =>
  changeMembers(means, 'removeOpenWebUIGroupMembers', input, false);

/** A field for each user: the source passes over whom it does not know, in silence. */
function changeMembers(
  means: Means,
  operation: string,
  { groupId, userIds }: OpenWebUIGroupMembers,
  isMember: boolean,
): Change<Membership> {
  const ids = [...new Set(userIds)];
  demand(checkId('groupId', groupId), checkSome(ids), ...ids.map((id) => checkId('accounts', id)));
  const endpoint = isMember ? addMembers(groupId) : removeMembers(groupId);
  return {
    sort: 'change',
    operation,
    target: `group ${groupId}`,
    fields: ids.map(
      (id): WantedField<Membership> => ({
        name: `accounts.${id}`,
        facet: 'groupIds',
        wanted: isMember,
        current: (members) => members.get(id) ?? null,
      }),
    ),
    read: () => readMembers(means, groupId, ids, isMember),
    send: async (wanted) => {
      const user_ids = wanted.map(({ name }) => name.slice('accounts.'.length));
      await means.sender.post(endpoint, { user_ids }, z.unknown());
    },
  };
}

/** Of an unknown group the source says that it has no members, so the group is looked for first. */
async function readMembers(means: Means, groupId: string, ids: readonly string[], toAdd: boolean): Promise<Membership | null> {
  if ((await readGroup(means, groupId)) === null) return null;
  const listed = new Set((await means.sender.post(listMembers(groupId), undefined, Members)).map(({ id }) => id));
  const membership = new Map<string, boolean | null>();
  for (const id of ids) {
    // Somebody unknown is no member either; to take them out would else look as if it were done.
    const isUnknown = !listed.has(id) && !toAdd && (await readUser(means.asker, id)) === null;
    membership.set(id, isUnknown ? null : listed.has(id));
  }
  return membership;
}
