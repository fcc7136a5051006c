import { z } from 'zod';
import type { OpenWebUIGroupMembers } from '../../../domain/accounts/openwebui-writes.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { checkId, checkSome, demand } from './checking.ts';
import { addMembers, listMembers, removeMembers } from './endpoints.ts';
import { readGroup } from './groups.ts';
import type { Means } from './means.ts';
import { Members } from './wire.ts';

/** Ids of a group's direct members. */
type Membership = ReadonlySet<string>;

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
  demand(checkId('groupId', groupId), checkSome(ids, 'userIds'), ...ids.map((id) => checkId('userIds', id)));
  const endpoint = isMember ? addMembers(groupId) : removeMembers(groupId);
  return {
    sort: 'change',
    operation,
    target: `group ${groupId}`,
    fields: ids.map(
      (id): WantedField<Membership> => ({
        name: `userIds.${id}`,
        facet: 'groupIds',
        wanted: isMember,
        current: (members) => members.has(id),
      }),
    ),
    read: () => readMembers(means, groupId),
    send: async (wanted) => {
      const user_ids = wanted.map(({ name }) => name.slice('userIds.'.length));
      await means.sender.post(endpoint, { user_ids }, z.unknown());
    },
  };
}

/** Of an unknown group the source says that it has no members, so the group is looked for first. */
async function readMembers(means: Means, groupId: string): Promise<Membership | null> {
  if ((await readGroup(means, groupId)) === null) return null;
  const members = await means.sender.post(listMembers(groupId), undefined, Members);
  return new Set(members.map(({ id }) => id));
}
