import { type GraphQLField, type GraphQLObjectType, isListType as isList, isNonNullType } from 'graphql';
import type { FieldHints } from '../graph/selection.ts';

// Extensions hold what `fromFacet` and its neighbours put there.
export const hintsOf = (field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): FieldHints => field.extensions as FieldHints;

export const isListField = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isList(isNonNullType(type) ? type.ofType : type);

const known = new WeakMap<GraphQLObjectType, 'PEOPLE' | 'ACCOUNT' | 'ELSE'>();

/** What objects of this type are to the resolvers of their fields, by what these say they ask. */
export function standsOn(type: GraphQLObjectType): 'PEOPLE' | 'ACCOUNT' | 'ELSE' {
  const standing = known.get(type) ?? find(type);
  known.set(type, standing);
  return standing;
}

function find(type: GraphQLObjectType): 'PEOPLE' | 'ACCOUNT' | 'ELSE' {
  const hints = Object.values(type.getFields()).map(hintsOf);
  if (hints.some(({ leadsTo, asksEach }) => leadsTo !== undefined || asksEach !== undefined)) return 'PEOPLE';
  return hints.some(({ asks, stays }) => asks !== undefined || stays !== undefined) ? 'ACCOUNT' : 'ELSE';
}
