import {
  type ExecutionArgs,
  GraphQLError,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { withoutArgument } from '../edge/document-faults.ts';
import type { Context } from '../graph/context.ts';
import { maxAgeDirective } from '../graph/max-age.ts';

/** `@maxAge` on a query: nothing older answers it. What a mutation shows is always read anew. */
export function useMaxAge(): Plugin<Context> {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const operation = operationOf(args);
      if (operation?.operation === OperationTypeNode.MUTATION) return args.contextValue.demandNewer(0);
      if (operation?.directives === undefined || operation.directives.length === 0) return;
      try {
        const seconds = maxAgeOf(operation, args);
        if (seconds !== undefined) args.contextValue.demandNewer(seconds);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [withoutArgument(error)] });
      }
    },
  };
}

/** Throws a `GraphQLError` for what is no age. */
function maxAgeOf(operation: OperationDefinitionNode, { variableValues }: ExecutionArgs): number | undefined {
  const seconds = getDirectiveValues(maxAgeDirective, operation, variableValues ?? {})?.seconds;
  if (seconds === undefined) return undefined;
  if (typeof seconds === 'number' && seconds >= 0) return seconds;
  throw new GraphQLError('The seconds of @maxAge must be 0 or more.', {
    nodes: [operation],
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

function operationOf({ document, operationName }: ExecutionArgs): OperationDefinitionNode | undefined {
  return document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (operationName == null || node.name?.value === operationName),
  );
}
