import { type GraphQLSchema, getNullableType, isObjectType } from 'graphql';

/** The object types without an id that stand by themselves, not in a list, on a type that is not an answer to a mutation. Connections have pages. */
export function typesWithoutId(schema: GraphQLSchema): readonly string[] {
  const holders = Object.values(schema.getTypeMap()).filter(
    (type) =>
      isObjectType(type) &&
      !type.name.startsWith('__') &&
      !/(?:Mutation|Subscription|Payload|Connection|Edge|Error)$/.test(type.name),
  );
  const held = holders
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .map(({ type }) => getNullableType(type))
    .filter(isObjectType)
    .filter((type) => !('id' in type.getFields()) && !/(?:Connection|PageInfo)$/.test(type.name))
    .map(({ name }) => name);
  return [...new Set(held)].toSorted();
}
