import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  MaxIntrospectionDepthRule,
  NoSchemaIntrospectionCustomRule,
  parse,
  type ValidationContext,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { measureDocument } from '../edge/document-size.ts';
import type { EdgeSettings } from '../edge/settings.ts';

type Limits = Pick<EdgeSettings, 'maxTokens' | 'maxDepth' | 'maxAliases' | 'maxDirectives'> & { readonly introspection: boolean };

/** More pairs of the same field in one place than any client writes, and few enough to be compared at once. */
const mostRepeats = 2_000;

/**
 * Refuses documents that are large or deep for their own sake, before anything of them runs. Their size is told before they are
 * validated, since validating is what a large one makes dear.
 */
export function useDocumentLimits(limits: Limits): Plugin {
  return {
    onParse: ({ setParseFn }) => {
      setParseFn((source: Parameters<typeof parse>[0], options?: Parameters<typeof parse>[1]) =>
        parse(source, { ...options, maxTokens: limits.maxTokens }),
      );
    },
    onValidate: ({ params, addValidationRule, setResult }) => {
      const excess = excessOf(params.documentAST, limits);
      if (excess !== null) {
        const { message, ...numbers } = excess;
        return setResult([new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_COSTLY', ...numbers } })]);
      }
      addValidationRule(MaxIntrospectionDepthRule);
      addValidationRule(knownOperations);
      if (!limits.introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}

interface Excess {
  readonly message: string;
  /** In the words of other refusals for what an operation costs. */
  readonly limit: string;
  readonly cost: number;
  readonly allowed: number;
}

/** What is too much of it. */
function excessOf(document: DocumentNode, { maxAliases, maxDepth, maxDirectives }: Limits): Excess | null {
  const { aliases, depth, directives, repeats } = measureDocument(document);
  const over = (limit: string, cost: number, allowed: number, message: string): Excess | null =>
    cost > allowed ? { message, limit, cost, allowed } : null;
  return (
    over('maxDepth', depth, maxDepth, `The operation is ${depth} fields deep; at most ${maxDepth} are allowed.`) ??
    over('maxAliases', aliases, maxAliases, `The document has ${aliases} aliases; at most ${maxAliases} are allowed.`) ??
    over(
      'maxDirectives',
      directives,
      maxDirectives,
      `The document has ${directives} directives; at most ${maxDirectives} are allowed.`,
    ) ??
    over('repeats', repeats, mostRepeats, 'The document asks for the same field too many times in one place; once is enough.')
  );
}

/** Graphql finds out only when it should execute one. */
function knownOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation) != null) return;
      context.reportError(new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }));
    },
  };
}
