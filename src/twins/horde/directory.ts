import type { HordeUser } from './records.ts';

export type UserOrder = 'kudos' | 'age';

/** Users that are built when somebody looks at them; until then only what lists are ordered by is known. */
export interface UnbuiltUsers {
  readonly ids: readonly number[];
  rankOf(id: number): { readonly kudos: number; readonly createdAt: number };
  build(id: number): HordeUser;
}

/** Every user of a world. What `get` returns is the live record: change it and later answers show the change. */
export interface UserDirectory {
  readonly size: number;
  get(id: number): HordeUser | undefined;
  byKey(apiKey: string): HordeUser | undefined;
  /** The first that matches among those already built. */
  findBuilt(matches: (user: HordeUser) => boolean): HordeUser | undefined;
  add(user: HordeUser): void;
  /** For good, as if wiped. */
  remove(id: number): boolean;
  /** Builds everybody: meant for small worlds. */
  all(): HordeUser[];
  /**
   * One page of the list, the first being 1. With `shiftTies` users of equal rank change places from page to page, so a
   * scan may meet one twice and another never, as a database without a tie-breaker has it.
   */
  page(order: UserOrder, page: number, shiftTies: boolean): HordeUser[];
}

export const PAGE_SIZE = 25;

interface Row {
  readonly id: number;
  kudos: number;
  createdAt: number;
  user: HordeUser | undefined;
}

const comparisons: Record<UserOrder, (a: Row, b: Row) => number> = {
  kudos: (a, b) => b.kudos - a.kudos || a.id - b.id,
  age: (a, b) => a.createdAt - b.createdAt || a.id - b.id,
};

export function createDirectory(built: readonly HordeUser[], unbuilt?: UnbuiltUsers): UserDirectory {
  const rows = new Map<number, Row>();
  let ranked: Record<UserOrder, Row[]> | undefined;
  const enter = (user: HordeUser): void =>
    void rows.set(user.id, { id: user.id, kudos: user.kudos, createdAt: user.createdAt, user });
  if (unbuilt) for (const id of unbuilt.ids) rows.set(id, { id, ...unbuilt.rankOf(id), user: undefined });
  for (const user of built) enter(user);

  /** Sorting what is nearly sorted costs one pass, so the order is simply brought up to date before each page. */
  function rankedRows(order: UserOrder): Row[] {
    const fresh = ranked === undefined;
    ranked ??= { kudos: [...rows.values()], age: [...rows.values()] };
    if (refreshRanks(rows.values()) || fresh) {
      ranked.kudos.sort(comparisons.kudos);
      ranked.age.sort(comparisons.age);
    }
    return ranked[order];
  }

  const open = (row: Row): HordeUser => {
    // A row without a user came from `unbuilt`.
    row.user ??= (unbuilt as UnbuiltUsers).build(row.id);
    return row.user;
  };
  const get = (id: number): HordeUser | undefined => {
    const row = rows.get(id);
    return row && open(row);
  };
  const findBuilt = (matches: (user: HordeUser) => boolean): HordeUser | undefined => {
    for (const { user } of rows.values()) if (user && matches(user)) return user;
    return undefined;
  };

  rankedRows('kudos');
  return {
    get size() {
      return rows.size;
    },
    get,
    findBuilt,
    byKey: (apiKey) => {
      // Generated keys end in the user's id; given ones are looked for.
      const named = get(Number(/\d+$/.exec(apiKey)?.[0] ?? Number.NaN));
      return named?.apiKey === apiKey ? named : findBuilt((user) => user.apiKey === apiKey);
    },
    add: (user) => {
      enter(user);
      ranked = undefined;
    },
    remove: (id) => {
      ranked = undefined;
      return rows.delete(id);
    },
    all: () => [...rows.values()].map(open),
    page: (order, page, shiftTies) => {
      const sorted = rankedRows(order);
      const start = (page - 1) * PAGE_SIZE;
      const places = sorted.slice(start, start + PAGE_SIZE).map((_, offset) => start + offset);
      const seated = shiftTies ? places.map((place) => shift(sorted, order, place, page)) : places;
      return seated.flatMap((place) => sorted[place] ?? []).map(open);
    },
  };
}

/** Takes over what the live records say now; true when that moved anybody. */
function refreshRanks(rows: Iterable<Row>): boolean {
  let moved = false;
  for (const row of rows) {
    if (!row.user || (row.user.kudos === row.kudos && row.user.createdAt === row.createdAt)) continue;
    row.kudos = row.user.kudos;
    row.createdAt = row.user.createdAt;
    moved = true;
  }
  return moved;
}

/** Where the one who belongs on `place` sits on this page: somewhere among those of equal rank. */
function shift(sorted: readonly Row[], order: UserOrder, place: number, page: number): number {
  const key = order === 'kudos' ? 'kudos' : 'createdAt';
  const rank = sorted[place]?.[key];
  let first = place;
  while (first > 0 && sorted[first - 1]?.[key] === rank) first -= 1;
  let end = place + 1;
  while (end < sorted.length && sorted[end]?.[key] === rank) end += 1;
  return first + ((place - first + page * 7) % (end - first));
}
