import { type GraphQLSchema, isAbstractType } from 'graphql';

/** By each interface and union, what an object of it may be, in the form that Apollo Client takes. */
export function possibleTypesIn(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(
    abstract.map((type) => [
      type.name,
      schema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .toSorted(),
    ]),
  );
}
