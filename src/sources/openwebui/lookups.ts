import { SourceError } from '../../errors.ts';
import type { AccountRecord, ListedAccount, ListPage, ListReader } from '../contract.ts';
import type { Asker } from './asking.ts';
import { toPattern } from './literal-search.ts';
import { pageSize, safeOrder, slimPages } from './pages.ts';

/** The best match may be on any page; it is looked for on this many at least. */
const pagesRanked = 3;

export const pagesSearched = (limit: number): number => Math.max(pagesRanked, Math.ceil(limit / pageSize));

/** Ranks what the reader of a search brings: the name itself first, then how it begins, then what it holds, then addresses. */
export async function searchUsers(reader: ListReader, text: string, limit: number): Promise<ListPage> {
  const accounts: ListedAccount[] = [];
  const pages = pagesSearched(limit);
  let page: ListPage = { accounts: [], total: 0, more: true };
  for (let index = 0; index < pages && page.more; index += 1) {
    page = await reader.page(index);
    accounts.push(...page.accounts);
  }
  const unique = [...new Map(accounts.map((account) => [account.id, account])).values()];
  const ranked = unique.toSorted((left, right) => rank(left.record, text) - rank(right.record, text));
  return { accounts: ranked.slice(0, limit), total: page.total, more: page.more || ranked.length > limit };
}

function rank({ identity }: AccountRecord, text: string): number {
  const name = nameOf(identity)?.toLowerCase();
  const wanted = text.toLowerCase();
  if (name === undefined) return 3;
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(wanted) ? 2 : 3;
}

/** Names are neither unique nor looked up by the server, so all rows that hold this one are read and compared. */
export async function findByName(asker: Asker, name: string): Promise<string[]> {
  if (name === '') return [];
  const readPage = slimPages(asker);
  const query = { ...safeOrder, query: toPattern(name) };
  const names = new Map<string, string | undefined>();
  let more = true;
  for (let index = 0; more; index += 1) {
    const page = await readPage(index, query);
    const before = names.size;
    for (const { id, record } of page.accounts) names.set(id, nameOf(record.identity));
    // A total that pages never reach must not keep us asking.
    more = page.more && names.size > before;
  }
  return [...names].flatMap(([id, found]) => (found === name ? [id] : []));
}

const nameOf = (identity: AccountRecord['identity']): string | undefined =>
  identity === undefined || identity instanceof SourceError ? undefined : identity.username;
