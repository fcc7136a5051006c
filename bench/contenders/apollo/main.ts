import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { peopleOf } from '../people.ts';
import { type Reading, resolvers } from '../resolvers.ts';
import { typeDefs } from '../schema.ts';
import { readSetup } from '../setup.ts';
import { openSources } from './sources.ts';

const { port, ...setup } = readSetup();
const people = peopleOf(setup.links);
const server = new ApolloServer<Reading>({ typeDefs, resolvers });
const { cache } = server;
await startStandaloneServer(server, {
  listen: { port, host: '127.0.0.1' },
  context: async () => openSources(setup, people, { cache }),
});
