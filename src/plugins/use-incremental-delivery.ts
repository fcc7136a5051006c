import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import {
  type DirectiveNode,
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  Kind,
  type ValidationRule,
  valueFromASTUntyped,
  visit,
} from 'graphql';
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
    onExecute: ({ args, setResultAndStopExecution }) => {
      const refusal = faultyStream(args);
      if (refusal !== null) return setResultAndStopExecution({ errors: [refusal] });
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

const streams = new WeakMap<DocumentNode, readonly DirectiveNode[]>();

function streamsIn(document: DocumentNode): readonly DirectiveNode[] {
  const known = streams.get(document);
  if (known !== undefined) return known;
  const found: DirectiveNode[] = [];
  visit(document, { [Kind.DIRECTIVE]: (node) => void (node.name.value === 'stream' && found.push(node)) });
  streams.set(document, found);
  return found;
}

/** What a list is to begin with is looked at by the executor only when the list is there, and what is wrong then ends the whole operation. */
function faultyStream({ document, variableValues }: ExecutionArgs): GraphQLError | null {
  const isFaulty = ({ arguments: given = [] }: DirectiveNode): boolean =>
    given.some(({ name, value }) => {
      if (name.value !== 'initialCount') return false;
      const count = value.kind === Kind.VARIABLE ? variableOf(value.name.value) : valueFromASTUntyped(value);
      return count === null || (typeof count === 'number' && count < 0);
    });
  const variableOf = (name: string): unknown => {
    const given: unknown = variableValues?.[name];
    if (given !== undefined) return given;
    const usual = document.definitions
      .flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? (each.variableDefinitions ?? []) : []))
      .find(({ variable }) => variable.name.value === name)?.defaultValue;
    return usual && valueFromASTUntyped(usual);
  };
  const nodes = streamsIn(document).filter(isFaulty);
  if (nodes.length === 0) return null;
  return new GraphQLError('The initialCount of @stream must be 0 or more.', { nodes, extensions: { code: 'BAD_USER_INPUT' } });
}

/** Anything else that takes everything, such as a script, would not know what to do with parts. */
const readsParts = ({ headers }: Request): boolean => /(^|[\s,])multipart\/mixed\b/i.test(headers.get('accept') ?? '');

const pieces = new WeakMap<DocumentNode, DocumentNode>();

function inOnePiece(document: DocumentNode): DocumentNode {
  const known = pieces.get(document);
  if (known !== undefined) return known;
  const whole = visit(document, {
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
