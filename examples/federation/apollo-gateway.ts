import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { signature } from './sign.ts';

/** What a caller shows, taken from their request: `{ authorization: req.headers.authorization }`. */
export interface Caller {
  readonly authorization?: string | undefined;
}

/** Apollo Gateway over a supergraph. Rollcall decides by the caller's own key or token, so it is passed on. */
export function createApolloGateway(supergraph: string, secret?: string): ApolloServer<Caller> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ url = '' }) =>
      new RemoteGraphQLDataSource<Caller>({
        url,
        willSendRequest: ({ request, context: { authorization } }) => {
          if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
        },
        // Only where Rollcall wants its router to sign. What is signed is the body as it is sent.
        fetcher: (to, options) => {
          const body = String(options?.body);
          return fetch(to, { ...options, body, headers: { ...options?.headers, ...(secret && signature(body, secret)) } });
        },
      }),
  });
  return new ApolloServer<Caller>({ gateway });
}
