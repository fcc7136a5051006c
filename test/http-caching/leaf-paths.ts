import { type GraphQLSchema, getNamedType, isInterfaceType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';

/** A selection for each leaf that is reached from a type in so many steps, through fragments where a type is one of several. */
export function leafPaths(schema: GraphQLSchema, typeName: string, depth: number): string[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const own = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    const name = field.args.some(isRequiredArgument) ? `${field.name}(permission: "chat.delete")` : field.name;
    if (isLeafType(below)) return [name];
    // People and sources lead round and round.
    if (depth === 1 || ['User', 'Source'].includes(below.name)) return [];
    return leafPaths(schema, below.name, depth - 1).map((path) => `${name} { ${path} }`);
  });
  return [...new Set(own)];
}
