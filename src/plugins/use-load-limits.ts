import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { hasLeft, type Leaving, leavingOf } from '../edge/leaving.ts';
import { createTurns } from '../edge/turns.ts';
import type { Context } from '../graph/context.ts';
import type { Costs } from './use-operation-cost.ts';

/**
 * Bounds how many operations there are at once; more are refused. Those that are there begin as fast as the process gets on with
 * them, callers by turns.
 */
export function useLoadLimits(
  { maxConcurrentOperations }: { readonly maxConcurrentOperations: number },
  costs: Pick<Costs, 'pointsOf'>,
  turns = createTurns({ most: 16, longMs: 2, patienceMs: 100 }),
): Plugin<Context> {
  let running = 0;
  return {
    onExecute: ({ executeFn, setExecuteFn, args: { contextValue: context } }) => {
      // Around the execution itself: what runs after it is not told of one that ended because its client left.
      setExecuteFn(async (args: ExecutionArgs) => {
        if (running >= maxConcurrentOperations) return { errors: [busy()] };
        running += 1;
        const end = once(() => {
          running -= 1;
        });
        try {
          const turn = turns.wait(laneOf(context), costs.pointsOf(context));
          if (turn !== undefined) await turnOf(context, turn);
          const result: unknown = await executeFn(args);
          if (isInParts(result)) return untilEnded(result, end, leavingOf(context.request));
          end();
          return result;
        } catch (error) {
          end();
          throw error;
        }
      });
    },
  };
}

const busy = (): GraphQLError =>
  new GraphQLError('The server is busy. Ask again in a moment.', {
    extensions: { code: 'SERVER_BUSY', retryAfter: 1, http: { status: 503, headers: { 'retry-after': '1' } } },
  });

const isInParts = (result: unknown): result is AsyncIterable<unknown> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/** A client that leaves may be noticed by the request only: nobody asks for the next part any more. */
function untilEnded<Part>(parts: AsyncIterable<Part>, end: () => void, signal: AbortSignal): AsyncIterableIterator<Part> {
  const iterator = parts[Symbol.asyncIterator]();
  const finish = (): void => {
    signal.removeEventListener('abort', finish);
    end();
  };
  signal.addEventListener('abort', finish, { once: true });
  if (signal.aborted) finish();
  const counted = async (step: Promise<IteratorResult<Part>>): Promise<IteratorResult<Part>> => {
    try {
      const result = await step;
      if (result.done === true) finish();
      return result;
    } catch (error) {
      finish();
      throw error;
    }
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => counted(iterator.next()),
    return: () => counted(iterator.return?.() ?? ended()),
    throw: (error: unknown) => counted(iterator.throw?.(error) ?? Promise.reject(error)),
  };
}

const ended = async (): Promise<IteratorReturnResult<undefined>> => ({ done: true, value: undefined });

const laneOf = ({ caller: { kind, name } }: Context): string => `${kind} ${name}`;

/** Rejects for a client that has left meanwhile: nobody is there to be answered. */
async function turnOf({ request }: { readonly request: Leaving }, turn: Promise<void>): Promise<void> {
  await turn;
  if (hasLeft(request)) leavingOf(request).throwIfAborted();
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
