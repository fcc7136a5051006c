import type { AccountNode, UserNode } from '../graph/context.ts';
import type { Led } from '../graph/leading.ts';
import { pageLimits } from '../graph/list-window.ts';
import { type FieldHints, isReadable } from '../graph/selection.ts';
import { add, sum } from './bill.ts';
import type { People } from './people.ts';

/** Where the walk through an operation has come to: what may stand there at most. */
export interface Place {
  /** How many objects, over the whole answer. */
  readonly objects: number;
  /** Accounts that these are, belong to or lead to, each as often as it stands here. */
  readonly accounts: Tally<AccountNode>;
  /** The same for people, where people are meant and not their accounts. */
  readonly people: Tally<UserNode>;
  /** Nothing of those who stand here has been asked yet. */
  readonly fresh: boolean;
  /** Accounts that are asked for even when nothing is selected of them. */
  readonly looked: ReadonlySet<AccountNode>;
  /** Whether the objects are those of the tallies. Before that they are the pages and edges which lead there. */
  readonly arrived: boolean;
  /** For each account, how many of the objects belong to it, where they are not accounts themselves. */
  readonly belongings: number;
  /** Nothing is known of who may stand here. */
  readonly unknown: boolean;
}

export type Tally<Node> = ReadonlyMap<Node, number>;

export const nowhere: Place = {
  objects: 1,
  accounts: new Map(),
  people: new Map(),
  fresh: true,
  looked: new Set(),
  arrived: false,
  belongings: 0,
  unknown: true,
};

/** Where a field with a hint of its own leads from nowhere in particular. */
export function placeLed(led: Led, above: Place, isList: boolean, hints: FieldHints, people: People): Place {
  const named = (led.accounts ?? []).map(people.named);
  const holders = (led.holdersOf ?? []).map(people.named);
  const accounts = tally([...named, ...(led.found ?? []).flatMap(people.found)]);
  const users = tally(holders.map(people.holderOf));
  const standing = sum(accounts.values()) + sum(users.values());
  const items = hints.upTo ?? led.items;
  const objects = items === undefined ? (isList ? standing : 1) : items * above.objects;
  const looked = new Set(led.looks === undefined ? [] : [...accounts.keys(), ...holders]);
  return { ...nowhere, objects, accounts, people: users, looked, unknown: false, belongings: hints.upTo ?? 0 };
}

/** Where any other field leads. */
export function placeBelow(above: Place, isList: boolean, hints: FieldHints, listed: number, people: People): Place {
  if (hints.toHolder) {
    return { ...nowhere, objects: above.objects, people: holdersIn(above.accounts, people), unknown: above.unknown };
  }
  const { leadsTo } = hints;
  if (leadsTo !== undefined) {
    const accounts = new Map<AccountNode, number>();
    for (const [user, count] of above.people) for (const account of leadsTo(user)) add(accounts, account, count);
    return { ...above, accounts, people: new Map(), objects: isList ? sum(accounts.values()) : above.objects };
  }
  const readable = [...above.accounts].filter(([account]) => hints.asks === undefined || isReadable(account, hints.asks));
  const below = { ...above, accounts: new Map(readable) };
  if (hints.upTo !== undefined) return { ...below, objects: above.objects * hints.upTo, belongings: hints.upTo };
  if (!isList) return hints.stays ? { ...below, belongings: 0 } : below;
  if (above.arrived) return { ...below, objects: above.objects * pageLimits.most };
  if (above.unknown) return { ...below, objects: above.objects * listed };
  return { ...below, objects: sum(above.accounts.values()) + sum(above.people.values()) };
}

/** The people who hold the accounts, each as often as their accounts stand here. */
export function holdersIn(accounts: Tally<AccountNode>, people: People): Tally<UserNode> {
  const holders = new Map<UserNode, number>();
  for (const [account, count] of accounts) add(holders, people.holderOf(account), count);
  return holders;
}

export function tally<Node>(nodes: readonly Node[]): Tally<Node> {
  const counts = new Map<Node, number>();
  for (const node of nodes) add(counts, node, 1);
  return counts;
}
