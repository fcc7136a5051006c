import type { GroupRecord } from './group-store.ts';
import type { JsonObject } from './json.ts';
import type { OpenWebUIWorld } from './world.ts';

export const groupModel = (group: GroupRecord, { can }: OpenWebUIWorld): JsonObject => ({
  id: group.id,
  user_id: group.user_id,
  name: group.name,
  description: group.description,
  ...(can.nestedGroups ? { parent_group_id: group.parent_group_id } : {}),
  data: group.data,
  meta: null,
  permissions: group.permissions,
  created_at: group.created_at,
  updated_at: group.updated_at,
});

export const groupWithCount = (group: GroupRecord, world: OpenWebUIWorld): JsonObject => ({
  ...groupModel(group, world),
  member_count: world.groups.members(group.id).size,
});

/** What anybody verified may know of a group. */
export const groupInfo = (group: GroupRecord, world: OpenWebUIWorld): JsonObject => ({
  id: group.id,
  user_id: group.user_id,
  name: group.name,
  description: group.description,
  member_count: world.groups.members(group.id).size,
  created_at: group.created_at,
  updated_at: group.updated_at,
});

/** A user's own groups, newest change first. Ties fall as they were seen to fall: they swapped when the query changed. */
export function groupsByNewest(world: OpenWebUIWorld, userId: string): GroupRecord[] {
  const joined = [...world.groups.groupsOf(userId)];
  if (world.can.groupIdsInOneQuery) joined.reverse();
  return joined.sort((a, b) => b.updated_at - a.updated_at);
}
