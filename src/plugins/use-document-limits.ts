import { type DocumentNode, GraphQLError, MaxIntrospectionDepthRule, NoSchemaIntrospectionCustomRule, parse } from 'graphql';
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
      if (excess !== null) return setResult([new GraphQLError(excess, { extensions: { code: 'OPERATION_TOO_COSTLY' } })]);
      addValidationRule(MaxIntrospectionDepthRule);
      if (!limits.introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}

/** What is too much of it, in a sentence. */
function excessOf(document: DocumentNode, { maxAliases, maxDepth, maxDirectives }: Limits): string | null {
  const { aliases, depth, directives, repeats } = measureDocument(document);
  if (depth > maxDepth) return `The operation is ${depth} fields deep; at most ${maxDepth} are allowed.`;
  if (aliases > maxAliases) return `The document has ${aliases} aliases; at most ${maxAliases} are allowed.`;
  if (directives > maxDirectives) return `The document has ${directives} directives; at most ${maxDirectives} are allowed.`;
  if (repeats > mostRepeats) return 'The document asks for the same field too many times in one place; once is enough.';
  return null;
}
