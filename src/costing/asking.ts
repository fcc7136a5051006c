import type { GraphQLObjectType } from 'graphql';
import type { FacetName } from '../domain/facets.ts';
import type { AccountNode, UserNode } from '../graph/context.ts';
import { askedOfAccount, askedOfUser, isReadable, type Selecting } from '../graph/selection.ts';
import type { People } from './people.ts';
import type { Tally } from './place.ts';

/** Facets by account. */
export type Asked = Map<AccountNode, Set<FacetName>>;

/**
 * What the selection asks of these people. Of a made-up one nobody knows which account is the primary, so each is taken to be asked
 * for whatever it can tell.
 */
export function askedOfPeople(people: Tally<UserNode>, selecting: Selecting, known: People): Asked {
  const asked: Asked = new Map();
  const byShape = new Map<string, (readonly FacetName[])[]>();
  for (const user of people.keys()) {
    const shape = `${known.isMadeUp(user)} ${user.accounts.map(({ open }) => open.source.id).join(' ')}`;
    const facets = byShape.get(shape) ?? facetsAsked(user, selecting, known);
    byShape.set(shape, facets);
    for (const [index, account] of user.accounts.entries()) note(asked, account, facets[index] ?? []);
  }
  return asked;
}

/** By account, in their order. */
function facetsAsked(user: UserNode, selecting: Selecting, known: People): (readonly FacetName[])[] {
  if (known.isMadeUp(user)) {
    return user.accounts.map((account) => [...(askedOfUser({ ...user, accounts: [account] }, selecting).get(account) ?? [])]);
  }
  const asked = askedOfUser(user, selecting);
  return user.accounts.map((account) => [...(asked.get(account) ?? [])]);
}

/** What the selection asks of these accounts, shown as objects of this type. */
export function askedOfAccounts(accounts: Tally<AccountNode>, selecting: Selecting, type: GraphQLObjectType): Asked {
  const asked: Asked = new Map();
  const bySource = new Map<AccountNode['open'], readonly FacetName[]>();
  for (const account of accounts.keys()) {
    const facets = bySource.get(account.open) ?? [...(askedOfAccount(account, selecting, type.name).get(account) ?? [])];
    bySource.set(account.open, facets);
    note(asked, account, facets);
  }
  return asked;
}

/** Where nothing is asked of somebody who may not exist, one cheap read finds out. */
export function askWhetherThere(
  asked: Asked,
  looked: Iterable<AccountNode>,
  holderOf: (account: AccountNode) => readonly AccountNode[],
) {
  for (const account of looked) {
    const isAsked = holderOf(account).some((each) => (asked.get(each)?.size ?? 0) > 0);
    if (!isAsked && isReadable(account, 'identity')) note(asked, account, ['identity']);
  }
}

function note(asked: Asked, account: AccountNode, facets: readonly FacetName[]): void {
  const noted = asked.get(account) ?? new Set();
  for (const facet of facets) noted.add(facet);
  if (noted.size > 0) asked.set(account, noted);
}
