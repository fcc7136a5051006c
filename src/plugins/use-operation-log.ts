import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Caller } from '../access/caller.ts';
import { SourceError } from '../errors.ts';
import { isUnexpected } from '../graph/client-errors.ts';

/** One line for each operation: its name, whose it was, how long it took, the codes of what failed. Never its text or variables. */
export function useOperationLog(log: Logger): Plugin<{ readonly caller: Caller }> {
  return {
    onExecute: ({ args }) => {
      const started = performance.now();
      return {
        onExecuteDone: ({ result }) => {
          const write = (errors: readonly GraphQLError[]): void => {
            const failures = describeFailures(errors, log);
            const { kind, name } = args.contextValue.caller;
            const ms = Math.round(performance.now() - started);
            log.info({ operation: args.operationName ?? null, caller: { kind, name }, ms, ...failures }, 'operation');
          };
          if (!(Symbol.asyncIterator in result)) return write(result.errors ?? []);
          const errors: GraphQLError[] = [];
          return {
            onNext: ({ result: part }) => void errors.push(...errorsIn(part)),
            onEnd: () => write(errors),
          };
        },
      };
    },
  };
}

/** Of one part of an answer that comes in several. */
const errorsIn = ({ errors = [], incremental = [] }: ExecutionResult & Later): readonly GraphQLError[] => [
  ...errors,
  ...incremental.flatMap((later) => later.errors ?? []),
];

interface Later {
  readonly incremental?: readonly { readonly errors?: readonly GraphQLError[] }[];
}

function describeFailures(failed: readonly GraphQLError[], log: Logger): { errors?: Record<string, number> } {
  const errors: Record<string, number> = {};
  for (const error of failed) {
    const cause = error.originalError;
    const code = cause instanceof SourceError ? `${cause.source}: ${cause.code}` : String(error.extensions.code ?? 'INVALID');
    errors[code] = (errors[code] ?? 0) + 1;
    if (isUnexpected(error)) log.error({ path: error.path, err: describeBug(cause ?? error) }, 'unexpected error');
    else if (cause instanceof SourceError)
      log.debug({ source: cause.source, code: cause.code, reason: reasonOf(cause) }, 'source error');
  }
  return Object.keys(errors).length === 0 ? {} : { errors };
}

const describeBug = (error: Error): { name: string; message: string; stack: string | undefined } => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
});

/** Network libraries put addresses into their messages; their codes say enough. */
function reasonOf({ cause }: SourceError): string | null {
  if (!(cause instanceof Error)) return null;
  return 'code' in cause ? String(cause.code) : cause instanceof GraphQLError ? null : cause.name;
}
