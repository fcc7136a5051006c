import { startStandaloneServer } from '@apollo/server/standalone';
import { createApolloGateway } from '../../examples/federation/apollo-gateway.ts';
import { createHiveGateway } from '../../examples/federation/hive-gateway.ts';
import { type Listening, listen } from './listening.ts';

/** Starts a router over a supergraph, on a port. With a secret it signs what it sends. */
export type StartRouter = (supergraph: string, secret?: string) => Promise<Listening>;

export const startApolloGateway: StartRouter = async (supergraph, secret) => {
  const server = createApolloGateway(supergraph, secret);
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({ authorization: req.headers.authorization }),
  });
  return { url, [Symbol.asyncDispose]: () => server.stop() };
};

export const startHiveGateway: StartRouter = async (supergraph, secret) => {
  const gateway = createHiveGateway(supergraph, secret);
  const { url, [Symbol.asyncDispose]: close } = await listen(gateway);
  return {
    url: `${url}/graphql`,
    [Symbol.asyncDispose]: async () => {
      await close();
      await gateway[Symbol.asyncDispose]();
    },
  };
};

export interface RouterAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: object;
  }[];
}

export async function askRouter(
  { url }: Pick<Listening, 'url'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<RouterAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // What a GraphQL server answers with.
  return (await response.json()) as RouterAnswer;
}
