import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { badgesSdl } from './composing.ts';
import { type Listening, listen } from './listening.ts';

/** Who wears which badge, by account id. */
export type Wearers = Readonly<Record<string, readonly string[]>>;

/** Another team's subgraph, which knows who wears which badge and nothing else of anybody. Made with the library such teams use. */
export async function serveBadges(wearers: Wearers): Promise<Listening> {
  const badge = (id: string) => ({ id, name: `The ${id}`, members: (wearers[id] ?? []).map((member) => ({ id: member })) });
  const schema = buildSubgraphSchema({
    typeDefs: parse(badgesSdl),
    resolvers: {
      Query: {
        badge: (_root: unknown, { id }: { id: string }) => (id in wearers ? badge(id) : null),
        badges: () => ({
          nodes: Object.keys(wearers).map(badge),
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
        }),
      },
      User: {
        badges: ({ id }: { id: string }) =>
          Object.keys(wearers)
            .filter((each) => wearers[each]?.includes(id))
            .map(badge),
        rank: ({ kudos }: { kudos?: number | null }) => (kudos == null ? null : kudos > 10_000 ? 'gold' : 'iron'),
      },
    },
  });
  return listen(createYoga({ schema, logging: false, graphiql: false }));
}
