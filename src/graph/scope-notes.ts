import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { scopeOf } from '../access/facet-scopes.ts';
import type { Scope } from '../access/scopes.ts';
import type { FieldHints } from './selection.ts';

/** The scope a field needs, from the facet it says it asks; undefined for fields that show nothing of anybody. */
export function scopeOfField(hints: FieldHints): Scope | undefined {
  const facet = hints.asks ?? hints.asksEach ?? hints.reads;
  return facet === undefined ? hints.needs : scopeOf(facet);
}

/** Adds to each field's description the scope it needs, so that nobody has to look it up elsewhere. */
export function noteScopes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      // Extensions hold what `fromFacet` and its neighbours put there.
      const scope = scopeOfField(field.extensions as FieldHints);
      if (scope !== undefined) field.description = `${field.description ?? ''} Scope: \`${scope}\`.`.trim();
    }
  }
  return schema;
}
