import { type GraphQLFieldConfigMap, GraphQLObjectType, GraphQLSchema, isSpecifiedDirective } from 'graphql';
import type { Context } from '../graph/context.ts';
import { maxAgeDirective } from '../graph/max-age.ts';

type Queries = GraphQLFieldConfigMap<unknown, Context>;

/** Queries that find anything by its id. Every subgraph could have them; in a larger graph that is what entities are for. */
const byNodeId: ReadonlySet<string> = new Set(['node', 'nodes']);

/** The graph as a part of a larger one: the same types, without the queries that no subgraph can have for itself, and without `@defer` and `@stream`. */
export function withoutNodeQueries(graph: GraphQLSchema, added: Queries = {}): GraphQLSchema {
  const query = graph.getQueryType();
  if (query == null) throw new Error('the graph has no queries');
  const { fields, ...rest } = query.toConfig();
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !byNodeId.has(name)));
  const config = graph.toConfig();
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...rest, fields: { ...kept, ...added } }),
    // No type leads back to the former queries.
    types: config.types.filter((type) => type !== query),
    // A router defers by itself, whatever a subgraph can do.
    directives: config.directives.filter(
      (directive) => isSpecifiedDirective(directive) || directive.name === maxAgeDirective.name,
    ),
  });
}
