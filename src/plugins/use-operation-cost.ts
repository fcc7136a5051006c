import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { OperationCost } from '../costing/bill.ts';
import { type CostLimits, tooCostly, tooWide } from '../costing/limits.ts';
import { outOfPages, outOfQuota, shortages } from '../costing/quota.ts';
import { createCostMemory } from '../costing/remembering.ts';
import { TooManyFields } from '../costing/weighing.ts';
import { createNotes } from '../edge/notes.ts';
import type { Context } from '../graph/context.ts';

/** What the operations that are under way may cost, by their context. */
export interface Costs {
  /** Weighs every operation before anything of it runs. */
  readonly weighing: Plugin<Context>;
  /** Refuses those that may cost too much. */
  readonly refusing: Plugin<Context>;
  /** For the rate limit. */
  pointsOf(context: object): number;
}

/** What has been weighed and refused was work, too, but nothing for a source. */
const pointsOfRefused = 20;

export interface CostOptions extends CostLimits {
  readonly operationDeadlineMs: number;
  /**
   * Whether an operation may be answered without asking: then it is not refused where a quota is too small for it. Of lists it shows
   * what is kept, and begins no window that it could not read to its end.
   */
  readonly answersAreKept?: boolean;
}

export function useOperationCost(limits: CostOptions): Costs {
  const costs = createNotes<OperationCost>('cost');
  const refusals = createNotes<GraphQLError>('refusal for its cost');
  const memory = createCostMemory();
  const withoutQuota = (cost: OperationCost, context: Context): GraphQLError | null => {
    const short = shortages(cost, context, limits.operationDeadlineMs);
    if (limits.answersAreKept !== true) return short[0] === undefined ? null : outOfQuota(short[0]);
    for (const each of short) if (each.pagesWaitMs > 0) context.spareLists(each.source, outOfPages(each));
    return null;
  };

  return {
    weighing: {
      onExecute: ({ args: { schema, document, operationName, variableValues, contextValue: context } }) => {
        try {
          const cost = memory.costOf({ schema, document, operationName, variables: variableValues ?? {}, context });
          const refusal = cost && (tooCostly(cost, limits) ?? withoutQuota(cost, context));
          if (refusal !== null) refusals.note(context, refusal);
          else if (cost !== null) costs.note(context, cost);
        } catch (error) {
          if (!(error instanceof TooManyFields)) throw error;
          refusals.note(context, tooWide());
        }
      },
    },
    refusing: {
      onExecute: ({ args, setResultAndStopExecution }) => {
        const refusal = refusals.of(args.contextValue);
        if (refusal !== undefined) setResultAndStopExecution({ errors: [refusal] });
      },
    },
    pointsOf: (context) => (refusals.of(context) === undefined ? Math.max(1, costs.of(context)?.calls ?? 0) : pointsOfRefused),
  };
}
