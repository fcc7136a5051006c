import type { Call } from './call.ts';
import { readPage } from './query.ts';
import type { Direction, SortField, UserRecord, UserStore } from './user-store.ts';

export interface UserPage {
  readonly users: readonly UserRecord[];
  /** All that match, before paging. */
  readonly total: number;
}

export const pageSize = 30;

/**
 * A page as the list parameters of the request ask for it. `candidates` absent: everybody.
 * An order is only certain when one was asked for, or when nothing was and `newestFirst` is the default.
 */
export function readUserPage(call: Call, options: { newestFirst: boolean; candidates?: readonly UserRecord[] }): UserPage {
  const { users } = call.state.world;
  const parameter = (name: string): string => call.request.query.get(name) ?? '';
  const query = parameter('query');
  const direction: Direction = parameter('direction') === 'asc' ? 'asc' : 'desc';
  const start = (Math.max(1, readPage(call.request.query)) - 1) * pageSize;

  const isDefault = !query && !parameter('order_by') && !parameter('direction') && options.newestFirst;
  const ordered = isDefault ? users.ordered('created_at', 'desc') : inOrder(call, parameter('order_by'), direction);
  const among = options.candidates && new Set(options.candidates);
  const isWanted = queryMatcher(query);
  const everybody = ordered ?? options.candidates ?? users.inserted();
  const rows = among || query ? everybody.filter((user) => (among?.has(user) ?? true) && isWanted(user)) : everybody;
  const page = ordered ? rows.slice(start, start + pageSize) : call.state.unordered.slice(rows, start, start + pageSize);
  return { users: page, total: rows.length };
}

function inOrder(call: Call, orderBy: string, direction: Direction): readonly UserRecord[] | undefined {
  const { users, groups } = call.state.world;
  if (isSortField(orderBy)) return users.ordered(orderBy, direction);
  if (!orderBy.startsWith('group_id:')) return undefined;
  return membersFirst(users, groups.members(orderBy.slice('group_id:'.length)), direction);
}

/** Members at the front, at the back when ascending; by name within each part. */
function membersFirst(users: UserStore, members: ReadonlySet<string>, direction: Direction): UserRecord[] {
  const byName = users.ordered('name', 'asc');
  const inside = byName.filter((user) => members.has(user.id));
  const outside = byName.filter((user) => !members.has(user.id));
  return direction === 'asc' ? [...outside, ...inside] : [...inside, ...outside];
}

/** Name or address contains the text, whatever the case. `%` and `_` reach the database as wildcards. */
export function queryMatcher(query: string): (user: UserRecord) => boolean {
  const wanted = query.toLowerCase();
  if (!/[%_]/.test(wanted))
    return ({ name, email }) => name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted);
  const source = wanted
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const pattern = new RegExp(source, 's');
  return ({ name, email }) => pattern.test(name.toLowerCase()) || pattern.test(email.toLowerCase());
}

const sortFields = new Set<string>(['name', 'email', 'created_at', 'last_active_at', 'updated_at', 'role'] satisfies SortField[]);

const isSortField = (name: string): name is SortField => sortFields.has(name);
