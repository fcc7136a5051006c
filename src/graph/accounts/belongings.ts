import type { FacetName, Facets } from '../../domain/facets.ts';
import { type AccountNode, readFacet } from '../context.ts';

/** Reads what an id of the account's source leads to, such as a worker. Null when it is gone. */
export function readBelonging<Name extends FacetName>(
  account: AccountNode,
  id: string,
  facet: Name,
): Promise<Facets[Name] | null> {
  return readFacet({ ...account, nativeId: id }, facet);
}

/** The same for every id that a facet of the account lists, each on its own: one that fails costs its own place. */
export async function readBelongings<List extends FacetName, Name extends FacetName>(
  account: AccountNode,
  list: List,
  idsOf: (listed: Facets[List]) => readonly string[],
  facet: Name,
): Promise<Promise<Facets[Name] | null>[] | null> {
  const listed = await readFacet(account, list);
  return listed === null ? null : idsOf(listed).map((id) => readBelonging(account, id, facet));
}
