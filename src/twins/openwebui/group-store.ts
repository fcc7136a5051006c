import type { JsonObject } from './json.ts';

/** A row of the group table. Times are epoch seconds. Changed only through the store. */
export interface GroupRecord {
  readonly id: string;
  /** Who created it. */
  readonly user_id: string;
  readonly name: string;
  readonly description: string;
  /** Read from 0.12 on; earlier releases have flat groups. */
  readonly parent_group_id: string | null;
  readonly data: JsonObject | null;
  readonly permissions: JsonObject | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface GroupStore {
  get(id: string): GroupRecord | undefined;
  /** Newest `updated_at` first, ties in order of insertion. */
  all(): readonly GroupRecord[];
  add(group: GroupRecord): GroupRecord;
  change(id: string, changes: Partial<GroupRecord>): GroupRecord | undefined;
  remove(id: string): boolean;
  join(groupId: string, userId: string): void;
  leave(groupId: string, userId: string): void;
  leaveAll(userId: string): void;
  /** Ids in order of joining. */
  members(groupId: string): ReadonlySet<string>;
  /** Direct memberships, in order of joining. */
  groupsOf(userId: string): readonly GroupRecord[];
  /** The parents of these groups, and theirs, each once and none of the given; a cycle ends the walk. */
  ancestorsOf(groups: readonly GroupRecord[]): readonly GroupRecord[];
  /** The groups below this one, at any depth. */
  descendantsOf(groupId: string): readonly GroupRecord[];
}

export function createGroupStore(): GroupStore {
  const groups = new Map<string, GroupRecord>();
  const members = new Map<string, Set<string>>();
  const joined = new Map<string, Set<string>>();

  const leave = (groupId: string, userId: string): void => {
    members.get(groupId)?.delete(userId);
    joined.get(userId)?.delete(groupId);
  };
  const ancestorsOf = (start: readonly GroupRecord[]): readonly GroupRecord[] => {
    const line = [...start];
    const seen = new Set(start.map((group) => group.id));
    // The line grows while it is walked.
    for (const group of line) {
      const parent = groups.get(group.parent_group_id ?? '');
      if (!parent || seen.has(parent.id)) continue;
      seen.add(parent.id);
      line.push(parent);
    }
    return line.slice(start.length);
  };

  return {
    get: (id) => groups.get(id),
    all: () => [...groups.values()].sort((a, b) => b.updated_at - a.updated_at),
    add: (group) => {
      const record = { ...group };
      groups.set(group.id, record);
      members.set(group.id, new Set());
      return record;
    },
    change: (id, changes) => {
      const group = groups.get(id);
      return group && Object.assign(group, changes);
    },
    remove: (id) => {
      for (const userId of members.get(id) ?? []) joined.get(userId)?.delete(id);
      members.delete(id);
      return groups.delete(id);
    },
    join: (groupId, userId) => {
      members.get(groupId)?.add(userId);
      joined.set(userId, (joined.get(userId) ?? new Set()).add(groupId));
    },
    leave,
    leaveAll: (userId) => {
      for (const groupId of joined.get(userId) ?? []) leave(groupId, userId);
    },
    members: (groupId) => members.get(groupId) ?? new Set(),
    groupsOf: (userId) => [...(joined.get(userId) ?? [])].flatMap((id) => groups.get(id) ?? []),
    ancestorsOf,
    descendantsOf: (groupId) =>
      [...groups.values()].filter((group) => group.id !== groupId && ancestorsOf([group]).some(({ id }) => id === groupId)),
  };
}
