import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Leaving, leavingOf } from '../edge/leaving.ts';
import type { Turn, Turns } from '../edge/turns.ts';
import type { Context } from '../graph/context.ts';
import type { Costs } from './use-operation-cost.ts';

interface Settings {
  readonly maxConcurrentOperations: number;
  readonly operationDeadlineMs: number;
}

interface Asking {
  readonly request: Leaving;
}

/**
 * Bounds how many operations there are at once; more are refused, first those of who has a crowd waiting. Those that are there begin
 * as fast as the process gets on with them, callers by turns.
 */
export function useLoadLimits(settings: Settings, costs: Pick<Costs, 'pointsOf'>, turns: Turns): Plugin<Context> {
  const { maxConcurrentOperations, operationDeadlineMs } = settings;
  let running = 0;

  const untilOf = ({ request }: Asking): number =>
    'waiting' in request ? request.waiting.until() : performance.now() + operationDeadlineMs;

  return {
    onExecute: ({ executeFn, setExecuteFn, args: { contextValue: context } }) => {
      // Around the execution itself: what runs after it is not told of one that ended because its client left.
      setExecuteFn(async (args: ExecutionArgs) => {
        const { lane } = context;
        if (running >= maxConcurrentOperations && !turns.makeRoom(lane)) return { errors: [busy()] };
        running += 1;
        const end = once(() => {
          running -= 1;
        });
        try {
          const turn = turns.wait({ lane, weight: costs.pointsOf(context), until: untilOf(context) });
          if (turn !== undefined && !(await hasCome(turn, context))) {
            end();
            return { errors: [busy()] };
          }
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

/** False for who had to make room for others. Rejects as soon as the client leaves: nobody is there to be answered. */
async function hasCome(turn: Turn, { request }: Asking): Promise<boolean> {
  const signal = leavingOf(request);
  const left = Promise.withResolvers<never>();
  const leave = (): void => {
    turn.leave();
    left.reject(signal.reason);
  };
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([turn.come, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
