import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLNonNull } from 'graphql';

/** Read by `plugins/use-max-age.ts` before a query runs. */
export const maxAgeDirective = new GraphQLDirective({
  name: 'maxAge',
  description:
    'How old an answer to this query may be, in seconds. What is kept and older is read anew, even where the source cannot be asked: ' +
    'then its fields fail. 0 keeps to what is read for this very query. It reaches no cache of a source’s own: see `Freshness.sourceLag`.',
  locations: [DirectiveLocation.QUERY],
  args: {
    seconds: {
      type: new GraphQLNonNull(GraphQLInt),
      description: 'Counted from when reading began. 0 or more.',
    },
  },
});
