import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isDeeperThan } from '../edge/nesting.ts';

/** Deeper than any input or setting. What works through values by recursion would run out of stack far below what a body can hold. */
export const deepest = 64;

/** Refuses values that are nested without end, and gives what is wrong with variables the code that other input has. */
export function useVariableLimits(): Plugin {
  return {
    onParams: ({ params }) => {
      for (const part of [params.variables, params.extensions]) if (isDeeperThan(part, deepest)) throw tooDeep();
    },
    onExecute: () => ({
      onExecuteDone: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result || result.errors === undefined) return;
        if (result.errors.some(isAboutVariables)) {
          setResult({ ...result, errors: result.errors.map((error) => (isAboutVariables(error) ? withCode(error) : error)) });
        }
      },
    }),
  };
}

const tooDeep = (): GraphQLError =>
  new GraphQLError(`Values may be nested ${deepest} levels deep at most.`, {
    extensions: { code: 'BAD_REQUEST', http: { spec: true, status: 400 } },
  });

/** GraphQL's own, about a value before anything ran: it has no path, and no code yet. */
const isAboutVariables = ({ path, extensions, message }: GraphQLError): boolean =>
  path === undefined && extensions.code === undefined && message.startsWith('Variable "$');

const withCode = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
