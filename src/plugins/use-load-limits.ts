import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Leaving, leavingOf } from '../edge/leaving.ts';

/** Bounds how many operations run at once. More are refused at once, and nothing waits. */
export function useLoadLimits({ maxConcurrentOperations }: { readonly maxConcurrentOperations: number }): Plugin {
  let running = 0;
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      // Around the execution itself: what runs after it is not told of one that ended because its client left.
      setExecuteFn(async (args: ExecutionArgs) => {
        if (running >= maxConcurrentOperations) return { errors: [busy()] };
        running += 1;
        const end = once(() => {
          running -= 1;
        });
        try {
          const result: unknown = await executeFn(args);
          if (isInParts(result)) return untilEnded(result, end, signalOf(args));
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
function untilEnded<Part>(
  parts: AsyncIterable<Part>,
  end: () => void,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<Part> {
  const iterator = parts[Symbol.asyncIterator]();
  const finish = (): void => {
    signal?.removeEventListener('abort', finish);
    end();
  };
  signal?.addEventListener('abort', finish, { once: true });
  if (signal?.aborted === true) finish();
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

/** Yoga puts the request into every context. */
const signalOf = ({ contextValue }: ExecutionArgs): AbortSignal | undefined => {
  const { request } = contextValue as { readonly request?: Leaving };
  return request && leavingOf(request);
};

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
