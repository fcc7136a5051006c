import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { countLaterParts } from '../edge/later-parts.ts';
import { toClientError } from '../graph/client-errors.ts';

/** The parts of an answer that come after its beginning, each with errors of its own. */
interface LaterParts {
  readonly incremental?: readonly { readonly errors?: readonly GraphQLError[] }[];
}

/**
 * `@defer` and `@stream`, for clients that say they read `multipart/mixed`. For all others the directives are taken away, which both
 * allow: the answer comes whole.
 */
export function useIncrementalDelivery(): Plugin {
  const { onSchemaChange, onValidate } = useDeferStream();
  return {
    ...(onSchemaChange === undefined ? {} : { onSchemaChange }),
    // Its rules are added, but graphql's own about overlapping fields stays: that one has been hardened against hostile documents.
    onValidate: (payload) => {
      const parts = countLaterParts(payload.params.documentAST);
      if (parts > mostParts) return payload.setResult([tooManyParts()]);
      return onValidate?.({
        ...payload,
        params: { ...payload.params },
        addValidationRule: (rule) => {
          if (rule.name !== 'OverlappingFieldsCanBeMergedRule') payload.addValidationRule(rule);
        },
      });
    },
    onExecute: ({ args }) => {
      // Yoga puts the request into every context.
      const { request } = args.contextValue as { readonly request: Request };
      if (!readsParts(request)) args.document = inOnePiece(args.document);
      return {
        onExecuteDone: ({ result }) => {
          if (!(Symbol.asyncIterator in result)) return;
          return { onNext: ({ result: part, setResult }) => setResult(withClientErrors(part)) };
        },
      };
    },
  };
}

/** More than any page waits for by itself. */
const mostParts = 100;

const tooManyParts = (): GraphQLError =>
  new GraphQLError(`An operation may have ${mostParts} deferred fragments at most, each counted wherever it is spread.`, {
    extensions: { code: 'OPERATION_TOO_COSTLY' },
  });

/** Anything else that takes everything, such as a script, would not know what to do with parts. */
const readsParts = ({ headers }: Request): boolean => /(^|[\s,])multipart\/mixed\b/i.test(headers.get('accept') ?? '');

const pieces = new WeakMap<DocumentNode, DocumentNode>();

function inOnePiece(document: DocumentNode): DocumentNode {
  const whole =
    pieces.get(document) ??
    visit(document, {
      [Kind.DIRECTIVE]: ({ name }) => (name.value === 'defer' || name.value === 'stream' ? null : undefined),
    });
  pieces.set(document, whole);
  return whole;
}

/** What masks errors for the rest of an answer does not look into its parts. */
function withClientErrors<Part extends object>(part: Part & LaterParts): Part & LaterParts {
  const { incremental } = part;
  if (incremental === undefined) return part;
  return {
    ...part,
    incremental: incremental.map((each) =>
      each.errors === undefined ? each : { ...each, errors: each.errors.map(toClientError) },
    ),
  };
}
