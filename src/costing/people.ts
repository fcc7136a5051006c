import type { FacetName } from '../domain/facets.ts';
import { parseAccountId } from '../domain/user.ts';
import { type AccountNode, accountOn, type Context, type OpenSource, type UserNode, userOf } from '../graph/context.ts';
import { type Found, unlessRefused } from '../graph/leading.ts';

/**
 * Those who may stand somewhere in an answer. Whom a client names is known before anything is asked; whom a list will bring is
 * stood in for by made-up people, each with as many accounts as the configured links leave possible.
 */
export interface People {
  /** The same node for the same account, however often it is met. */
  named(account: AccountNode): AccountNode;
  /** One account for each that may be found, on the source where it is looked for. */
  found(found: Found): AccountNode[];
  /** Accounts of so many people of whom nothing is known, one on each source. */
  anybody(count: number): AccountNode[];
  holderOf(account: AccountNode): UserNode;
  /** Facets that came along when the account was found. */
  known(account: AccountNode): ReadonlySet<FacetName>;
  isMadeUp(user: UserNode): boolean;
}

export function createPeople(context: Context): People {
  const accounts = new Map<string, AccountNode>();
  const holders = new Map<AccountNode, UserNode>();
  const brought = new Map<AccountNode, ReadonlySet<FacetName>>();
  const madeUp = new Set<UserNode>();
  const sources = [...context.sources.values()];
  let count = 0;

  const named = (account: AccountNode): AccountNode => {
    const node = accounts.get(account.id) ?? account;
    accounts.set(account.id, node);
    return node;
  };

  /** Their account on the first of these sources is the one that is found. */
  function makeUp(held: readonly OpenSource[], brings: readonly FacetName[]): AccountNode[] {
    count += 1;
    // No source has such an id.
    const [first, ...others] = held.map((open, index) => accountOn(open, `~${count}.${index}`));
    if (first === undefined) return [];
    const user: UserNode = { id: first.id, accounts: [first, ...others] };
    madeUp.add(user);
    for (const account of user.accounts) holders.set(account, user);
    brought.set(first, new Set(brings));
    return [...user.accounts];
  }

  /**
   * How many more accounts those who have one on the first source hold on the second, whoever holds most before the others. None where the
   * caller is told of no such links: a price would tell how many there are.
   */
  function linked(from: OpenSource, to: OpenSource): number[] {
    if (!from.permit.links.onward || !to.permit.links.there) return [];
    const on = (link: readonly string[], open: OpenSource): number =>
      link.filter((id) => parseAccountId(id)?.source === open.source.id).length;
    return context.identities.links
      .filter((link) => on(link, from) > 0)
      .map((link) => on(link, to) - (from === to ? 1 : 0))
      .toSorted((left, right) => right - left);
  }

  function holderOf(account: AccountNode): UserNode {
    const known = holders.get(account);
    if (known !== undefined) return known;
    const user = unlessRefused(() => userOf(account, context)) ?? { id: account.id, accounts: [account] as const };
    const [first, ...others] = user.accounts;
    const holder: UserNode = { id: user.id, accounts: [named(first), ...others.map(named)] };
    for (const each of holder.accounts) holders.set(each, holder);
    return holder;
  }

  return {
    named,
    found: ({ open, most, brings }) => {
      const others = sources.map((other) => [other, linked(open, other)] as const);
      return Array.from({ length: most }, (_, index) => {
        const also = others.flatMap(([other, counts]) => Array.from({ length: counts[index] ?? 0 }, () => other));
        return makeUp([open, ...also], brings).slice(0, 1);
      }).flat();
    },
    anybody: (many) => Array.from({ length: many }, () => makeUp(sources, [])).flat(),
    holderOf,
    known: (account) => brought.get(account) ?? nothing,
    isMadeUp: (user) => madeUp.has(user),
  };
}

const nothing: ReadonlySet<FacetName> = new Set();
