import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Failures } from './failures.ts';

/** Where in the answer something stands, from there upwards. */
export type Path = GraphQLResolveInfo['path'];

/** One execution of an operation. */
export interface Run {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  /** Coerced. */
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly failures: Failures;
}

/** A field of an object type, at its place in an operation. */
export interface Site {
  /** Its name in the answer. */
  readonly key: string;
  /** All that were merged into it; the first one's arguments count. */
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** What graphql tells a resolver, in graphql's order. */
export const toInfo = (run: Run, { nodes, parentType, definition }: Site, path: Path): GraphQLResolveInfo =>
  ({
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType,
    path,
    schema: run.schema,
    fragments: run.fragments,
    rootValue: run.rootValue,
    operation: run.operation,
    variableValues: run.variableValues,
    // Of graphql 16 this is all; a package of graphql's surroundings adds to the type what 17 has.
  }) as GraphQLResolveInfo;

/** Anything with a `then`, as graphql has it. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  // Whatever it is, it can be asked for a property.
  typeof (value as { readonly then?: unknown }).then === 'function';
