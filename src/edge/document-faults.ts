import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isValueNode,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isAboutNames } from './variable-faults.ts';

/** What is wrong with a document that cannot be read: where, and which sort of word stands there, but not the word. */
export function withoutWord(error: GraphQLError): GraphQLError {
  const message = error.message
    .replace(/\b(Name|Int|Float|String|BlockString) ".*"\.$/s, '$1.')
    .replace(/escape sequence: ".*"\.$/s, 'escape sequence.');
  return message === error.message ? error : retold(error, message);
}

/** What is wrong with a literal: which type is expected in its place, but not what stands there. */
export function withoutLiteral(error: GraphQLError, schema: GraphQLSchema, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node === undefined || !isValueNode(node) || node.kind === Kind.VARIABLE || isAboutNames(error.message)) return error;
  const typeInfo = new TypeInfo(schema);
  let type: unknown;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      enter: (visited) => {
        if (visited === node) type = typeInfo.getInputType();
      },
    }),
  );
  return retold(error, type == null ? 'This value does not fit here.' : `Expected value of type "${type}".`);
}

/** Some arguments are found not to fit only when their variables are known: a null where there must be none, for instance. */
export function withoutArgument(error: GraphQLError): GraphQLError {
  const [, name, fault] = /^Argument "(\w+)" (has invalid value |of (?:non-null|required) type )/.exec(error.message) ?? [];
  // Where a field has been refused for it, graphql has put its own error into one with the field's path.
  const isGraphqls = error.originalError == null || error.originalError instanceof GraphQLError;
  if (name === undefined || !isGraphqls) return error;
  const quotes = fault === 'has invalid value ';
  const message = quotes ? `Argument "${name}" has an invalid value.` : error.message;
  return retold(error, message, { ...error.extensions, code: 'BAD_USER_INPUT' });
}

function retold(error: GraphQLError, message: string, extensions = error.extensions): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    ...(nodes === undefined ? {} : { nodes }),
    ...(source === undefined ? {} : { source }),
    ...(positions === undefined ? {} : { positions }),
    ...(path === undefined ? {} : { path }),
    extensions,
  });
}
