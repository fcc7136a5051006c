import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { ListedAccount, ListQuery, ListReader } from '../contract.ts';
import { askForCertain } from './asking.ts';
import { lags } from './lags.ts';
import { toUserRecord } from './map.ts';
import { type Keyless, privateFacets, publicFacets } from './user-reads.ts';
import { HordeUserPage, type HordeUserRow } from './wire.ts';

/** The graph’s word for an order, and the Horde's. It takes a word that it does not know for `kudos`. */
const sorts = { CREATED: 'age', KUDOS: 'kudos' } as const;
export const orders = Object.keys(sorts);

const pageSize = 25;
/** Later pages are empty whatever is in the database. */
const lastPage = 10_000;

/** Everybody, in the order asked for. Never with a key or a field mask: the first changes nothing, the second everybody's list. */
export function listUsers(keyless: Keyless, query: ListQuery): ListReader {
  const { ask, source } = keyless;
  if (query.role !== undefined) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, {
      hint: 'The list cannot be narrowed to a role; list without it and look at each account’s role.',
    });
  }
  const order = query.order ?? 'CREATED';
  if (!isOrder(order)) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, { hint: `It lists in these orders: ${orders.join(', ')}.` });
  }
  return {
    pageSize,
    brings: publicFacets,
    stableOrder: order === 'CREATED',
    page: async (index) => {
      if (index < 0 || index >= lastPage) return { accounts: [], total: null, more: false };
      const question = { endpoint: 'users', path: '/v2/users', query: { page: index + 1, sort: sorts[order] } } as const;
      const { body, date } = await askForCertain(ask, source, question, HordeUserPage);
      // One for the whole page: an error is dear to make.
      const refusal = new SourceError('SOURCE_FORBIDDEN', source);
      const accounts = body.flatMap((row) => toListed(row, date, keyless, refusal));
      // Rows whose ids somebody's field mask has cut away must not be taken for the end of the list.
      if (body.length > 0 && accounts.length === 0) throw new SourceError('SOURCE_MALFORMED', source);
      return { accounts, total: null, more: index + 1 < lastPage && body.length >= pageSize, lag: lags.list };
    },
  };
}

const isOrder = (word: string): word is keyof typeof sorts => Object.hasOwn(sorts, word);

function toListed(row: HordeUserRow, date: Date, { takes }: Keyless, refusal: SourceError): ListedAccount[] {
  if (row.id === undefined) return [];
  const record = toUserRecord(row, date, takes, (facet) => (isRefused(facet, row) ? refusal : undefined));
  return [{ id: String(row.id), record }];
}

const ownersOnly: ReadonlySet<FacetName> = new Set(privateFacets);

/** Asking for one of them alone would tell a stranger no more than this. */
function isRefused(facet: FacetName, row: HordeUserRow): boolean {
  // Null where the user keeps them private. Missing where a field mask has cut them away, which says nothing.
  return ownersOnly.has(facet) && (facet !== 'hordeWorkerIds' || row.worker_ids === null);
}
