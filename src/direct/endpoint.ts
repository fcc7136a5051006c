import { type DocumentNode, type ExecutionResult, type GraphQLSchema, getOperationAST, OperationTypeNode } from 'graphql';
import type { GraphQLParams, YogaServerInstance } from 'graphql-yoga';
import type { Addressed, Connection } from '../edge/address-of.ts';
import { isBlurred } from '../edge/blurred.ts';
import { isDeeperThan } from '../edge/nesting.ts';
import { createRecent } from '../edge/recent.ts';
import type { Context } from '../graph/context.ts';
import type { PersistedOperations } from '../plugins/use-persisted-operations.ts';
import { deepest } from '../plugins/use-variable-limits.ts';
import { type Around, conductorOf } from './conducting.ts';
import { createForms } from './forms.ts';
import type { LightRequest } from './light-request.ts';
import { readParams } from './params.ts';

/** A path at which operations are taken, and what decides about them there. */
export interface EndpointOptions {
  readonly yoga: YogaServerInstance<object, Context>;
  readonly schema: GraphQLSchema;
  /** As Yoga is given them, which has them from here too. */
  readonly plugins: readonly Around[];
  readonly open: (initial: Addressed & { readonly request: Request | LightRequest }) => Context;
  readonly persisted: PersistedOperations;
  /** Whether a body may be taken at all, as it came. Absent: every one may. */
  readonly admits?: (body: Buffer, request: LightRequest) => boolean;
}

/** An operation that was asked for, and that nothing speaks against so far. */
export interface Asked {
  readonly params: Params;
  /** Parsed and valid. */
  readonly document: DocumentNode;
  readonly isQuery: boolean;
  /** Stands for all of it, and for nothing else that is asked here. Made when it is first wanted. */
  readonly wording: () => string;
}

export type Params = GraphQLParams & { readonly query: string };

/** What does not hang on variables. */
interface Known extends Pick<Asked, 'params' | 'document' | 'isQuery'> {
  /** Stands for the operation, whatever its variables. */
  readonly number: () => string;
}

export interface Endpoint extends EndpointOptions {
  /** The operation in a body, by the same plugins as in Yoga. Throws where Yoga would refuse it before execution. */
  understand(body: Buffer, arrival: Arrival): Asked;
  /** Everything that stands before, around and after an execution, by the same plugins as in Yoga. */
  execute(asked: Asked, context: InitialContext): Promise<ExecutionResult>;
}

/** What Yoga begins a context with, beside the operation. */
export type Arrival = Readonly<Record<string, unknown>> & Connection & { readonly request: LightRequest };
export type InitialContext = Arrival & { readonly params: Params };

export function openEndpoint(options: EndpointOptions): Endpoint {
  const { yoga, schema, open, persisted } = options;
  const conduct = conductorOf(options.plugins);
  const documents = createRecent<DocumentNode>(1_000, 2_000_000);
  // Nothing is kept here but queries: what is written may be a password.
  const forms = createForms<Asked>(256);
  const numbers = createRecent<string>(2_000, 400_000);
  let numbered = 0;

  /** A number in place of a text that is long to compare. */
  function numberOf(text: string): string {
    if (text.length > longestKept) return text;
    const known = numbers.find(text);
    if (known !== undefined) return known;
    numbered += 1;
    numbers.keep(text, `#${numbered}`);
    return `#${numbered}`;
  }

  /** `written`: the variables, or all of the body, as the client wrote them. */
  function toAsked({ document, isQuery, number }: Known, params: Params, written: string): Asked {
    const wording = once(() => {
      const variables = JSON.stringify(params.variables ?? null);
      return `${number()} ${isBlurred(variables, params.variables) ? written : variables}`;
    });
    return { params, document, isQuery, wording };
  }

  function resolve(params: GraphQLParams, request: LightRequest): Params {
    for (const part of [params.variables, params.extensions]) if (isDeeperThan(part, deepest)) throw new Refused();
    const resolved = persisted.resolve(params, request);
    const { query } = resolved;
    if (typeof query !== 'string' || 'documentId' in resolved) throw new Refused();
    return { ...resolved, query };
  }

  function prepare({ query }: Params, context: InitialContext): DocumentNode {
    const known = documents.find(query);
    if (known !== undefined) return known;
    const { parse, validate, schema } = yoga.getEnveloped(context);
    const document: DocumentNode = parse(query);
    if (validate(schema, document).length > 0) throw new Refused();
    documents.keep(query, document);
    return document;
  }

  function read(body: Buffer, arrival: Arrival): Asked {
    const text = body.toString('utf8');
    const given = readParams(text);
    if (given === null) throw new Refused();
    const params = resolve(given, arrival.request);
    const document = prepare(params, { ...arrival, params });
    const operation = getOperationAST(document, params.operationName)?.operation;
    if (operation === undefined || operation === OperationTypeNode.SUBSCRIPTION) throw new Refused();
    const isQuery = operation === OperationTypeNode.QUERY;
    const known = { params, document, isQuery, number: once(() => numberOf(spell(params))) };
    const isLasting = isQuery && body.length <= longestKept && !namesOperation(given);
    if (isLasting) forms.keep(body, given, (variables, written) => askAgain(known, variables, written));
    // No value begins so, whatever else a client writes in the place of the variables.
    return toAsked(known, params, `body ${text}`);
  }

  function askAgain(known: Known, variables: Params['variables'] | undefined, written: string): Asked {
    if (variables === undefined) return toAsked(known, known.params, written);
    if (isDeeperThan(variables, deepest)) throw new Refused();
    return toAsked(known, { ...known.params, variables }, written);
  }

  return {
    ...options,
    understand: (body, arrival) => {
      if (options.admits?.(body, arrival.request) === false) throw new Refused();
      return forms.find(body) ?? read(body, arrival);
    },
    execute: ({ document, params: { operationName, variables } }, initial) => {
      // As Yoga does: it stays the same object, which others know what they have noted about it by.
      const contextValue = Object.assign(initial, open(initial));
      return conduct({ schema, document, contextValue, variableValues: variables, operationName });
    },
  };
}

/** Bytes of a body, or characters of what stands for one. */
const longestKept = 4_000;

/** Whether what is meant by it hangs on what clients have registered. */
const namesOperation = (given: GraphQLParams): boolean => 'documentId' in given || given.extensions?.persistedQuery != null;

/** Made when it is first wanted. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const spell = ({ query, operationName }: Params): string => JSON.stringify([query, operationName ?? null]);

/** For Yoga to refuse, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
