import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Caller } from '../access/caller.ts';
import { cameAt, hasLeft, isGone } from '../edge/leaving.ts';
import { SourceError } from '../errors.ts';
import { describeBug, isUnexpected, toClientError } from '../graph/client-errors.ts';

/** What failed in an operation: how often each code that its client is told, and `INVALID` for errors without one. */
export type Failures = Readonly<Record<string, number>>;

/** One line for each operation: its name, whose it was, how long it took, the codes of what failed. Never its text or variables. */
export interface OperationLog {
  readonly plugin: Plugin<{ readonly caller: Caller }>;
  /** For an operation that is not executed itself. */
  note(operation: Noted, failures: Failures): void;
  /** What failed in the operation of this context; nothing while it is under way. */
  failuresOf(context: object): Failures;
}

export interface Noted {
  readonly name: string | null;
  readonly caller: Caller;
  /** By `performance.now()`. */
  readonly started: number;
  /** Whether it was given the answer to another one like it. */
  readonly shared: boolean;
}

export function useOperationLog(log: Logger): OperationLog {
  const failed = new WeakMap<object, Failures>();
  const note = ({ name, caller: { kind, name: who }, started, shared }: Noted, failures: Failures): void => {
    const ms = Math.round(performance.now() - started);
    const told = { operation: name, caller: { kind, name: who }, ms, shared: shared ? true : undefined };
    log.info(Object.keys(failures).length === 0 ? told : { ...told, errors: failures }, 'operation');
  };
  return {
    plugin: {
      onExecute: ({ args }) => {
        const { request } = args.contextValue;
        const started = cameAt(request);
        return {
          onExecuteDone: ({ result }) => {
            const noteEnd = (errors: readonly GraphQLError[]): void => {
              // Whose clients have left asked for nothing any more, and its errors are of that.
              if (hasLeft(request) || errors.some(isOfLeaving)) return;
              const failures = countFailures(errors, log);
              if (errors.length > 0) failed.set(args.contextValue, failures);
              // Others are given the answer for which this one did not wait.
              if (!isGone(request))
                note({ name: args.operationName ?? null, caller: args.contextValue.caller, started, shared: false }, failures);
            };
            if (!(Symbol.asyncIterator in result)) return noteEnd(result.errors ?? []);
            const errors: GraphQLError[] = [];
            return {
              onNext: ({ result: part }) => void errors.push(...errorsIn(part)),
              onEnd: () => noteEnd(errors),
            };
          },
        };
      },
    },
    note,
    failuresOf: (context) => failed.get(context) ?? {},
  };
}

/** Behind Yoga the request may be told of it last. Where the time was up the error has another name. */
const isOfLeaving = ({ originalError }: GraphQLError): boolean => originalError?.name === 'AbortError';

/** Of one part of an answer that comes in several. */
const errorsIn = ({ errors = [], incremental = [] }: ExecutionResult & Later): readonly GraphQLError[] => [
  ...errors,
  ...incremental.flatMap((later) => later.errors ?? []),
];

interface Later {
  readonly incremental?: readonly { readonly errors?: readonly GraphQLError[] }[];
}

function countFailures(failed: readonly GraphQLError[], log: Logger): Failures {
  const errors: Record<string, number> = {};
  for (const error of failed) {
    const cause = error.originalError;
    // The client's error is made later, when all else has looked at the answer.
    const { code = 'INVALID' } = toClientError(error).extensions;
    const counted = cause instanceof SourceError ? `${cause.source}: ${code}` : String(code);
    errors[counted] = (errors[counted] ?? 0) + 1;
    if (isUnexpected(error)) log.error({ path: error.path, err: describeBug(cause ?? error) }, 'unexpected error');
    else if (cause instanceof SourceError)
      log.debug({ source: cause.source, code: cause.code, reason: reasonOf(cause) }, 'source error');
  }
  return errors;
}

/** Network libraries put addresses into their messages; their codes say enough. */
function reasonOf({ cause }: SourceError): string | null {
  if (!(cause instanceof Error)) return null;
  return 'code' in cause ? String(cause.code) : cause instanceof GraphQLError ? null : cause.name;
}
