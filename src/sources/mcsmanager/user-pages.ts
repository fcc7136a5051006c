import { SourceError } from '../../errors.ts';
import type { Count } from '../contract.ts';
import type { Thrown, Told } from './asking.ts';
import type { Users } from './users.ts';
import { McsManagerPage } from './wire.ts';

/** The panel gives no more, whatever it is asked for. */
export const usersPerPage = 50;

export interface UserFilter {
  /** Contained in the name, letter case and all. Neither empty nor the word `undefined`, which the panel takes for no filter. */
  readonly userName?: string | undefined;
  /** Exactly this permission. */
  readonly role?: string | undefined;
}

export type UserPage = Told<{ readonly maxPage: number; readonly total: number; readonly data: readonly unknown[] }>;

/** A page by the panel's own number, from 1. Past the end: no rows. */
export async function askUserPage({ panel, tally }: Users, page: number, filter: UserFilter): Promise<UserPage | Thrown> {
  const outcome = await panel.ask({ endpoint: 'search', query: { page, page_size: usersPerPage, ...filter } }, McsManagerPage);
  if (outcome.kind === 'thrown') return outcome;
  if (filter.userName === undefined && filter.role === undefined) tally.users = outcome.data.total;
  return outcome;
}

/** Far behind the last page: no panel has so many users, so the answer brings nobody's secrets, and still tells the total. */
const pageOfNobody = 1_000_000;

/** The size of the panel, for a request of some 100 bytes. */
export const countUsers = (users: Users): Count => ({
  cost: { requests: 1, bytes: 100 },
  most: 10_000,
  ask: async () => {
    const outcome = await askUserPage(users, pageOfNobody, {});
    if (outcome.kind === 'thrown') throw new SourceError('SOURCE_FAILED', users.panel.source);
  },
});
