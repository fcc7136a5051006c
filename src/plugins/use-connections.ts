import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Connections } from '../edge/connections.ts';

/** While the server stops, Yoga's answers close their connections, too. Whether one goes on is Node's to say. */
export function useConnections({ answering }: Pick<Connections, 'answering'>): Plugin {
  return {
    onResponse: ({ response, serverContext }) => {
      // Of answers in parts Yoga says that it does, whatever comes.
      response.headers.delete('connection');
      // Yoga was given it by Node; what was asked by `fetch` has none.
      const { res } = serverContext as { readonly res?: ServerResponse };
      if (res !== undefined) answering(res);
    },
  };
}
