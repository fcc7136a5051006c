import { type DocumentNode, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { withoutArgument, withoutLiteral, withoutWord } from '../edge/document-faults.ts';
import { findVariableFaults } from '../edge/variable-faults.ts';

/**
 * Keeps values out of errors about documents and variables. Graphql's own sentences quote what is at fault, and what clients send may
 * be a password, which would then stand in every log that errors go to. Told are the place and what is expected there.
 */
export function useDiscreetErrors(): Plugin {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        // It is the parser's error, or what the parser made of the document.
        if (result instanceof GraphQLError) replaceParseResult(withoutWord(result) as unknown as DocumentNode);
      },
    onValidate:
      ({ params }) =>
      ({ result, setResult }) => {
        // Validation yields GraphQLErrors and nothing else.
        const errors = result as readonly GraphQLError[];
        if (errors.length > 0) setResult(errors.map((error) => withoutLiteral(error, params.schema, params.documentAST)));
      },
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result || result.errors === undefined) return;
        const quoting = result.errors.find(quotesVariable);
        const others = result.errors.filter((error) => !quotesVariable(error)).map(withoutArgument);
        const { schema, document, operationName, variableValues } = args;
        const faults = quoting === undefined ? [] : findVariableFaults(schema, document, operationName, variableValues ?? {});
        // The code and the status that graphql's own would have had.
        setResult({ ...result, errors: [...faults.map((fault) => withExtensions(fault, quoting)), ...others] });
      },
    }),
  };
}

function withExtensions({ message, nodes }: GraphQLError, original: GraphQLError | undefined): GraphQLError {
  return new GraphQLError(message, {
    ...(nodes === undefined ? {} : { nodes }),
    ...(original === undefined ? {} : { extensions: original.extensions }),
  });
}

const quotesVariable = ({ path, message }: GraphQLError): boolean =>
  path === undefined && /^Variable "\$\w+" got invalid value /.test(message);
