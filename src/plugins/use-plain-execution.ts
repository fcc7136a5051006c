import { type ExecutionArgs, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { leavingOf } from '../edge/leaving.ts';
import { executeCompiled } from '../execution/executing.ts';

/** Whether an execution need not look at its client again: what it asks of the sources ends by itself when nobody waits any more. */
export type EndsByItself = (request: object) => boolean;

/**
 * Queries that end by themselves, and whose answer comes whole, are executed by what was compiled for their document, which is the
 * quicker way. All others are stopped between two fields when their client leaves; that matters for mutations, which run one after
 * the other.
 */
export function usePlainExecution(endsByItself: EndsByItself): Plugin {
  return {
    onExecute: (payload) => {
      const { args, executeFn, setExecuteFn, context } = payload;
      const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
      if (!isQuery || !endsByItself(context.request)) return stopWithClient(payload);
      setExecuteFn((given: ExecutionArgs) => {
        const result = executeCompiled(given);
        // What is wrong with variables the other words as the rest of the server does. Nothing has run for it.
        return 'errors' in result && !('data' in result) ? executeFn(given) : result;
      });
    },
  };
}

/** Yoga's executor looks at a signal that graphql's arguments have no name for. */
const stopWithClient = ({ args, context }: Payload): void => void Object.assign(args, { signal: leavingOf(context.request) });

type Payload = Parameters<NonNullable<Plugin['onExecute']>>[0];
