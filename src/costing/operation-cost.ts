import { type DocumentNode, type GraphQLSchema, getOperationAST, getVariableValues, Kind } from 'graphql';
import type { Context } from '../graph/context.ts';
import { createBill, type Listener, type OperationCost } from './bill.ts';
import { weigh } from './weighing.ts';

export interface Asking extends Listener {
  readonly schema: GraphQLSchema;
  /** Valid under the schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/**
 * The worst case of an operation, from its text, its variables, the configuration, and what the caller may see; nothing is asked
 * upstream. Null for an operation that execution refuses by itself. Throws `TooManyFields`.
 */
export function costOf({ schema, document, operationName, variables, context, wanted, refused }: Asking): OperationCost | null {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (operation == null || root == null) return null;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  if (coerced === undefined) return null;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const bill = createBill({ wanted, refused });
  weigh({ schema, fragments, variableValues: coerced }, root, operation.selectionSet, context, bill);
  return bill.total();
}
