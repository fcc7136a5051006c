import { SourceError } from '../../errors.ts';
import type { ListedAccount, ListQuery, ListReader } from '../contract.ts';
import { readRows } from './rows.ts';
import { askUserPage, type UserPage, usersPerPage } from './user-pages.ts';
import { listedFacets } from './user-rows.ts';
import type { Users } from './users.ts';

export const orders = ['CREATED'] as const;

export function listUsers(users: Users, query: ListQuery): ListReader {
  const { order = 'CREATED', search, role } = query;
  if (order !== 'CREATED') throw unsupported(users, 'It lists users in one order only, CREATED.');
  // The panel's own pages send this word where the search field is empty, and so it finds everybody.
  if (search === 'undefined')
    throw unsupported(users, 'It cannot list by this word: list by a part of it and look through that.');
  const userName = search === '' ? undefined : search;
  return {
    pageSize: usersPerPage,
    brings: listedFacets,
    stableOrder: false,
    page: async (index) => {
      const outcome = await askUserPage(users, index + 1, { userName, role });
      if (outcome.kind === 'told') {
        const { total, maxPage } = outcome.data;
        return { accounts: toAccounts(outcome, users), total, more: index + 1 < maxPage };
      }
      if (userName === undefined) throw new SourceError('SOURCE_FAILED', users.panel.source);
      throw unsupported(users, 'While some user’s name is not text it finds nobody by name: list the users without a search.');
    },
  };
}

export function toAccounts(page: UserPage, { rows, panel }: Users): ListedAccount[] {
  return [...readRows(page.data.data, rows.listed, panel.source)].map(([id, record]) => ({ id, record }));
}

const unsupported = ({ panel }: Users, hint: string): SourceError =>
  new SourceError('SOURCE_UNSUPPORTED', panel.source, { hint });
