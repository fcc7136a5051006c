import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError } from 'graphql';
import { executeCompiled } from '../../src/execution/executing.ts';

interface Told {
  /** As it would be sent. */
  readonly text: string;
  readonly atOnce: boolean;
  readonly errors: readonly unknown[];
}

/** What graphql's own makes of an operation, and what ours makes of it. */
export async function byBoth(args: ExecutionArgs): Promise<{ readonly graphql: Told; readonly compiled: Told }> {
  return { graphql: await tell(execute(args)), compiled: await tell(executeCompiled(args)) };
}

async function tell(result: ReturnType<typeof execute>): Promise<Told> {
  const atOnce = !(result instanceof Promise);
  const { errors = [], ...rest }: ExecutionResult = await result;
  // After the answer nothing may change it any more.
  const text = JSON.stringify('data' in rest || errors.length > 0 ? await result : rest);
  return { text, atOnce, errors: errors.map(inside) };
}

/** What is not sent, but read by what masks and logs errors. */
const inside = ({ name, message, nodes, path, originalError, source, positions, extensions }: GraphQLError): unknown => ({
  ...{ name, message, path, extensions, positions, source: source?.body.length },
  nodes: nodes?.map(({ kind, loc }) => [kind, loc?.start]),
  originalError: originalError && [originalError.constructor.name, originalError.message],
});
