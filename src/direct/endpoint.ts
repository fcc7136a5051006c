import type { DocumentNode, ExecutionResult } from 'graphql';
import type { GraphQLParams, YogaServerInstance } from 'graphql-yoga';
import { isDeeperThan } from '../edge/nesting.ts';
import { createRecent } from '../edge/recent.ts';
import type { Context } from '../graph/context.ts';
import type { PersistedOperations } from '../plugins/use-persisted-operations.ts';
import { deepest } from '../plugins/use-variable-limits.ts';
import type { LightRequest } from './light-request.ts';

/** A path at which operations are taken, and what decides about them there. */
export interface EndpointOptions {
  readonly yoga: YogaServerInstance<object, Context>;
  readonly persisted: PersistedOperations;
  /** Whether a body may be taken at all, as it came. Absent: every one may. */
  readonly admits?: (body: Buffer, request: LightRequest) => boolean;
}

/** An operation that nothing speaks against so far. */
export interface Prepared {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

export interface Endpoint extends EndpointOptions {
  /** The operation that these name. Throws where Yoga would refuse them before execution. */
  resolve(params: GraphQLParams, request: LightRequest): GraphQLParams & { readonly query: string };
  /** Parsed and valid, by the same plugins as in Yoga. Throws where it is not. */
  prepare(params: GraphQLParams & { readonly query: string }, context: InitialContext): DocumentNode;
  /** Everything that stands before, around and after an execution, by the same plugins as in Yoga. */
  execute(document: DocumentNode, params: GraphQLParams, context: InitialContext): Promise<ExecutionResult>;
}

/** What Yoga begins a context with. */
export type InitialContext = Readonly<Record<string, unknown>> & { readonly request: LightRequest };

export function openEndpoint(options: EndpointOptions): Endpoint {
  const { yoga, persisted } = options;
  const documents = createRecent<DocumentNode>(1_000, 2_000_000);
  return {
    ...options,
    resolve: (params, request) => {
      for (const part of [params.variables, params.extensions]) if (isDeeperThan(part, deepest)) throw new Refused();
      const resolved = persisted.resolve(params, request);
      const { query } = resolved;
      if (typeof query !== 'string' || 'documentId' in resolved) throw new Refused();
      return { ...resolved, query };
    },
    prepare: ({ query }, context) => {
      const known = documents.find(query);
      if (known !== undefined) return known;
      const { parse, validate, schema } = yoga.getEnveloped(context);
      const document: DocumentNode = parse(query);
      if (validate(schema, document).length > 0) throw new Refused();
      documents.keep(query, document);
      return document;
    },
    execute: async (document, { operationName, variables }, context) => {
      const { contextFactory, execute, schema } = yoga.getEnveloped(context);
      const contextValue = await contextFactory();
      return execute({ schema, document, contextValue, variableValues: variables, operationName });
    },
  };
}

/** For Yoga to refuse, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
