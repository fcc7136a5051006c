import { SourceError } from '../../errors.ts';
import type { ListQuery, ListReader } from '../contract.ts';
import type { Asker } from './asking.ts';
import type { Fallback } from './fallback.ts';
import { isPattern, toPattern, withText } from './literal-search.ts';
import { type PageQuery, pageSize, type ReadPage, safeOrder, slimPages, wholePages } from './pages.ts';
import type { Population } from './population.ts';
import { slimFacets } from './records.ts';

const columns = { EMAIL: 'email', NAME: 'name', CREATED: 'created_at', ROLE: 'role' };

/**
 * Word → what the server calls it, the default first. Plain words ascend, but for the one that begins with who was here last.
 * There is no order by change: that time never moves.
 */
const orderQueries: ReadonlyMap<string, PageQuery> = new Map([
  ...Object.entries(columns).map(([word, column]): [string, PageQuery] => [word, { order_by: column, direction: 'asc' }]),
  ...Object.entries(columns).map(([word, column]): [string, PageQuery] => [
    `${word}_DESC`,
    { order_by: column, direction: 'desc' },
  ]),
  ['LAST_ACTIVE', { order_by: 'last_active_at', direction: 'desc' }],
  ['LAST_ACTIVE_ASC', { order_by: 'last_active_at', direction: 'asc' }],
]);

export const orders: readonly string[] = [...orderQueries.keys()];

/** Whole rows where the key may see them, else what everybody may. */
export const userPages = (asker: Asker, fallback: Fallback): ReadPage => {
  const [whole, slim] = [wholePages(asker), slimPages(asker)];
  return (index, query) =>
    fallback.ask(
      JSON.stringify([index, query]),
      () => whole(index, query),
      () => slim(index, query),
    );
};

export function listUsers(readPage: ReadPage, source: string, population: Population, query: ListQuery): ListReader {
  if (query.role !== undefined) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, { hint: 'It cannot list by role: look at the role of each account.' });
  }
  const order = query.order === undefined ? safeOrder : orderQueries.get(query.order);
  if (order === undefined) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, { hint: `It can list in the orders ${orders.join(', ')}.` });
  }
  // The server takes an empty text for none.
  const search = query.search === '' ? undefined : query.search;
  const sent = { ...order, query: search === undefined ? undefined : toPattern(search) };
  return {
    pageSize,
    brings: slimFacets,
    stableOrder: false,
    page: async (index) => {
      const page = await readPage(index, sent);
      if (search === undefined) population.learn(page.total);
      return search !== undefined && isPattern(search) ? withText(page, search) : page;
    },
  };
}
