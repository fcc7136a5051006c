import { InputError, SourceError } from '../errors.ts';
import type { ListedAccount, ListPage, ListReader } from './contract.ts';
import { beginning, type Cursor, formatCursor, markCount, markOf } from './cursor.ts';
import { findAgain, type Place, type Trail } from './finding-again.ts';
import { createPages, type Pages } from './list-pages.ts';
import { type Step, stepsAfter, stepsBefore, type Trodden } from './stepping.ts';

/** Which part of a list is wanted. Forward from its beginning or a cursor, or backward from its end or a cursor. */
export type Window =
  | { readonly first: number; readonly after: Cursor | null }
  | { readonly last: number; readonly before: Cursor | null };

/** What the cursors of a list say of it, and which of its rows are shown. */
export interface WalkedList {
  readonly source: string;
  readonly mark: string;
  readonly shows: (account: ListedAccount) => boolean;
}

export interface Walked {
  readonly rows: readonly WalkedRow[];
  readonly total: number | null;
  /** May read more pages to be sure. */
  hasNext(): Promise<boolean>;
  readonly hasPrevious: boolean;
}

export interface WalkedRow {
  readonly account: ListedAccount;
  /** Made when it is asked for, which most rows are not. */
  cursor(): string;
}

/** So often a window is read in all, in the hope that the list keeps still meanwhile. */
const attempts = 3;

/**
 * Reads a window of a list that upstream serves by page number. Rows shift when accounts come and go between two requests, so
 * going on from a cursor begins by finding its row again: nobody who stayed is passed over, and nobody is shown twice, unless more
 * rows came to stand before that row than `findAgain` looks past. Where rows change places by themselves, as balances move, neither
 * can be promised.
 *
 * Pages of one window that tell different totals were read while the list changed, and the window is read again. Lists that tell
 * no total do not show when that happens. Pages that are kept since earlier take part only if all of the window were read together:
 * where one stands in for what the source could not give, they all are of then, or the window fails.
 */
export function walk(reader: ListReader, window: Window, list: WalkedList): Promise<Walked> {
  return walkPages(reader, window, list, undefined);
}

/** `given`: pages that need not be read; all others are read past what is kept of them. */
async function walkPages(
  reader: ListReader,
  window: Window,
  list: WalkedList,
  given: ReadonlyMap<number, ListPage> | undefined,
): Promise<Walked> {
  const cursor = 'first' in window ? window.after : window.before;
  if (cursor !== null && (cursor.source !== list.source || cursor.list !== list.mark)) {
    throw new InputError('This cursor belongs to another list. Pass the same source, order and filter as when it was given.');
  }
  let taken = given;
  for (let attempt = 1; ; attempt += 1) {
    const pages = createPages(reader, taken);
    const walked = 'first' in window ? await forward(pages, window, list) : await backward(pages, window, list);
    if (pages.differ()) {
      // What has failed just now is not tried again.
      const failure = pages.failure();
      taken = failure === undefined ? pages.fitting() : await pages.earlier();
      if (taken === undefined) throw failure;
      if (failure !== undefined || attempt < attempts) continue;
    }
    if (walked !== null) return walked;
    throw new InputError('The list has changed so much that the place of this cursor is lost. Start again without it.');
  }
}

/** Null: the place of the cursor is lost. */
async function forward(
  pages: Pages,
  { first, after }: { first: number; after: Cursor | null },
  list: WalkedList,
): Promise<Walked | null> {
  const start = after === null ? { page: 0, index: -1, marks: beginning } : await findAgain(after, pages);
  if (start === null) return null;
  const { total } = await pages.read(start.page);
  const steps = stepsAfter(start, pages, list.shows);
  const rows: WalkedRow[] = [];
  let last: Trodden | undefined;
  while (rows.length < first) {
    const coming = steps.next();
    const step = coming instanceof Promise ? await coming : coming;
    if (step === undefined) break;
    last = step;
    rows.push(toRow(step, list));
  }
  const isMore = async (): Promise<boolean> => {
    if ((await steps.next()) !== undefined) return true;
    const end = last === undefined ? start : trailOf(last);
    return pages.differ() && hasAnyAfter(toCursor(end, list), pages.reader, list);
  };
  let next: Promise<boolean> | undefined;
  const hasNext = (): Promise<boolean> => {
    next ??= isMore();
    return next;
  };
  return { rows, total, hasNext, hasPrevious: after !== null };
}

/** Looks anew. */
async function hasAnyAfter(cursor: Cursor, reader: ListReader, list: WalkedList): Promise<boolean> {
  const window = await walkPages(reader, { first: 0, after: cursor }, list, new Map());
  return window.hasNext();
}

/** Null: the place of the cursor is lost. */
async function backward(
  pages: Pages,
  { last, before }: { last: number; before: Cursor | null },
  list: WalkedList,
): Promise<Walked | null> {
  const end = before === null ? await endOf(pages, list.source) : await endBefore(before, pages);
  if (end === null) return null;
  const { total } = await pages.read(end.page);
  // Nearest to the end first.
  const walked: Step[] = [];
  const shown: number[] = [];
  for await (const step of stepsBefore(end, pages)) {
    if (list.shows(step.account)) shown.push(walked.length);
    walked.push(step);
    // One more than asked for says that something comes before, and the first row's cursor needs that row's neighbours.
    if (shown.length > last && walked.length >= (shown[last - 1] ?? -1) + markCount) break;
  }
  const rows = walked.flatMap((step, position) => {
    if (!list.shows(step.account)) return [];
    const marks = (): string[] => {
      const own = walked.slice(position, position + markCount).map(({ account }) => markOf(account.id));
      return [...beginning, ...own.reverse()].slice(-markCount);
    };
    return [toRow({ ...step, marks }, list)];
  });
  return {
    rows: rows.slice(0, last).reverse(),
    total,
    hasNext: async () => before !== null,
    hasPrevious: shown.length > last,
  };
}

/** Behind the last row. */
async function endOf(pages: Pages, source: string): Promise<Place> {
  const { total } = await pages.read(0);
  if (total === null) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, {
      hint: 'It does not tell where its list ends: read with first and after.',
    });
  }
  const page = Math.max(0, Math.ceil(total / pages.reader.pageSize) - 1);
  return { page, index: Number.POSITIVE_INFINITY };
}

/** Where the rows before the cursor end. */
async function endBefore(cursor: Cursor, pages: Pages): Promise<Place | null> {
  const found = await findAgain(cursor, pages);
  return found && { page: found.page, index: found.isRowItself ? found.index : found.index + 1 };
}

const toRow = (step: Trodden, list: WalkedList): WalkedRow => ({
  account: step.account,
  cursor: () => formatCursor(toCursor(trailOf(step), list)),
});

const trailOf = ({ page, index, marks }: Trodden): Trail => ({ page, index, marks: marks() });

const toCursor = ({ page, index, marks }: Trail, { source, mark }: WalkedList): Cursor => ({
  source,
  list: mark,
  page,
  index,
  marks,
});
