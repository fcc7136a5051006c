import { type GraphQLAbstractType, GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { Site } from './run.ts';

/** The object type that an interface or a union has said a value is of. Throws, in graphql's words, where that cannot be. */
export function runtimeType(
  name: unknown,
  type: GraphQLAbstractType,
  value: unknown,
  { nodes, parentType, definition }: Site,
  schema: GraphQLSchema,
): GraphQLObjectType {
  const mustResolve = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${definition.name}"`;
  if (name === null || name === undefined) {
    const remedy = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`;
    throw new GraphQLError(`${mustResolve}. ${remedy}`, { nodes });
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string')
    throw new GraphQLError(`${mustResolve} with value ${inspect(value)}, received "${inspect(name)}".`);
  const found = schema.getType(name);
  if (found === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
      {
        nodes,
      },
    );
  }
  if (!isObjectType(found)) {
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, { nodes });
  }
  if (!schema.isSubType(type, found)) {
    throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, { nodes });
  }
  return found;
}
