import type { ListedAccount } from './contract.ts';
import { markCount, markOf } from './cursor.ts';
import type { Place, Trail } from './finding-again.ts';
import type { Pages } from './list-pages.ts';

/** A row and where it stands. */
export interface Step extends Place {
  readonly account: ListedAccount;
}

/** The rows that are shown, in order, each read when it is asked for. */
export async function* stepsAfter(
  start: Trail,
  pages: Pages,
  shows: (account: ListedAccount) => boolean,
): AsyncGenerator<Step & Trail, undefined> {
  const seen = new Set<string>();
  const passed: string[] = [];
  let { page, index } = start;
  for (let more = true; more; page += 1, index = -1) {
    const current = await pages.read(page);
    more = current.more;
    for (index += 1; index < current.accounts.length; index += 1) {
      const account = current.accounts[index];
      // A row that was pushed over the border between two pages comes twice.
      if (account === undefined || seen.has(account.id)) continue;
      seen.add(account.id);
      passed.push(account.id);
      if (shows(account)) yield stepTo(account, { page, index }, start.marks, passed);
    }
  }
}

/** Marks take hashing, and few ask for cursors: they are made where they are looked at. */
function stepTo(
  account: ListedAccount,
  { page, index }: Place,
  before: readonly string[],
  passed: readonly string[],
): Step & Trail {
  const count = passed.length;
  return {
    account,
    page,
    index,
    get marks() {
      const own = passed.slice(Math.max(0, count - markCount), count).map(markOf);
      return [...before, ...own].slice(-markCount);
    },
  };
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
