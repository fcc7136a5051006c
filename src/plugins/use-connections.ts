import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Connections } from '../edge/connections.ts';

/** Leaves it to Node how answers are framed and whether their connections go on; while the server stops they close them. */
export function useConnections({ answering, isStopping }: Pick<Connections, 'answering' | 'isStopping'>): Plugin {
  return {
    onResponse: ({ response, serverContext }) => {
      // Of answers in parts Yoga says both, whatever the client has asked for, and of HTTP/1.0 and 2, too.
      if (response.headers.has('connection')) for (const name of framing) response.headers.delete(name);
      if (!isStopping()) return;
      // Yoga was given it by Node; what was asked by `fetch` has none.
      const { res } = serverContext as { readonly res?: ServerResponse };
      if (res !== undefined) answering(res);
    },
  };
}

const framing = ['connection', 'transfer-encoding'];
