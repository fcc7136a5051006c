import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType } from 'graphql';

/** What has an id of its own can be referred to from another subgraph: people, and the accounts of each kind. */
export function entityTypes(graph: GraphQLSchema): readonly GraphQLObjectType[] {
  const node = graph.getType('Node');
  if (!isInterfaceType(node)) throw new Error('the graph has no interface Node');
  return [...graph.getPossibleTypes(node)].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
