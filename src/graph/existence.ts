import type { GraphQLResolveInfo } from 'graphql';
import type { FacetName } from '../domain/facets.ts';
import type { AccountNode, UserNode } from './context.ts';
import { type Asked, askedOfAccount, askedOfUser, isReadable } from './selection.ts';

/**
 * The user, or null when nobody has these accounts. What the selection asks anyway is asked now and answers the question on the
 * way; only where it asks nothing, one cheap read is made. A source that fails leaves the user standing: its fields say why.
 */
export async function existingUser(user: UserNode, asked: AccountNode, info: GraphQLResolveInfo): Promise<UserNode | null> {
  if (!asked.open.permit.seesPeople) throw asked.open.permit.refuse('identity');
  const needs = askedOfUser(user, info);
  if (needs.size === 0) return (await exists(asked, 'identity')) ? user : null;
  return (await anyExists(needs)) ? user : null;
}

/** The same for an account. Where nothing is asked of it, its id alone is taken at its word if somebody vouches for it. */
export async function existingAccount(
  account: AccountNode,
  info: GraphQLResolveInfo,
  vouched: boolean,
): Promise<AccountNode | null> {
  const needs = askedOfAccount(account, info);
  if (needs.size === 0) return vouched || (await exists(account, 'identity')) ? account : null;
  return (await anyExists(needs)) ? account : null;
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
  return (await account.open.loader.load(account.nativeId, facet)).exists;
}

async function anyExists(needs: Asked): Promise<boolean> {
  const questions = [...needs].flatMap(([account, facets]) => [...facets].map((facet) => exists(account, facet)));
  const answers = await Promise.allSettled(questions);
  return answers.some((answer) => answer.status === 'rejected' || answer.value);
}
