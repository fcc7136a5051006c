import { readFileSync } from 'node:fs';
import type { SubschemaConfig } from '@graphql-tools/delegate';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { buildSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { badgesSubschema, type Wearers } from './badges.ts';

/** Rollcall as a part of a stitched schema. `usersById` finds any number of people at once, in the order of their ids. */
function rollcallSubschema(endpoint: string): SubschemaConfig {
  return {
    // From the file, since a Rollcall on a network does not answer introspection.
    schema: buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8')),
    // Rollcall decides by the caller's own key or token what they may see, so it is passed on.
    executor: buildHTTPExecutor({ endpoint, headers: (request) => credentialsOf(request?.context) }),
    merge: {
      User: {
        selectionSet: '{ id }',
        fieldName: 'usersById',
        key: ({ id }) => id,
        argsFromKeys: (ids) => ({ ids }),
        // What usersById takes.
        dataLoaderOptions: { maxBatchSize: 1_000 },
      },
    },
  };
}

/** One schema of both, served. Give it to `node:http`. */
export function createGateway(rollcallEndpoint: string, wearers: Wearers) {
  return createYoga({
    schema: stitchSchemas({ subschemas: [rollcallSubschema(rollcallEndpoint), badgesSubschema(wearers)] }),
    maskedErrors: false,
    logging: false,
  });
}

function credentialsOf(context: { readonly request?: Request } | undefined): Record<string, string> {
  const authorization = context?.request?.headers.get('authorization');
  return authorization == null ? {} : { authorization };
}
