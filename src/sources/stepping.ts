import type { ListedAccount, ListPage } from './contract.ts';
import { markCount, markOf } from './cursor.ts';
import type { Place, Trail } from './finding-again.ts';
import type { Pages } from './list-pages.ts';

/** A row and where it stands. */
export interface Step extends Place {
  readonly account: ListedAccount;
}

/** A row, with what a cursor behind it is made of. */
export interface Trodden extends Step {
  /** Takes hashing, and few ask for cursors. */
  marks(): readonly string[];
}

/** Goes over rows, each page read when it is come to. */
export interface Steps {
  /** The next row, at once where its page has been read; undefined behind the last one. */
  next(): Trodden | undefined | Promise<Trodden | undefined>;
}

/** The rows that are shown, in order. */
export function stepsAfter(start: Trail, pages: Pages, shows: (account: ListedAccount) => boolean): Steps {
  const seen = new Set<string>();
  const passed: string[] = [];
  let { page, index } = start;
  let current: ListPage | undefined;
  let isOver = false;

  async function turn(): Promise<Trodden | undefined> {
    current = await pages.read(page);
    return next();
  }

  function next(): Trodden | undefined | Promise<Trodden | undefined> {
    if (current === undefined) return isOver ? undefined : turn();
    const { accounts, more } = current;
    for (index += 1; index < accounts.length; index += 1) {
      const account = accounts[index];
      // A row that was pushed over the border between two pages comes twice.
      if (account === undefined || seen.has(account.id)) continue;
      seen.add(account.id);
      const count = passed.push(account.id);
      if (shows(account)) return { account, page, index, marks: () => marksOf(count) };
    }
    current = undefined;
    isOver = !more;
    page += 1;
    index = -1;
    return next();
  }

  function marksOf(count: number): readonly string[] {
    const own = passed.slice(Math.max(0, count - markCount), count).map(markOf);
    return [...start.marks, ...own].slice(-markCount);
  }

  return { next };
}

/** All rows before a place, the nearest first. */
export async function* stepsBefore(end: Place, pages: Pages): AsyncGenerator<Step> {
  const seen = new Set<string>();
  for (let { page, index } = end; page >= 0; page -= 1, index = Number.POSITIVE_INFINITY) {
    const { accounts } = await pages.read(page);
    for (index = Math.min(index, accounts.length) - 1; index >= 0; index -= 1) {
      const account = accounts[index];
      if (account === undefined || seen.has(account.id)) continue;
      seen.add(account.id);
      yield { account, page, index };
    }
  }
}
