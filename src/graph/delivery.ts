import { GraphQLDeferDirective, GraphQLStreamDirective } from '@graphql-tools/utils';
import { GraphQLDirective } from 'graphql';

/**
 * `@defer` and `@stream`, so that the SDL tells tools of them. Only `/graphql` carries them out
 * (`plugins/use-incremental-delivery.ts`); a router that asks `/subgraph` has its own.
 */
export const deliveryDirectives: readonly GraphQLDirective[] = [
  new GraphQLDirective({
    ...GraphQLDeferDirective.toConfig(),
    description: 'The fragment may come after the rest of the answer, for clients that read `multipart/mixed`.',
  }),
  new GraphQLDirective({
    ...GraphQLStreamDirective.toConfig(),
    description: 'The items after the first few may come one by one, for clients that read `multipart/mixed`.',
  }),
];
