import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { signature } from './sign.ts';

/** Hive Gateway over a supergraph; give it to `node:http`. It needs the package `@graphql-mesh/transport-http` beside it. */
export function createHiveGateway(supergraph: string, secret?: string) {
  return createGatewayRuntime({
    supergraph,
    logging: false,
    // Else it replaces the sentences and codes of subgraphs by its own.
    maskedErrors: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => {
        const authorization = request.headers.get('authorization');
        return authorization === null ? {} : { authorization };
      },
    },
    plugins: () => [
      {
        // Only where Rollcall wants its router to sign.
        onFetch: ({ options, setOptions }) => {
          if (secret) setOptions({ ...options, headers: { ...options.headers, ...signature(String(options.body), secret) } });
        },
      },
    ],
  });
}
