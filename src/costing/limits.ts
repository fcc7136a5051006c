import { GraphQLError } from 'graphql';
import type { OperationCost, Share } from './bill.ts';
import { mostFields } from './weighing.ts';

export interface CostLimits {
  readonly maxCalls: number;
  readonly maxRows: number;
}

/** Why an operation is refused; null when it is not. */
export function tooCostly(cost: OperationCost, { maxCalls, maxRows }: CostLimits): GraphQLError | null {
  if (cost.calls > maxCalls) return refusal('maxCalls', 'requests to the sources', cost.calls, maxCalls, cost.mostCalls);
  if (cost.rows > maxRows) return refusal('maxRows', 'rows', cost.rows, maxRows, cost.mostRows);
  return null;
}

/** For an operation that was too wide to be weighed. */
export function tooWide(): GraphQLError {
  return new GraphQLError(
    `The operation comes to more than ${format(mostFields)} fields, fragments counted where they are spread.`,
    {
      extensions: { code, limit: 'fields', allowed: mostFields, http: { spec: true, status: 400 } },
    },
  );
}

function refusal(limit: keyof CostLimits, what: string, cost: number, allowed: number, driver: Share | null): GraphQLError {
  const blame = driver === null ? '' : ` ${format(driver.amount)} of them are for ${driver.path}.`;
  const message = `The operation may cost ${format(cost)} ${what}; at most ${format(allowed)} are allowed.${blame} Ask for fewer at once.`;
  return new GraphQLError(message, {
    extensions: {
      code,
      limit,
      cost,
      allowed,
      ...(driver === null ? {} : { drivenBy: { path: driver.path, cost: driver.amount } }),
      // Refused like a document that is not valid: before execution.
      http: { spec: true, status: 400 },
    },
  });
}

const code = 'OPERATION_TOO_COSTLY';

const format = (count: number): string => count.toLocaleString('en-US');
