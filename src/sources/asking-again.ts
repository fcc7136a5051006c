import type { AccountRecord, KeptPage, ListedAccount, ListPage, Read, SourceSession, SweepRead } from './contract.ts';
import { facetsIn } from './knowledge.ts';
import type { Need } from './planning.ts';

/** The kept pages that one operation shows rows of, as reads: where much on one is too old, asking for it again brings it all. */
export interface AskingAgain {
  /** The same, with a sweep for each such page as soon as it has been noted. */
  readonly session: SourceSession;
  note(account: ListedAccount, page: KeptPage): void;
  /** Those who stand on such a page. */
  listed(needs: readonly Need[]): readonly ListedAccount[];
}

/**
 * About a row's, and not those of all rows: what an operation may cost has been weighed with the page in it, so two rows are not to be
 * asked for singly instead of one page. For one alone the source's own read of it, if that is as small, tells better.
 */
const bytesWeighed = 1_000;

interface Shown {
  readonly page: KeptPage;
  readonly rows: Map<string, ListedAccount>;
}

/**
 * `isFresh`: whether what is kept of a facet need not be asked for. A page comes out of caches that a source may have for its lists
 * only, and does not replace what was told since.
 */
export function createAskingAgain(alone: SourceSession, isFresh: (need: Need) => boolean): AskingAgain {
  const reads: Read[] = [...alone.reads];
  const pages = new Map<string, Shown>();

  function withoutFresh({ id, record }: ListedAccount): ListedAccount {
    const wanted = facetsIn(record).filter((facet) => !isFresh({ id, facet }));
    // Each key is a facet, each value that facet's own.
    return { id, record: Object.fromEntries(wanted.map((facet) => [facet, record[facet]])) as AccountRecord };
  }

  /** Of those rows that the operation shows. */
  const askAgain = async ({ page, rows }: Shown, session: SourceSession): Promise<ListPage> => {
    const told = await page.again(session);
    return { ...told, accounts: told.accounts.filter(({ id }) => rows.has(id)).map(withoutFresh) };
  };

  function readOf(shown: Shown, name: string): SweepRead {
    const { page, rows } = shown;
    let lag = 0;
    return {
      shape: 'sweep',
      name,
      brings: page.brings,
      partition: () => '',
      reaches: (id) => rows.has(id),
      cost: () => ({ requests: page.requests, bytes: bytesWeighed }),
      // Who has moved to another page has not gone.
      complete: false,
      tellsAll: false,
      lag: () => lag,
      read: async (): Promise<ReadonlyMap<string, AccountRecord>> => {
        const told = await askAgain(shown, alone);
        lag = told.lag ?? 0;
        return new Map(told.accounts.map(({ id, record }) => [id, record]));
      },
    };
  }

  return {
    session: { ...alone, reads },
    note: (account, page) => {
      const known = pages.get(page.name);
      known?.rows.set(account.id, account);
      if (known !== undefined) return;
      const shown = { page, rows: new Map([[account.id, account]]) };
      pages.set(page.name, shown);
      reads.push(readOf(shown, `list page ${pages.size}`));
    },
    listed: (needs) => {
      const ids = new Set(needs.map(({ id }) => id));
      return [...pages.values()].flatMap((shown) => {
        const keptOn = { ...shown.page, again: (session: SourceSession) => askAgain(shown, session) };
        return [...shown.rows.values()].filter(({ id }) => ids.has(id)).map((account) => ({ ...account, keptOn }));
      });
    },
  };
}
