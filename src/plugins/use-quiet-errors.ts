import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Takes the suggestions out of errors about documents and variables, which would tell the schema piece by piece to somebody who may
 * not ask for it.
 */
export function useQuietErrors(): Plugin {
  return {
    onValidate:
      () =>
      ({ result, setResult }) => {
        // Validation yields GraphQLErrors and nothing else.
        const errors = result as readonly GraphQLError[];
        if (errors.some(suggests)) setResult(errors.map(withoutSuggestion));
      },
    onExecute: () => ({
      onExecuteDone: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result || result.errors === undefined) return;
        // Where a field failed there is a path, and the sentence is one of ours.
        if (result.errors.some((error) => error.path === undefined && suggests(error)))
          setResult({
            ...result,
            errors: result.errors.map((error) => (error.path === undefined ? withoutSuggestion(error) : error)),
          });
      },
    }),
  };
}

const suggestion = / Did you mean .*$/s;

const suggests = ({ message }: GraphQLError): boolean => suggestion.test(message);

function withoutSuggestion(error: GraphQLError): GraphQLError {
  const message = error.message.replace(suggestion, '');
  return new GraphQLError(message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    extensions: error.extensions,
  });
}
