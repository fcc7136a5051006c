import { forAdmins, type Route } from '../call.ts';
import { readNumber } from '../query.ts';
import { Refusal } from '../refusal.ts';
import { userInfo } from '../render-user.ts';
import { json } from '../replies.ts';
import { pageSize, queryMatcher } from '../user-lists.ts';
import type { UserRecord } from '../user-store.ts';
import type { OpenWebUIWorld } from '../world.ts';
import { wantedGroup } from './groups.ts';

/** The members of a group that nests: its own, those of the groups below it, or both. */
export const groupMembersRoutes: readonly Route[] = [
  forAdmins(
    'GET',
    '/api/v1/groups/id/:id/members',
    (call) => {
      const { world } = call.state;
      const { query } = call.request;
      const kind = readKind(query.get('membership'));
      const page = readNumber(query, 'page', { least: 1 }) ?? 1;
      const members = membersOf(world, wantedGroup(call).id);
      const isWanted = queryMatcher(query.get('query') ?? '');
      const wanted = members.filter((member) => (kind === 'effective' || member.type === kind) && isWanted(member.user));
      const items = wanted.slice((page - 1) * pageSize, page * pageSize).map(({ user, type, via }) => ({
        ...userInfo(user, world),
        membership_type: type,
        via_group_ids: via,
      }));
      const direct = members.filter((member) => member.type === 'direct').length;
      const counts = { direct, inherited: members.length - direct, effective: members.length };
      return json({ items, total: wanted.length, counts });
    },
    (can) => can.nestedGroups,
  ),
];

interface Member {
  readonly user: UserRecord;
  readonly type: 'direct' | 'inherited';
  /** The groups below through which the membership comes. */
  readonly via: readonly string[];
}

/** By name, then id. Who is in the group itself is direct, wherever else they are. */
function membersOf(world: OpenWebUIWorld, groupId: string): Member[] {
  const via = new Map<string, string[]>();
  for (const group of world.groups.descendantsOf(groupId))
    for (const id of world.groups.members(group.id)) via.set(id, [...(via.get(id) ?? []), group.id]);
  const direct = world.groups.members(groupId);
  const all = new Set([...direct, ...via.keys()]);
  const members = [...all].flatMap((id): Member[] => {
    const user = world.users.get(id);
    if (!user) return [];
    return [direct.has(id) ? { user, type: 'direct', via: [] } : { user, type: 'inherited', via: via.get(id) ?? [] }];
  });
  const key = ({ user }: Member): string => `${user.name}\u0000${user.id}`;
  return members.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const kinds = ['direct', 'inherited', 'effective'] as const;

function readKind(input: string | null): (typeof kinds)[number] {
  const kind = kinds.find((one) => one === (input ?? 'direct'));
  if (kind) return kind;
  const msg = "Input should be 'direct', 'inherited' or 'effective'";
  throw new Refusal(422, [{ type: 'literal_error', loc: ['query', 'membership'], msg, input }]);
}
