import { type Call, forAdmins, type Route, type SignedInCall } from '../call.ts';
import { object, optional, text, textList } from '../fields.ts';
import type { GroupRecord } from '../group-store.ts';
import type { JsonObject } from '../json.ts';
import { Refusal, says } from '../refusal.ts';
import { groupWithCount } from '../render-group.ts';
import { json } from '../replies.ts';
import { readForm } from '../validation.ts';
import type { OpenWebUIWorld } from '../world.ts';
import { wantedGroup } from './groups.ts';

/** Making, changing and ending groups, and who is in them. Every change of members moves the group's `updated_at`. */
export const changingGroupsRoutes: readonly Route[] = [
  forAdmins('POST', '/api/v1/groups/create', createGroup),
  forAdmins('POST', '/api/v1/groups/id/:id/update', updateGroup),
  forAdmins('POST', '/api/v1/groups/id/:id/users/add', (call) => {
    const { groups, users } = call.state.world;
    // Ids nobody has are passed over in silence.
    return changeMembers(call, 'adding users to', (group, id) => users.get(id) && groups.join(group.id, id));
  }),
  forAdmins('POST', '/api/v1/groups/id/:id/users/remove', (call) => {
    const { groups } = call.state.world;
    return changeMembers(call, 'removing users from', (group, id) => groups.leave(group.id, id));
  }),
  forAdmins('DELETE', '/api/v1/groups/id/:id/delete', (call) => {
    const { world } = call.state;
    if (world.can.unknownGroupIs404) wantedGroup(call);
    for (const group of world.groups.all())
      if (group.parent_group_id === call.param('id')) world.groups.change(group.id, { parent_group_id: null });
    world.groups.remove(call.param('id'));
    return json(true);
  }),
];

const fields = {
  name: text,
  description: text,
  permissions: optional(object, undefined),
  data: optional(object, undefined),
  parent_group_id: optional(text, undefined),
};

function createGroup({ state, caller, request }: SignedInCall) {
  const { world } = state;
  const form = readForm(request.body, fields);
  const id = world.newId('group');
  const now = state.seconds();
  const group = world.groups.add({
    id,
    user_id: caller.user.id,
    name: form.name,
    description: form.description,
    parent_group_id: parentFor(world, id, form.parent_group_id) ?? null,
    data: startingData(world, form.data ?? null),
    permissions: form.permissions ?? null,
    created_at: now,
    updated_at: now,
  });
  return json(groupWithCount(group, world));
}

function startingData({ can }: OpenWebUIWorld, data: JsonObject | null): JsonObject | null {
  return can.groupsStartSharedWithMembers ? { config: { share: 'members' }, ...data } : data;
}

function updateGroup(call: SignedInCall) {
  const { world } = call.state;
  const form = readForm(call.request.body, fields);
  const group = toChange(call, 'updating');
  const parent = parentFor(world, group.id, form.parent_group_id);
  world.groups.change(group.id, {
    name: form.name,
    description: form.description,
    // Null and absence both leave these as they are.
    ...(form.permissions ? { permissions: form.permissions } : {}),
    ...(form.data ? { data: form.data } : {}),
    ...(parent === undefined ? {} : { parent_group_id: parent }),
    updated_at: call.state.seconds(),
  });
  return json(groupWithCount(group, world));
}

function changeMembers(call: SignedInCall, act: string, change: (group: GroupRecord, userId: string) => unknown) {
  const { user_ids } = readForm(call.request.body, { user_ids: optional(textList, null) });
  const group = toChange(call, act);
  for (const id of user_ids ?? []) change(group, id);
  call.state.world.groups.change(group.id, { updated_at: call.state.seconds() });
  return json(groupWithCount(group, call.state.world));
}

/** The group to change. Its absence is an error inside an error, which early releases wrapped twice. */
function toChange({ state: { world }, param }: Call, act: string): GroupRecord {
  const group = world.groups.get(param('id'));
  if (group) return group;
  if (world.can.unknownGroupIs404) throw new Refusal(404, says.notFound);
  const detail = `[ERROR: Error ${act} group]`;
  throw new Refusal(400, world.can.groupErrorsUnwrapped ? detail : `[ERROR: 400: ${detail}]`);
}

/** Undefined: as it was. Null: at the root. Flat releases do not read it. */
function parentFor(world: OpenWebUIWorld, id: string, parent: string | null | undefined): string | null | undefined {
  if (!world.can.nestedGroups || parent === undefined || parent === null) return world.can.nestedGroups ? parent : undefined;
  if (parent === '') throw new Refusal(400, '[ERROR: Invalid parent group]');
  if (!world.groups.get(parent)) throw new Refusal(404, says.notFound);
  const isBelow = parent === id || world.groups.descendantsOf(id).some((group) => group.id === parent);
  if (isBelow) throw new Refusal(400, '[ERROR: A group cannot be above itself]');
  return parent;
}
