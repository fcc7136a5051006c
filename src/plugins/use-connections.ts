import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Connections } from '../edge/connections.ts';

/** While the server stops, Yoga's answers close their connections, too. */
export function useConnections({ answering, isStopping }: Pick<Connections, 'answering' | 'isStopping'>): Plugin {
  return {
    onResponse: ({ response, serverContext }) => {
      if (!isStopping()) return;
      // Of answers in parts Yoga says that theirs goes on. That is Node's to say.
      response.headers.delete('connection');
      // Yoga was given it by Node; what was asked by `fetch` has none.
      const { res } = serverContext as { readonly res?: ServerResponse };
      if (res !== undefined) answering(res);
    },
  };
}
