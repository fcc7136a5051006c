import type { Permit } from '../access/asking.ts';
import type { Caller } from '../access/caller.ts';
import type { FacetName, Facets } from '../domain/facets.ts';
import { formatAccountId, type Identities, parseAccountId } from '../domain/user.ts';
import { InputError } from '../errors.ts';
import type { Source, SourceSession } from '../sources/contract.ts';
import type { AccountLoader, Loaded } from '../sources/loading.ts';
import type { WriteRunner } from '../writing/running.ts';

/** What one operation may use. Made anew for each; nothing in it outlives the answer. */
export interface Context {
  /** In the order of the configuration. */
  readonly sources: ReadonlyMap<string, OpenSource>;
  readonly identities: Identities;
  readonly caller: Caller;
  /** Among whom its turn comes, here and at the sources: of one lane one after another. Never told to anybody. */
  readonly lane: string;
  /** When its time is up, by `performance.now()`; absent: never. */
  readonly until?: number | undefined;
  /** Carries out writes, for all operations of the process. */
  readonly writes: WriteRunner;
  /** After a write: what this operation has been told by the source is forgotten, and later fields ask anew. */
  renew(sourceId: string): OpenSource;
  /** From now on nothing older than so many seconds is an answer; 0: all is read anew. */
  demandNewer(maxAge: number): void;
  /** What was demanded, in seconds; undefined where nothing was. */
  maxAge(): number | undefined;
  /** From now on no page of this source's lists is asked for: what is kept is shown, and all else is refused for this reason. */
  spareLists(sourceId: string, reason: Error): void;
  /** What is shown is true at this moment only, or no whole answer: no cache on the way to the client is to keep it. */
  onlyForNow(): void;
  /** The answer is made: all that the sources told for it is let go, whoever goes on holding the context. */
  close(): void;
}

/** A source as this operation's caller may ask it. */
export interface OpenSource {
  readonly source: Source;
  /** What the caller may ask of it. */
  readonly permit: Permit;
  /** Opened by the first who asks for it. */
  session(): SourceSession;
  loader(): AccountLoader;
  /** A session for one write, with the caller's own key or the service's. It goes on though the client has left. */
  openToWrite(): SourceSession;
  /** Lets go of what was opened. Whoever asks for something of the source after that opens it anew. */
  close(): void;
}

/** One user record on one source, before anything is known of it but where it is. */
export interface AccountNode {
  readonly id: string;
  readonly nativeId: string;
  readonly open: OpenSource;
}

/** A person: the primary account first. */
export interface UserNode {
  readonly id: string;
  readonly accounts: readonly [AccountNode, ...AccountNode[]];
}

/**
 * The one way to what a source knows. Null where the account has nothing to show, or does not exist. Rejects, before anything is
 * asked, when the caller may not have the facet, and with the reason when the source cannot answer.
 */
export async function readFacet<Name extends FacetName>(account: AccountNode, facet: Name): Promise<Facets[Name] | null> {
  return showFacet(account, facet, (value) => value);
}

/**
 * The same, shown in some way. At once where it is at hand, without a promise: fields are many, and most are about what was asked
 * before they run.
 */
export function showFacet<Name extends FacetName, Value>(
  { nativeId, open }: AccountNode,
  facet: Name,
  show: (value: Facets[Name]) => Value,
): Value | null | Promise<Value | null> {
  if (!open.source.facets.has(facet)) return null;
  if (!open.permit.mayRead(facet)) throw open.permit.refuse(facet);
  const loader = open.loader();
  const atHand = loader.peek(nativeId, facet);
  return atHand === undefined ? showLater(loader.load(nativeId, facet), show) : showLoaded(atHand, show);
}

const showLoaded = <Name extends FacetName, Value>(loaded: Loaded<Name>, show: (value: Facets[Name]) => Value): Value | null =>
  loaded.exists && loaded.value !== null ? show(loaded.value) : null;

const showLater = <Name extends FacetName, Value>(
  loading: Promise<Loaded<Name>>,
  show: (value: Facets[Name]) => Value,
): Promise<Value | null> => loading.then((loaded) => showLoaded(loaded, show));

/** The account whose source can read the facet first, in the person's order of accounts. */
export function accountWith(user: UserNode, facet: FacetName): AccountNode | undefined {
  // For each field, so without a function of its own.
  for (const account of user.accounts) if (account.open.source.facets.has(facet)) return account;
  return undefined;
}

/** Throws an `InputError` for text that cannot be the id of anybody. Asks nothing upstream. */
export function accountById(id: string, context: Context): AccountNode {
  const parsed = parseAccountId(id);
  if (parsed === null)
    throw new InputError(`${quote(id)} is not an account id. Write <source id>:<native id>, such as horde:42.`);
  const open = sourceById(parsed.source, context);
  const nativeId = open.source.canonicalId(parsed.nativeId);
  if (nativeId === null) {
    throw new InputError(`${quote(parsed.nativeId)} cannot be the id of an account on ${open.source.id} (${open.source.title}).`);
  }
  // Most are written as they are kept, and a text that was looked up before is looked up faster than a new one like it.
  return { id: nativeId === parsed.nativeId ? id : formatAccountId({ source: open.source.id, nativeId }), nativeId, open };
}

export function sourceById(id: string, context: Context): OpenSource {
  const open = context.sources.get(id);
  if (open !== undefined) return open;
  throw new InputError(`No source is called ${quote(id)}. There are: ${[...context.sources.keys()].join(', ')}.`);
}

export function checkKind(kind: string, context: Context): void {
  const kinds = new Set([...context.sources.values()].map(({ source }) => source.kind));
  if (!kinds.has(kind)) throw new InputError(`No source is of the kind ${quote(kind)}. There are: ${[...kinds].join(', ')}.`);
}

/**
 * The person who holds the account, with the accounts that the configuration links to it. Of sources on which the caller may know
 * of nobody, none: a link would tell who somebody is there. Nor any to an account of which they may read nothing, or nothing but what a key
 * of their own may bring.
 */
export function userOf(account: AccountNode, context: Context): UserNode {
  const link = context.identities.accountsOf(account.id);
  if (link.length === 1 || !account.open.permit.links.onward) return { id: account.id, accounts: [account] };
  const accounts: AccountNode[] = [];
  for (const id of link) {
    const linked = id === account.id ? account : linkedAccount(id, context);
    if (linked === account || linked.open.permit.links.there) accounts.push(linked);
  }
  const [primary = account, ...others] = accounts;
  return { id: primary.id, accounts: [primary, ...others] };
}

/** Links are spelled as accounts are asked for: the configuration sees to that. */
function linkedAccount(id: string, context: Context): AccountNode {
  const colon = id.indexOf(':');
  return { id, nativeId: id.slice(colon + 1), open: sourceById(id.slice(0, colon), context) };
}

export function accountOn(open: OpenSource, nativeId: string): AccountNode {
  return { id: formatAccountId({ source: open.source.id, nativeId }), nativeId, open };
}

/** For what shows that people exist, such as lists and searches. Throws before anything is asked. */
export function mustSeePeople({ permit }: OpenSource): void {
  if (!permit.mayRead('identity')) throw permit.refuse('identity');
}

/** What the client wrote, short enough to repeat. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
