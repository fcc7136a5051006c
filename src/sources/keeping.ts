import { age, isKept, type SourceAges } from '../cache/ages.ts';
import type { Found, Whole } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import { traced, withMeter } from '../cache/since.ts';
import type { FacetName } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, KeptPage, ListedAccount, ListPage, ListQuery, ListReader, SourceSession } from './contract.ts';
import { facetsIn } from './knowledge.ts';
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
  async function keptPage(about: PageAsked): Promise<ListPage> {
    const { name, age, anew = false, read } = about;
    let failure: unknown;
    const failed = (): Promise<never> => Promise.reject(failure);
    const ask = async (asked: SourceSession): Promise<ListPage> => {
      const reason = sparing();
      if (about.isSpared && reason !== undefined) throw reason;
      return read(asked);
    };
    const whole: Whole<Brought> = {
      name: { what: 'page', id: name },
      age,
      toKeep: ({ accounts, ...page }) => ({ ...page, accounts: accounts.map((account) => toKept(account, ages)) }),
      check: isBrought,
      anew,
    };
    const begun = shelf.begin();
    const asking = async (): Promise<Brought> => {
      try {
        // Only of what is kept anybody wants to know how to ask for it again.
        if (!shelf.keeps) return { ...(await ask(session)), brings: [], requests: 1 };
        const meter = { requests: 0, bytes: 0 };
        const page = await withMeter(meter, () => ask(session));
        return { ...page, brings: broughtByAll(page.accounts), requests: Math.max(1, meter.requests) };
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    const found = await shelf.through(whole, asking);
    if (shelf.keeps && found.origin !== 'MEMORY') keepAccounts(found, begun);
    // What has failed just now is not tried again by the same operation.
    const page = toPage(found, name, failure === undefined ? ask : failed);
    if (failure instanceof SourceError) return { ...page, standsInFor: failure };
    const { before } = found;
    if (before === undefined) return page;
    const earlier = async (): Promise<ListPage> => {
      shelf.shown?.holds(before.readAt, age(before.value).fresh);
      return toPage(before, name, ask);
    };
    return { ...page, earlier };
  }

  function keepAccounts({ value: { accounts, lag = 0 }, readAt }: Found<ListPage>, begun: number): void {
    for (const { id, record } of accounts) {
      const layer = { readAt, lag, facets: withoutErrors(record), nothing: [] };
      shelf.keep({ what: 'account', id }, { readAt, layer, refused: [] }, begun);
    }
  }

  return {
    ...session,
    self: async () => {
      shelf.shown?.end();
      const began = shelf.now();
      const { result, earlierMs } = await traced(() => session.self());
      return result && { ...result, fetchedAt: new Date(began - earlierMs) };
    },
    status: () => {
      shelf.shown?.end();
      return session.status();
    },
    list: (query) => {
      const reader = session.list(query);
      return { ...reader, page: (index, anew = false) => pageOf(query, reader, index, anew) };
    },
    search: (text, limit) => {
      return keptPage({
        name: JSON.stringify(['search', text, limit]),
        age: ({ accounts }) => lookupAge(ages, accounts.length),
        read: (asked) => asked.search(text, limit),
      });
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

  function pageOf(query: ListQuery, reader: ListReader, index: number, anew: boolean): Promise<ListPage> {
    const { order, search, role } = query;
    return keptPage({
      name: JSON.stringify(['list', order ?? null, search ?? null, role ?? null, index]),
      age: () => ages.list,
      anew,
      isSpared: true,
      read: (asked) => (asked === session ? reader : asked.list(query)).page(index, anew),
    });
  }
}

interface PageAsked {
  /** Under which it is kept. */
  readonly name: string;
  readonly age: Whole<ListPage>['age'];
  readonly anew?: boolean;
  /** Whether it is one of those pages that are not asked for where `sparing` tells why. */
  readonly isSpared?: boolean;
  read(asked: SourceSession): Promise<ListPage>;
}

/** A page, with those facets that came with each of its rows, as a value or as an error, and the requests that it took. */
interface Brought extends ListPage {
  readonly brings: readonly FacetName[];
  readonly requests: number;
}

function broughtByAll([first, ...others]: readonly ListedAccount[]): FacetName[] {
  if (first === undefined) return [];
  return facetsIn(first.record).filter((facet) => others.every(({ record }) => facet in record));
}

/** That there is nobody is believed for a shorter time. */
const lookupAge = ({ lookup, nobody }: SourceAges, found: number) => (found > 0 ? lookup : age(nobody, 0, 0));

function toKept({ id, record }: ListedAccount, ages: SourceAges): ListedAccount {
  const told = withoutErrors(record);
  const all = Object.entries(told);
  const facets = all.filter(([facet]) => isKept(facet, ages));
  // Each key is a facet, each value that facet's own. What the account's own entry holds is held once.
  return { id, record: (facets.length === all.length ? told : Object.fromEntries(facets)) as AccountRecord };
}

/** Ages count from when the page was asked for, by our own clock. */
function toPage({ value, readAt, origin, stale }: Found<Brought>, name: string, again: KeptPage['again']): ListPage {
  const { brings, requests, ...page } = value;
  const fetchedAt = new Date(readAt);
  const { lag = 0 } = value;
  const kept = origin !== 'SOURCE';
  const about = kept
    ? { keptOn: { name, brings, requests, origin, readAt, lag, again } }
    : { provenance: { origin, stale, lag } };
  const accounts = value.accounts.map(({ id, record }) => ({ id, record, fetchedAt, ...about }));
  return { ...page, accounts, readAt, kept };
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function isBrought(value: unknown): value is Brought {
  if (typeof value !== 'object' || value === null) return false;
  if (!('accounts' in value && 'more' in value && 'brings' in value && 'requests' in value)) return false;
  const { accounts, more, brings, requests } = value;
  if (typeof more !== 'boolean' || typeof requests !== 'number' || !Array.isArray(brings)) return false;
  return Array.isArray(accounts) && accounts.every(isListed);
}

const isListed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'record' in value;
