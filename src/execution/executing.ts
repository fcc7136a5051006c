import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError, getVariableValues } from 'graphql';
import { note } from './failures.ts';
import { executeFields } from './fields.ts';
import { type Plan, planOf } from './plans.ts';
import { isPromise, type Run } from './run.ts';

/**
 * Answers as graphql's `execute` does, errors and their order included, and faster: what is the same for every execution of a document
 * is worked out once. What was not made for that is graphql's to execute.
 */
export function executeCompiled(args: ExecutionArgs): ReturnType<typeof execute> {
  const { schema, document, operationName } = args;
  const plan = isPlain(args) ? planOf(schema, document, operationName) : null;
  return (plan && executePlan(plan, args)) ?? execute(args);
}

/** Whether nothing is given that only graphql's own knows what to do with. */
const isPlain = ({ fieldResolver, typeResolver, variableValues }: ExecutionArgs): boolean =>
  fieldResolver == null && typeResolver == null && (variableValues == null || typeof variableValues === 'object');

/** Null where it will not do. */
function executePlan(plan: Plan, args: ExecutionArgs): ReturnType<typeof execute> | null {
  const { operation, fragments } = plan;
  const { schema, rootValue, contextValue, variableValues: raw, options, hideSuggestions } = args;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], raw ?? {}, {
    maxErrors: options?.maxCoercionErrors ?? 50,
    hideSuggestions: hideSuggestions ?? false,
  });
  if (errors !== undefined) return { errors };
  const failures = { errors: [], nulled: new Set<undefined>() };
  const run: Run = { schema, operation, fragments, rootValue, contextValue, variableValues: coerced, failures };
  try {
    const selection = plan.select(run);
    if (selection === null) return null;
    const data = executeFields(run, selection, rootValue, undefined);
    if (!isPromise(data)) return toResult(run, data);
    return Promise.resolve(data).then(
      (whole) => toResult(run, whole),
      (error) => toNothing(run, error),
    );
  } catch (error) {
    return toNothing(run, error);
  }
}

/** Where the root itself may not be null. What comes here is an error of graphql's: of a field that was located, or of a condition. */
function toNothing(run: Run, error: unknown): ExecutionResult {
  note(run.failures, error as GraphQLError, undefined);
  return toResult(run, null);
}

function toResult({ failures: { errors } }: Run, data: unknown): ExecutionResult {
  // An answer's data is an object or null.
  const known = data as Record<string, unknown> | null;
  return errors.length === 0 ? { data: known } : { errors, data: known };
}
