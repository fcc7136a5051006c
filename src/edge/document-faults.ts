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

/** Some literals are found not to fit only when their variables are known. */
export function withoutArgument(error: GraphQLError): GraphQLError {
  const [, name] = /^Argument "(\w+)" has invalid value /.exec(error.message) ?? [];
  return name === undefined || error.originalError != null ? error : retold(error, `Argument "${name}" has an invalid value.`);
}

function retold(error: GraphQLError, message: string): GraphQLError {
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, {
    ...(nodes === undefined ? {} : { nodes }),
    ...(source === undefined ? {} : { source }),
    ...(positions === undefined ? {} : { positions }),
    ...(path === undefined ? {} : { path }),
    extensions,
  });
}
