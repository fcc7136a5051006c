import type { ListedAccount, ListReader } from '../../src/sources/contract.ts';
import { type Cursor, parseCursor } from '../../src/sources/cursor.ts';
import { type Walked, type WalkedList, type WalkedRow, walk } from '../../src/sources/walking.ts';

/** A list in memory that a test may change at any time. */
export interface ListInMemory extends ListReader {
  /** The ids, in order. */
  rows: string[];
  /** The pages that were asked for. */
  readonly reads: number[];
  /** Called with the number of pages read so far, after each. */
  onRead: (count: number) => void;
}

export interface ListPieces {
  readonly rows: readonly string[];
  readonly pageSize: number;
  readonly stableOrder?: boolean;
  readonly tellsTotal?: boolean;
}

/** Like the upstreams: one that tells a total knows its last page; one that does not says that more may follow a full page. */
export function listOf({ rows, pageSize, stableOrder = false, tellsTotal = true }: ListPieces): ListInMemory {
  const list: ListInMemory = {
    rows: [...rows],
    reads: [],
    onRead: () => undefined,
    pageSize,
    stableOrder,
    page: async (index) => {
      list.reads.push(index);
      const ids = list.rows.slice(index * pageSize, (index + 1) * pageSize);
      const more = tellsTotal ? (index + 1) * pageSize < list.rows.length : ids.length === pageSize;
      const page = { accounts: ids.map(account), total: tellsTotal ? list.rows.length : null, more };
      list.onRead(list.reads.length);
      return page;
    },
  };
  return list;
}

const account = (id: string): ListedAccount => ({ id, record: {} });

export const numbered = (count: number): string[] => Array.from({ length: count }, (_, row) => `row ${row}`);

export const list: WalkedList = { source: 'horde', mark: 'by age', shows: () => true };

export const idsOf = ({ rows }: Walked): string[] => rows.map((row) => row.account.id);

/** Where the next window begins. */
export const endOf = (walked: Walked | undefined): Cursor | null => cursorOf(walked?.rows.at(-1));

/** Where the window before ends. */
export const startOf = (walked: Walked | undefined): Cursor | null => cursorOf(walked?.rows[0]);

const cursorOf = (row: WalkedRow | undefined): Cursor | null => (row === undefined ? null : parseCursor(row.cursor()));

/**
 * Window after window, each of the size that comes next in `sizes`, round and round, until one says that it is the last.
 * `between` is called after each with the id at which it ended.
 */
export async function walkForward(
  reader: ListReader,
  sizes: readonly number[],
  between: (id: string) => void = () => undefined,
  walked: WalkedList = list,
): Promise<Walked[]> {
  const windows: Walked[] = [];
  for (let turn = 0; ; turn += 1) {
    const window = await walk(reader, { first: sizes[turn % sizes.length] ?? 1, after: endOf(windows.at(-1)) }, walked);
    windows.push(window);
    if (!(await window.hasNext())) return windows;
    between(window.rows.at(-1)?.account.id ?? '');
  }
}

/** The same from the end. The windows come in the order in which they were read, the last one first. */
export async function walkBackward(
  reader: ListReader,
  sizes: readonly number[],
  between: (id: string) => void = () => undefined,
  walked: WalkedList = list,
): Promise<Walked[]> {
  const windows: Walked[] = [];
  for (let turn = 0; ; turn += 1) {
    const window = await walk(reader, { last: sizes[turn % sizes.length] ?? 1, before: startOf(windows.at(-1)) }, walked);
    windows.push(window);
    if (!window.hasPrevious) return windows;
    between(window.rows[0]?.account.id ?? '');
  }
}
