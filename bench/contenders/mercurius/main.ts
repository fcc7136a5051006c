import Fastify from 'fastify';
import mercurius from 'mercurius';
import { peopleOf } from '../people.ts';
import { type Reading, resolvers } from '../resolvers.ts';
import { typeDefs } from '../schema.ts';
import { readSetup } from '../setup.ts';
import { toHordeView, toWebuiView, type UserView } from '../views.ts';
import { type HordeUser, paths, type WebuiPage, type WebuiUser } from '../wire.ts';
import { byFetch, byUndici, type Get } from './transport.ts';

const { port, horde, webui, links, connections } = readSetup();
const people = peopleOf(links);
const open = (url: string, headers: Readonly<Record<string, string>>): Get =>
  process.argv[4] === 'undici' ? byUndici(url, headers, connections) : byFetch(url, headers);
const askHorde = open(horde.url, { apikey: horde.key });
const askWebui = open(webui.url, { authorization: `Bearer ${webui.key}` });

/** For one operation, in which nobody is asked for twice. What is cast is what the sources are documented to send. */
function createReading(): Reading {
  return {
    hordeUser: once(async (id) => {
      const answer = await askHorde(paths.hordeUser(id));
      return answer && toHordeView({ user: answer.body as HordeUser, date: answer.date }, people);
    }),
    webuiUser: once(async (id) => {
      const answer = await askWebui(paths.webuiUser(id));
      return answer && toWebuiView(answer.body as WebuiUser, people);
    }),
    hordePage: async () => {
      const answer = await askHorde(paths.hordePage);
      return answer === null ? [] : (answer.body as HordeUser[]).map((user) => toHordeView({ user, date: answer.date }, people));
    },
    webuiPage: async (query) => {
      const answer = await askWebui(paths.webuiPage(query));
      return answer === null ? [] : (answer.body as WebuiPage).users.map((user) => toWebuiView(user, people));
    },
  };
}

function once<Value>(read: (id: string) => Promise<Value>): (id: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (id) => {
    const reading = known.get(id) ?? read(id);
    known.set(id, reading);
    return reading;
  };
}

const { horde: _horde, openWebUI: _openWebUI, ...fieldsOfUser } = resolvers.User;
type Query = { readonly obj: UserView };
const all =
  <Value>(show: (user: UserView, reading: Reading) => Value) =>
  async (queries: readonly Query[], context: unknown) =>
    // The context is made below.
    Promise.all(queries.map(({ obj }) => show(obj, context as Reading)));
// Their own cache compares whole objects by their JSON; each user is read once anyway.
const opts = { cache: false };

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  // Mercurius' own types are of any context.
  resolvers: { Query: resolvers.Query, User: fieldsOfUser } as unknown as NonNullable<
    Parameters<typeof mercurius>[1]['resolvers']
  >,
  loaders: {
    User: {
      horde: {
        loader: all(({ known, hordeId }, reading) => known ?? (hordeId === null ? null : reading.hordeUser(hordeId))),
        opts,
      },
      openWebUI: { loader: all((user, reading) => resolvers.User.openWebUI(user, {}, reading)), opts },
    },
  },
  context: createReading,
  jit: 1,
});
await app.listen({ port, host: '127.0.0.1' });
