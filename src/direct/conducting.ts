import { normalizedExecutor } from '@graphql-tools/executor';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { toClientError } from '../graph/client-errors.ts';
import type { Context } from '../graph/context.ts';

/** Executes an operation whose answer comes whole. Rejects where execution itself fails, and not a field. */
export type Conduct = (args: Asked) => Promise<ExecutionResult>;

type Asked = ExecutionArgs & { contextValue: Context };
/** As much of a plugin as has to do with executions. */
export type Around = Pick<Plugin<Context>, 'onExecute'>;
type OnExecute = NonNullable<Plugin<Context>['onExecute']>;
type Payload = Parameters<OnExecute>[0];
type Ending = Extract<Awaited<ReturnType<OnExecute>>, object>;
type Whole = ExecutionResult | AsyncIterable<unknown>;

/**
 * Does around an execution what these plugins do around one of Yoga's, in the same order and with errors masked last. What Yoga makes
 * for that is made for any plugin: what is told to each of ours is one object here, and only those are waited for that take their time.
 */
export function conductorOf(plugins: readonly Around[]): Conduct {
  const hooks = plugins.flatMap(({ onExecute }) => onExecute ?? []);

  async function end(args: Payload['args'], first: Whole, endings: readonly Ending[]): Promise<Whole> {
    let result = first;
    const setResult = (other: Whole): void => {
      result = other;
    };
    for (const { onExecuteDone } of endings) {
      // Hooks look for themselves whether it comes in parts, which their type does not say.
      const ended = onExecuteDone?.({ args, result: result as ExecutionResult, setResult });
      if (ended instanceof Promise) await ended;
    }
    return result;
  }

  return async (args) => {
    let stoppedWith: Whole | undefined;
    // In the place of a `Request` stands as much of one as plugins look at.
    const told = args as Payload['args'];
    const payload: Payload = {
      args: told,
      context: told.contextValue,
      executeFn: normalizedExecutor,
      setExecuteFn: (execute) => {
        payload.executeFn = execute;
      },
      setResultAndStopExecution: (result) => {
        stoppedWith = result;
      },
      extendContext: (extension) => void Object.assign(told.contextValue, extension),
    };
    const endings: Ending[] = [];
    let result: Whole;
    try {
      for (const hook of hooks) {
        const begun = hook(payload);
        const ending = begun instanceof Promise ? await begun : begun;
        if (ending) endings.push(ending);
        if (stoppedWith !== undefined) break;
      }
      result = await end(payload.args, stoppedWith ?? (await payload.executeFn(args)), endings);
    } finally {
      args.contextValue.close();
    }
    if (Symbol.asyncIterator in result) {
      await result[Symbol.asyncIterator]().return?.();
      throw new Error('the answer comes in parts, which nobody asked for');
    }
    return result.errors === undefined ? result : { ...result, errors: result.errors.map(toClientError) };
  };
}
