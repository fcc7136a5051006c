import type { JsonObject } from './json.ts';

/** A row of the user table, in the words of the wire. Times are epoch seconds. Changed only through the store. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly profile_image_url: string | null;
  readonly bio: string | null;
  readonly gender: string | null;
  readonly date_of_birth: string | null;
  readonly timezone: string | null;
  readonly status_emoji: string | null;
  readonly status_message: string | null;
  readonly status_expires_at: number | null;
  readonly info: JsonObject | null;
  readonly settings: JsonObject | null;
  readonly oauth: JsonObject | null;
  readonly scim: JsonObject | null;
  readonly last_active_at: number;
  readonly created_at: number;
}

export type SortField = 'name' | 'email' | 'created_at' | 'last_active_at' | 'updated_at' | 'role';
export type Direction = 'asc' | 'desc';

/** The accounts, in order of insertion. A record stays the same object for as long as its user exists. */
export interface UserStore {
  readonly size: number;
  get(id: string): UserRecord | undefined;
  byEmail(email: string): UserRecord | undefined;
  /** The store takes the object over: later changes are made to it. */
  add(user: UserRecord): UserRecord;
  /** Undefined when nobody has this id. */
  change(id: string, changes: Partial<UserRecord>): UserRecord | undefined;
  remove(id: string): boolean;
  inserted(): readonly UserRecord[];
  /** Ties in order of insertion, whatever the direction. */
  ordered(field: SortField, direction: Direction): readonly UserRecord[];
}

export function createUserStore(): UserStore {
  const rows = new Map<string, Row>();
  const ids = new Map<string, string>();
  const orders = new Map<string, Order>();
  let inserted: UserRecord[] | undefined;
  let count = 0;

  // A kept order is nearly right after a change, and sorting what is nearly sorted is cheap.
  const disturb = (fields?: readonly string[]): void => {
    for (const order of orders.values()) if (!fields || fields.includes(order.field)) order.dirty = true;
  };

  return {
    get size() {
      return rows.size;
    },
    get: (id) => rows.get(id)?.user,
    byEmail: (email) => rows.get(ids.get(email.toLowerCase()) ?? '')?.user,
    add: (user) => {
      const row = { user, sequence: count++ };
      rows.set(user.id, row);
      ids.set(user.email.toLowerCase(), user.id);
      inserted = undefined;
      for (const order of orders.values()) order.rows.push(row);
      disturb();
      return row.user;
    },
    change: (id, changes) => {
      const row = rows.get(id);
      if (!row) return undefined;
      if (changes.email !== undefined) {
        ids.delete(row.user.email.toLowerCase());
        ids.set(changes.email.toLowerCase(), id);
      }
      Object.assign(row.user, changes);
      disturb(Object.keys(changes));
      return row.user;
    },
    remove: (id) => {
      const row = rows.get(id);
      if (!row) return false;
      rows.delete(id);
      ids.delete(row.user.email.toLowerCase());
      inserted = undefined;
      for (const order of orders.values()) order.rows.splice(order.rows.indexOf(row), 1);
      disturb();
      return true;
    },
    inserted: () => {
      inserted ??= Array.from(rows.values(), (row) => row.user);
      return inserted;
    },
    ordered: (field, direction) => {
      const key = `${field} ${direction}`;
      const order = orders.get(key) ?? { field: columnOf(field), rows: [...rows.values()], users: [], dirty: true };
      orders.set(key, order);
      if (order.dirty) {
        order.rows.sort(by(order.field, direction));
        order.users = order.rows.map((row) => row.user);
        order.dirty = false;
      }
      return order.users;
    },
  };
}

interface Row {
  readonly user: UserRecord;
  readonly sequence: number;
}

interface Order {
  readonly field: Column;
  readonly rows: Row[];
  users: UserRecord[];
  dirty: boolean;
}

type Column = Exclude<SortField, 'updated_at'>;

// A user's `updated_at` never moves from the time of creation, so there is no second column for it.
const columnOf = (field: SortField): Column => (field === 'updated_at' ? 'created_at' : field);

function by(field: Column, direction: Direction): (a: Row, b: Row) => number {
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const [x, y] = [a.user[field], b.user[field]];
    if (x === y) return a.sequence - b.sequence;
    return x < y ? -sign : sign;
  };
}
