import { GraphQLError } from 'graphql';
import { ForbiddenError, InputError, SourceError } from '../errors.ts';

/** What a client may see of an error: a code, a fixed sentence, where it happened, and what to do about it. */
export function toClientError(error: unknown): GraphQLError {
  if (!(error instanceof GraphQLError)) return unexpected();
  const cause = error.originalError;
  if (error.extensions.originalError !== undefined) return unreadable();
  // Made by graphql itself, by yoga or by us as a GraphQLError: a sentence about the client's own document.
  if (cause === undefined || cause === null || isOfClient(error, cause)) return error;
  return new GraphQLError(describe(cause).message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    path: error.path,
    extensions: describe(cause).extensions,
  });
}

/** True for what nobody foresaw: our bug, to be logged whole. */
export function isUnexpected(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return true;
  const cause = error.originalError;
  return (
    cause != null &&
    !(isOfClient(error, cause) || cause instanceof SourceError || cause instanceof InputError || cause instanceof ForbiddenError)
  );
}

/**
 * Of what failed in a field only what is said on purpose, by a code, or about an argument. All else that graphql says there is of a value that
 * does not fit its type, which a client has no part in and must not read.
 */
function isOfClient({ path }: GraphQLError, cause: Error): boolean {
  if (!(cause instanceof GraphQLError)) return false;
  return path === undefined || cause.extensions.code !== undefined || /^Argument "\w+" /.test(cause.message);
}

/** A bug as it is logged. Of a value that does not fit its type no more than that: graphql's sentence quotes it, and the stack the sentence. */
export function describeBug(bug: Error): { name: string; message: string; stack: string | undefined } {
  const { name, message, stack } = bug;
  // Graphql's own is thrown by the one executor as it is, and by the other as a plain error with the same sentence.
  if (bug instanceof GraphQLError || quotesValue.test(message))
    return { name, message: 'A value does not fit the type of its field.', stack: undefined };
  return { name, message, stack };
}

/** How leaf types say that they refuse a value, ours and graphql's. */
const quotesValue = /^(\w+|Enum "\w+") cannot (represent|be serialized) |^Value is not |^Expected `\w+\.serialize\(/;

export function describe(cause: Error): { message: string; extensions: { code: string } & Record<string, unknown> } {
  if (cause instanceof SourceError) {
    const { code, source, retryable, retryAfter } = cause;
    return {
      message: cause.message,
      extensions: { code, source, retryable, ...(retryAfter === undefined ? {} : { retryAfter }) },
    };
  }
  if (cause instanceof InputError) return { message: cause.message, extensions: { code: 'BAD_USER_INPUT' } };
  if (cause instanceof ForbiddenError) {
    return { message: cause.message, extensions: { code: 'FORBIDDEN', source: cause.source, scope: cause.scope } };
  }
  return { message: unexpected().message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Yoga puts the parser's own error there, which quotes the body: passwords, keys and all. */
function unreadable(): GraphQLError {
  // Not marked as of the HTTP specification: without the parser's error beside it yoga would make a 200 of that.
  return new GraphQLError('The body is not valid JSON.', { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

function unexpected(): GraphQLError {
  return new GraphQLError('Unexpected error.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}
