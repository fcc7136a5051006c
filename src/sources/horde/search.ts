import { SourceError } from '../../errors.ts';
import type { ListedAccount, ListPage, ListReader } from '../contract.ts';
import { aliasOf, canonicalUserId, parseNameOrNumber } from './ids.ts';
import { lags } from './lags.ts';
import { askUser, type Keyless, toBrought } from './user-reads.ts';

/** The one way to find somebody by what they are called: the number in `alias#id` names them, the alias must then agree. */
export async function findUser({ ask, source, takes }: Keyless, text: string): Promise<ListedAccount | null> {
  const wanted = parseNameOrNumber(text.trim());
  if (wanted === null) {
    throw new SourceError('SOURCE_UNSUPPORTED', source, {
      hint: 'It finds users only by their whole name with its number (alias#id) or by the number alone.',
    });
  }
  const id = canonicalUserId(wanted.number);
  const told = id === null ? null : await askUser(ask, source, id);
  if (id === null || told === null) return null;
  const agrees = wanted.alias === undefined || wanted.alias === aliasOf(told.body.username);
  return agrees ? { id, record: toBrought(told, takes, source) } : null;
}

export async function searchUsers(keyless: Keyless, text: string, limit: number): Promise<ListPage> {
  const account = await findUser(keyless, text);
  const accounts = account === null ? [] : [account];
  return { accounts: accounts.slice(0, limit), total: accounts.length, more: false, lag: lags.user };
}

/** The search as a list of one page. */
export function listFound(keyless: Keyless, text: string): ListReader {
  return {
    pageSize: 1,
    stableOrder: true,
    page: async (index) => (index === 0 ? searchUsers(keyless, text, 1) : { accounts: [], total: null, more: false }),
  };
}
