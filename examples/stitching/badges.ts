import type { SubschemaConfig } from '@graphql-tools/delegate';
import type { GraphQLSchema } from 'graphql';
import { createSchema } from 'graphql-yoga';

/** Who wears which badge, by account id. Yours would come from a database. */
export type Wearers = Readonly<Record<string, readonly string[]>>;

/** A second schema, with fields of its own for people that Rollcall knows. */
export function badgesSubschema(wearers: Wearers): SubschemaConfig {
  const badge = (name: string) => ({ name, members: (wearers[name] ?? []).map((id) => ({ id })) });
  const schema: GraphQLSchema = createSchema({
    typeDefs: `
      type User { id: ID! badges: [Badge!]! }
      type Badge { name: String! members: [User!]! }
      type Query {
        badge(name: String!): Badge
        wearersById(ids: [ID!]!): [User]!
      }
    `,
    resolvers: {
      Query: {
        badge: (_root: unknown, { name }: { name: string }) => (name in wearers ? badge(name) : null),
        wearersById: (_root: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
      },
      User: {
        badges: ({ id }: { id: string }) =>
          Object.keys(wearers)
            .filter((name) => wearers[name]?.includes(id))
            .map(badge),
      },
    },
  });
  return {
    schema,
    merge: {
      User: {
        selectionSet: '{ id }',
        fieldName: 'wearersById',
        key: ({ id }) => id,
        argsFromKeys: (ids) => ({ ids }),
      },
    },
  };
}
