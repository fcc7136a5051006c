import { forVerified, type Route, type SignedInCall } from '../call.ts';
import { object, optional, text, textList } from '../fields.ts';
import type { JsonObject } from '../json.ts';
import { hasPermission } from '../permissions.ts';
import { Refusal, says } from '../refusal.ts';
import { channelMember } from '../render-user.ts';
import { json, jsonWithBigNumbers } from '../replies.ts';
import { readUserPage } from '../user-lists.ts';
import type { UserRecord } from '../user-store.ts';
import { readForm } from '../validation.ts';
import type { ChannelRecord, OpenWebUIWorld } from '../world.ts';

/** Making a channel, and who is in it. Being an admin opens no channel of members only. */
export const channelRoutes: readonly Route[] = [
  forVerified('POST', '/api/v1/channels/create', (call) => {
    refuseWhenOff(call);
    const channel = createChannel(call);
    call.state.world.channels.set(channel.id, channel);
    return jsonWithBigNumbers(channelModel(channel, call.state.world));
  }),
  forVerified('GET', '/api/v1/channels/:id/members', (call) => {
    refuseWhenOff(call);
    const { world } = call.state;
    const channel = world.channels.get(call.param('id'));
    if (!channel) throw new Refusal(404, says.notFound);
    const candidates = membersOf(channel, world);
    if (!mayEnter(channel, call.caller.user, candidates)) throw new Refusal(403, says.somethingWrong);
    const { users, total } =
      channel.type === 'dm'
        ? { users: candidates, total: candidates.length }
        : readUserPage(call, { newestFirst: false, candidates });
    return json({ users: users.map((user) => channelMember(user, call.state)), total });
  }),
];

function refuseWhenOff({ state: { world }, caller: { user } }: SignedInCall): void {
  if (!world.config.ENABLE_CHANNELS)
    throw new Refusal(403, world.can.channelsSayDisabled ? 'Channels is disabled' : 'Channels are not enabled');
  if (user.role !== 'admin' && !hasPermission(world, user.id, 'features.channels')) throw new Refusal(401, says.accessProhibited);
}

function createChannel({ state, caller: { user }, request }: SignedInCall): ChannelRecord {
  const form = readForm(request.body, {
    name: { ...text, absent: { value: '' } },
    description: optional(text, null),
    type: optional(text, null),
    user_ids: optional(textList, null),
    access_control: optional(object, null),
  });
  const isForMembers = form.type === 'group' || form.type === 'dm';
  if (!isForMembers && user.role !== 'admin') throw new Refusal(401, says.accessProhibited);
  return {
    id: state.world.newId('channel'),
    user_id: user.id,
    type: form.type,
    name: form.name,
    description: form.description,
    members: isForMembers ? [...new Set([user.id, ...(form.user_ids ?? [])])] : [],
    access: null,
    created_at: state.nanoseconds(),
    updated_at: state.nanoseconds(),
  };
}

function membersOf(channel: ChannelRecord, { users, groups }: OpenWebUIWorld): UserRecord[] {
  if (isForMembers(channel)) return channel.members.flatMap((id) => users.get(id) ?? []);
  const present = users.inserted().filter((user) => user.role !== 'pending');
  const { access } = channel;
  if (!access) return present;
  const isInGroup = (user: UserRecord): boolean => access.groups.some((id) => groups.members(id).has(user.id));
  // Who is granted by name and who by group: both filters hold at once where both are given.
  return present
    .filter((user) => access.users.length === 0 || access.users.includes(user.id))
    .filter((user) => access.groups.length === 0 || isInGroup(user));
}

const isForMembers = (channel: ChannelRecord): boolean => channel.type === 'group' || channel.type === 'dm';

const mayEnter = (channel: ChannelRecord, user: UserRecord, members: readonly UserRecord[]): boolean =>
  (user.role === 'admin' && !isForMembers(channel)) || members.some(({ id }) => id === user.id);

function channelModel(channel: ChannelRecord, { can }: OpenWebUIWorld) {
  const { id, user_id, type, name, description, created_at, updated_at } = channel;
  const access: JsonObject = can.accessGrants ? { access_grants: [] } : { access_control: null };
  const nobody = { updated_by: null, archived_at: null, archived_by: null, deleted_at: null, deleted_by: null };
  const blank = { is_private: null, data: null, meta: null };
  return { id, user_id, type, name, description, ...blank, ...access, created_at, updated_at, ...nobody };
}
