import type { GraphQLObjectType } from 'graphql';
import type { FacetName } from '../domain/facets.ts';
import type { AccountNode, Context, UserNode } from '../graph/context.ts';
import type { Led } from '../graph/leading.ts';
import { isReadable, type Selecting } from '../graph/selection.ts';
import { usualCalls } from '../sources/calls.ts';
import { askedOfAccounts, askedOfPeople, askWhetherThere } from './asking.ts';
import type { Bill } from './bill.ts';
import type { People } from './people.ts';
import type { Place, Tally } from './place.ts';
import { createPricing } from './pricing.ts';

/** Writes down what is asked at the places of an operation. */
export interface Charging {
  way(led: Led, path: string): void;
  accounts(place: Place, selecting: Selecting, type: GraphQLObjectType, path: string): void;
  people(users: Tally<UserNode>, place: Place, selecting: Selecting, path: string): void;
  /** These facets of what belongs to the accounts. */
  belongings(place: Place, facets: readonly FacetName[], path: string): void;
  status(place: Place, path: string): void;
  /** After it the sources are asked anew, even for what has been read. */
  write(requests: number, path: string): void;
}

export function createCharging(context: Context, people: People, bill: Bill): Charging {
  let pricing = createPricing(bill);
  const statusAsked = new Set<string>();
  return {
    way: ({ calls = [], follows }, path) => {
      if (follows) bill.follows();
      for (const { open, what, requests } of calls)
        bill.charge({ source: open.source.id, what, requests, path, why: 'finds who is shown' });
    },
    accounts: ({ accounts, looked }, selecting, type, path) => {
      const asked = askedOfAccounts(accounts, selecting, type);
      askWhetherThere(asked, looked, (account) => [account]);
      pricing.charge(asked, path, people.known);
    },
    people: (users, { looked }, selecting, path) => {
      const asked = askedOfPeople(users, selecting, people);
      askWhetherThere(asked, looked, (account) => people.holderOf(account).accounts);
      pricing.charge(asked, path, people.known);
    },
    // Their ids are their own, and not known yet.
    belongings: ({ accounts, belongings }, facets, path) => {
      const wants = [...accounts.keys()].flatMap((account) => {
        const readable = facets.filter((facet) => isReadable(account, facet));
        return readable.length === 0
          ? []
          : Array.from({ length: belongings }, (_, index) => [belongingOf(account, index), readable] as const);
      });
      pricing.charge(new Map(wants), path, () => new Set());
    },
    status: ({ accounts }, path) => {
      const standing = new Set([...accounts.keys()].map(({ open }) => open));
      for (const { source } of standing.size > 0 ? standing : context.sources.values()) {
        const { id, calls = usualCalls } = source;
        if (statusAsked.has(id)) continue;
        statusAsked.add(id);
        bill.charge({ source: id, what: 'status', requests: calls.status, path, why: 'how the source is' });
      }
    },
    write: (requests, path) => {
      bill.charge({ source: null, what: 'write', requests, path, why: 'look, write, look again' });
      pricing = createPricing(bill);
    },
  };
}

const belongingOf = (account: AccountNode, index: number): AccountNode => ({
  ...account,
  id: `${account.id}/~${index}`,
  nativeId: `${account.nativeId}/~${index}`,
});
