import type { ZodType } from 'zod';
import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord, ListPage } from '../contract.ts';
import type { Asker, Told } from './asking.ts';
import { type Endpoint, users, usersSearch } from './endpoints.ts';
import { listedFacets, refuse, slimFacets, toListedRecord, toSlimRecord } from './records.ts';
import { OpenWebUIListedUser, OpenWebUISlimUser, OpenWebUIUserPage } from './wire.ts';

/** The server's own page size; it cannot be chosen. */
export const pageSize = 30;

export interface PageQuery {
  readonly order_by: string;
  readonly direction: 'asc' | 'desc';
  readonly query?: string | undefined;
}

/** A page as the server cuts it: the total is always told. */
export type UserPage = ListPage & { readonly total: number };

/** Reads one page, counted from 0. */
export type ReadPage = (index: number, query: PageQuery) => Promise<UserPage>;

/** Addresses are unique and keep their place, so only their order shows everybody once. Without any order pages may overlap. */
export const safeOrder: PageQuery = { order_by: 'email', direction: 'asc' };

/** Whole rows, for administrators. */
export const wholePages =
  (asker: Asker): ReadPage =>
  async (index, query) => {
    const told = await askPage(asker, users, index, query);
    return toPage(told, index, (row) =>
      toRecord(OpenWebUIListedUser, row, listedFacets, asker.source, (user) => toListedRecord(user, told.serverTime)),
    );
  };

/** Names, addresses and roles, for everybody who has signed in and been let in. */
export const slimPages =
  (asker: Asker): ReadPage =>
  async (index, query) =>
    toPage(await askPage(asker, usersSearch, index, query), index, (row) => toSlimRow(row, asker.source));

export const toSlimRow = (row: unknown, source: string): AccountRecord =>
  toRecord(OpenWebUISlimUser, row, slimFacets, source, toSlimRecord);

const askPage = (asker: Asker, endpoint: Endpoint, index: number, query: PageQuery): Promise<Told<OpenWebUIUserPage>> =>
  asker.askFor(endpoint, OpenWebUIUserPage, { ...query, page: index + 1 });

function toPage(told: Told<OpenWebUIUserPage>, index: number, toRowRecord: (row: unknown) => AccountRecord): UserPage {
  const { users: rows, total } = told.body;
  const accounts = rows.map((row) => ({ id: row.id, record: toRowRecord(row) }));
  return { accounts, total, more: rows.length > 0 && (index + 1) * pageSize < total };
}

/** A row that does not fit is an error for each of its facets and for no other row's. */
function toRecord<Row>(
  shape: ZodType<Row>,
  row: unknown,
  facets: readonly FacetName[],
  source: string,
  map: (row: Row) => AccountRecord,
): AccountRecord {
  const parsed = shape.safeParse(row);
  return parsed.success ? map(parsed.data) : refuse(facets, new SourceError('SOURCE_MALFORMED', source));
}
