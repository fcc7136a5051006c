import { GraphQLError, type GraphQLFieldConfig, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import type { Context } from '../graph/context.ts';

/** What an operation at `/subgraph` may use beyond the usual. */
export interface SubgraphContext extends Context {
  /** Whether the caller may have the SDL. */
  readonly mayAskService: boolean;
}

/** `_service`: the SDL, for tools that compose. */
export function serviceField(sdl: string): GraphQLFieldConfig<unknown, Context> {
  const service = new GraphQLObjectType({
    name: '_Service',
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), resolve: () => sdl } },
  });
  return {
    type: new GraphQLNonNull(service),
    resolve: (_root, _args, context) => {
      // Where this field is, `createApp` has made the context of `/subgraph`.
      if ((context as SubgraphContext).mayAskService) return {};
      throw new GraphQLError(refusal, { extensions: { code: 'FORBIDDEN' } });
    },
  };
}

const refusal =
  'The schema is not told here. It stands in schema/subgraph.graphql; edge.subgraph.service says who may ask for it.';
