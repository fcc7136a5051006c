import type { Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { ListedAccount, ListPage, ListReader } from '../sources/contract.ts';
import type { OpenSource } from './context.ts';

/** Whether the source looks for texts in e-mail addresses, which the caller may not see and must not learn of by a search either. */
export const hidesAddresses = ({ source, permit }: OpenSource): boolean => source.facets.has('email') && !permit.mayRead('email');

/** Tells who matches a text, as far as a caller may know: for one from whom addresses are hidden only names count. */
export interface MatchingNames {
  /** Finds out what those of a page are called. */
  learn(accounts: readonly ListedAccount[]): Promise<void>;
  /** Of those who have been learned of. */
  matches(account: ListedAccount): boolean;
  /**
   * The same list, of those who match. Whoever does not is gone before anything is made of its rows: a cursor's place or its marks would tell
   * who stands between them, and whether the place is found again who is there at all.
   */
  over(reader: ListReader): ListReader;
}

export function matchingNames(open: OpenSource, text: string | undefined): MatchingNames {
  if (text === undefined || !hidesAddresses(open)) {
    return { learn: async () => undefined, matches: () => true, over: (reader) => reader };
  }
  const wanted = text.toLowerCase();
  const met = new Set<string>();

  async function learn(accounts: readonly ListedAccount[]): Promise<void> {
    await Promise.all(
      accounts.map(async (account) => {
        if (isNamed(await identityOf(open, account), wanted)) met.add(account.id);
      }),
    );
  }

  const matches = ({ id }: ListedAccount): boolean => met.has(id);

  async function learned(page: ListPage): Promise<ListPage> {
    await learn(page.accounts);
    const { earlier } = page;
    const matching = { ...page, accounts: page.accounts.filter(matches) };
    return earlier === undefined ? matching : { ...matching, earlier: async () => learned(await earlier()) };
  }

  return {
    learn,
    matches,
    over: (reader) => ({
      ...reader,
      page: async (index, anew) => learned(await reader.page(index, anew)),
    }),
  };
}

const isNamed = (identity: Facets['identity'] | undefined, wanted: string): boolean =>
  identity !== undefined && [identity.username, identity.displayName ?? ''].some((name) => name.toLowerCase().includes(wanted));

/** Where names are not to be kept, those of a kept page are looked up as anybody's. */
async function identityOf(open: OpenSource, account: ListedAccount): Promise<Facets['identity'] | undefined> {
  const { identity } = account.record;
  if (identity !== undefined || account.keptOn === undefined) return identity instanceof SourceError ? undefined : identity;
  open.loader().prime(account);
  const loaded = await open.loader().load(account.id, 'identity');
  return loaded.exists ? (loaded.value ?? undefined) : undefined;
}
