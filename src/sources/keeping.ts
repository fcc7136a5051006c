import { age, type SourceAges } from '../cache/ages.ts';
import type { Found, Whole } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import type { AccountRecord, ListedAccount, ListPage, ListQuery, ListReader, SourceSession } from './contract.ts';
import { withoutErrors } from './readings.ts';

/**
 * The session as an operation reads through it: lists, searches and names are kept for a while, and the accounts that a page
 * brought too. Who the key belongs to and how the source is are always asked, and writes never come this way. `sparing` tells why no
 * page of a list is to be asked for, if none is.
 */
export function keepLists(
  session: SourceSession,
  shelf: Shelf,
  sparing: () => Error | undefined = () => undefined,
): SourceSession {
  const { ages } = shelf;

  /** Reads a page through what is kept, and keeps each of its accounts. */
  async function keptPage(
    about: { readonly id: string; readonly anew?: boolean } & Pick<Whole<ListPage>, 'age'>,
    read: () => Promise<ListPage>,
  ): Promise<ListPage> {
    const whole: Whole<ListPage> = {
      name: { what: 'page', id: about.id },
      age: about.age,
      toKeep: (page) => ({ ...page, accounts: page.accounts.map(toKept) }),
      check: isPage,
      anew: about.anew ?? false,
    };
    const begun = shelf.begin();
    const found = await shelf.through(whole, read);
    if (shelf.keeps && found.origin !== 'MEMORY') keepAccounts(found, begun);
    return toPage(found);
  }

  function keepAccounts({ value: { accounts, lag = 0 }, readAt }: Found<ListPage>, begun: number): void {
    for (const { id, record } of accounts) {
      const layer = { readAt, lag, facets: withoutErrors(record), nothing: [] };
      shelf.keep({ what: 'account', id }, { readAt, layer, refused: [] }, begun);
    }
  }

  return {
    ...session,
    self: () => {
      shelf.shown?.end();
      return session.self();
    },
    status: () => {
      shelf.shown?.end();
      return session.status();
    },
    list: (query) => {
      const reader = session.list(query);
      return { ...reader, page: (index, anew = false) => pageOf(reader, query, index, anew) };
    },
    search: (text, limit) => {
      const id = JSON.stringify(['search', text, limit]);
      return keptPage({ id, age: ({ accounts }) => lookupAge(ages, accounts.length) }, () => session.search(text, limit));
    },
    findByUsername: async (username) => {
      const whole: Whole<readonly string[]> = {
        name: { what: 'name', id: username },
        age: (ids) => lookupAge(ages, ids.length),
        check: isNames,
      };
      return (await shelf.through(whole, () => session.findByUsername(username))).value;
    },
  };

  function pageOf(reader: ListReader, { order, search, role }: ListQuery, index: number, anew: boolean): Promise<ListPage> {
    const id = JSON.stringify(['list', order ?? null, search ?? null, role ?? null, index]);
    return keptPage({ id, age: () => ages.list, anew }, async () => {
      const reason = sparing();
      if (reason !== undefined) throw reason;
      return reader.page(index, anew);
    });
  }
}

/** That there is nobody is believed for a shorter time. */
const lookupAge = ({ lookup, nobody }: SourceAges, found: number) => (found > 0 ? lookup : age(nobody, 0, 0));

const toKept = ({ id, record, fetchedAt }: ListedAccount): ListedAccount => ({
  id,
  fetchedAt,
  // What is left are facets' values.
  record: withoutErrors(record) as AccountRecord,
});

/** Ages count from when the page was asked for, by our own clock. */
function toPage({ value, readAt, origin, stale }: Found<ListPage>): ListPage {
  const fetchedAt = new Date(readAt);
  const provenance = { origin, stale, lag: value.lag ?? 0 };
  const accounts = value.accounts.map(({ id, record }) => ({ id, record, fetchedAt, provenance }));
  return { ...value, accounts, readAt, kept: origin !== 'SOURCE' };
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function isPage(value: unknown): value is ListPage {
  if (typeof value !== 'object' || value === null || !('accounts' in value) || !('more' in value)) return false;
  return Array.isArray(value.accounts) && typeof value.more === 'boolean' && value.accounts.every(isListed);
}

const isListed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'record' in value;
