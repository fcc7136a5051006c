import type { GraphQLSchema } from 'graphql';
import { entitiesField } from './entities.ts';
import { withoutNodeQueries } from './queries.ts';
import { type SdlOptions, subgraphSdl } from './sdl.ts';
import { serviceField } from './service.ts';

export interface SubgraphOptions extends SdlOptions {
  /** Representations in one `_entities`. */
  readonly maxEntities: number;
}

/** The graph as a router asks it, by the subgraph specification of Apollo Federation 2. */
export function buildSubgraph(graph: GraphQLSchema, { maxEntities, scopes }: SubgraphOptions): GraphQLSchema {
  return withoutNodeQueries(graph, {
    _entities: entitiesField(graph, maxEntities),
    _service: serviceField(subgraphSdl(graph, { scopes })),
  });
}
