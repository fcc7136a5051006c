import type { GraphQLResolveInfo } from 'graphql';
import type { FacetName } from '../domain/facets.ts';
import type { AccountNode, UserNode } from './context.ts';
import { type Asked, askedOfAccount, askedOfUser, isReadable } from './selection.ts';

/**
 * The user, or null when nobody has these accounts. What the selection asks anyway is asked now and answers the question on the
 * way; only where it asks nothing, one cheap read is made. A source that fails leaves the user standing: its fields say why.
 */
export async function existingUser(user: UserNode, asked: AccountNode, info: GraphQLResolveInfo): Promise<UserNode | null> {
  if (!asked.open.permit.readsPeople) throw asked.open.permit.refuse('identity');
  const needs = askedOfUser(user, info);
  if (needs.size > 0) return (await anyExists(needs)) ? user : null;
  const later = askedOfUser(user, info, 'with what is deferred');
  if (later.size > 0) return (await someoneVouches(later)) ? user : null;
  return (await exists(asked, 'identity')) ? user : null;
}

/** The same for an account. Where nothing is asked of it, its id alone is taken at its word if somebody vouches for it. */
export function existingAccount(
  account: AccountNode,
  info: GraphQLResolveInfo,
  vouched: boolean,
): AccountNode | null | Promise<AccountNode | null> {
  const needs = askedOfAccount(account, info);
  const isThere = needs.size === 0 ? vouched || exists(account, 'identity') : (atHand(needs) ?? anyExists(needs));
  if (typeof isThere === 'boolean') return isThere ? account : null;
  return isThere.then((there) => (there ? account : null));
}

/**
 * Whoever another part of a larger graph says is there: nothing is asked to make sure. Null where what is asked anyway shows that
 * nobody has the account. Refused to callers who may see neither that there are such people nor anything of what they ask.
 */
export async function existingEntity<Entity>(entity: Entity, named: AccountNode, asked: Asked): Promise<Entity | null> {
  const { permit } = named.open;
  const readable = [...asked].some(([account, facets]) => [...facets].some((facet) => isReadable(account, facet)));
  if (!readable && !permit.mayRead('identity')) throw permit.refuse('identity');
  return asked.size === 0 || (await anyExists(asked)) ? entity : null;
}

async function exists(account: AccountNode, facet: FacetName): Promise<boolean> {
  if (!account.open.permit.mayRead(facet)) throw account.open.permit.refuse(facet);
  return (await account.open.loader().load(account.nativeId, facet)).exists;
}

/** What `anyExists` tells, if nothing need be asked for it; undefined otherwise. */
function atHand(needs: Asked): boolean | undefined {
  let there = false;
  for (const [{ nativeId, open }, facets] of needs) {
    const known = open.loader().peekAll(nativeId, facets);
    if (known === undefined) return undefined;
    there ||= known;
  }
  return there;
}

async function anyExists(needs: Asked): Promise<boolean> {
  const answers = await Promise.all(questionsOf(needs));
  return answers.includes(true);
}

/**
 * The same, told as soon as one source knows them or fails: whichever source the id names, what is deferred need not wait for the
 * slowest. Where fields stand on the answer it is better to wait for all, so that what they ask next is asked at once.
 */
async function someoneVouches(needs: Asked): Promise<boolean> {
  const standing = questionsOf(needs).map((question) =>
    question.then((there) => there || Promise.reject(new Error('This source does not know them.'))),
  );
  return Promise.any(standing).catch(() => false);
}

/** Whatever cannot be found out may be so: what stands below says why it was not. */
const questionsOf = (needs: Asked): Promise<boolean>[] =>
  [...needs].map(([{ nativeId, open }, facets]) =>
    open
      .loader()
      .loadAll(nativeId, facets)
      .catch(() => true),
  );
