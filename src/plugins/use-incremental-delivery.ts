import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { type DocumentNode, GraphQLError, Kind, type ValidationRule, visit } from 'graphql';
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
  return {
    onValidate: ({ params, setResult, addValidationRule }) => {
      const refusal = tooManyParts(params.documentAST);
      if (refusal !== null) return setResult([refusal]);
      for (const rule of deliveryRules()) addValidationRule(rule);
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

/**
 * What may be written about `@defer` and `@stream`: the library's rules, but for its own about overlapping fields. graphql's of that
 * name stays, which has been hardened against hostile documents.
 */
export function deliveryRules(): ValidationRule[] {
  const rules: ValidationRule[] = [];
  const collecting = { params: {}, addValidationRule: (rule: ValidationRule) => rules.push(rule) };
  // It looks at nothing else of what a server would hand it.
  useDeferStream().onValidate?.(collecting as never);
  return rules.filter(({ name }) => name !== 'OverlappingFieldsCanBeMergedRule');
}

/** More than any page waits for by itself. */
const mostParts = 100;

/** The refusal of an operation in more parts than that. */
export function tooManyParts(document: DocumentNode): GraphQLError | null {
  const cost = countLaterParts(document);
  if (cost <= mostParts) return null;
  return new GraphQLError(`An operation may have ${mostParts} deferred fragments at most, each counted wherever it is spread.`, {
    extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'parts', cost, allowed: mostParts },
  });
}

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
