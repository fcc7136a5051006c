import type { ListedAccount, ListPage } from '../contract.ts';
import type { Thrown } from './asking.ts';
import { toAccounts } from './listing.ts';
import { readRows } from './rows.ts';
import { askUserPage, type UserPage } from './user-pages.ts';
import { askOverview, type Users } from './users.ts';

/** Accounts whose name contains the text; the name that is the text itself comes first, then those that begin with it. */
export async function searchUsers(users: Users, text: string, limit: number): Promise<ListPage> {
  if (text === '' || limit < 1) return { accounts: [], total: null, more: false };
  const found = await findAccounts(users, text, limit);
  const accounts = found.accounts.toSorted((one, other) => rank(one, text) - rank(other, text)).slice(0, limit);
  return { accounts, total: found.total, more: found.more || found.accounts.length > limit };
}

/** Several users may have one name, after a renaming. */
export async function findByUsername(users: Users, username: string): Promise<readonly string[]> {
  if (username === '') return [];
  const { accounts } = await findAccounts(users, username, Number.POSITIVE_INFINITY);
  return accounts.filter((account) => usernameOf(account) === username).map(({ id }) => id);
}

/** At least `limit` accounts, if there are so many. */
async function findAccounts(users: Users, text: string, limit: number): Promise<ListPage> {
  // The panel takes the word `undefined` for no filter at all, but not a part of it.
  const userName = text === 'undefined' ? text.slice(1) : text;
  const found = new Map<string, ListedAccount>();
  let page = 0;
  let answer: UserPage | Thrown;
  do {
    page += 1;
    answer = await askUserPage(users, page, { userName });
    if (answer.kind === 'thrown') return findInOverview(users, text);
    for (const account of toAccounts(answer, users)) if (usernameOf(account).includes(text)) found.set(account.id, account);
  } while (page < answer.data.maxPage && answer.data.data.length > 0 && found.size < limit);
  const total = userName === text ? answer.data.total : null;
  return { accounts: [...found.values()], total, more: page < answer.data.maxPage };
}

/** One user whose name is not text breaks every search by name on the panel, so that all users must be looked through here. */
async function findInOverview(users: Users, text: string): Promise<ListPage> {
  const { data } = await askOverview(users);
  const accounts = [...readRows(data, users.rows.overview, users.panel.source)]
    .map(([id, record]) => ({ id, record }))
    .filter((account) => usernameOf(account).includes(text));
  return { accounts, total: accounts.length, more: false };
}

function rank(account: ListedAccount, text: string): number {
  const username = usernameOf(account);
  if (username === text) return 0;
  return username.startsWith(text) ? 1 : 2;
}

/** Empty where the row could not be read; no user's name is. */
function usernameOf({ record }: ListedAccount): string {
  const { identity } = record;
  return identity === undefined || identity instanceof Error ? '' : identity.username;
}
