import { collectFields } from '@graphql-tools/utils';
import {
  assertValidSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { compileSelection, countCompiled } from './compiling.ts';
import type { Selection } from './fields.ts';
import type { Run } from './run.ts';

/** An operation of a document, and what was compiled for it. */
export interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** What is asked of the root. Null where it has been compiled for too many different conditions already. */
  select(run: Run): Selection | null;
}

interface Kept {
  readonly schema: GraphQLSchema;
  readonly plan: Plan | null;
}

/** By the names of operations. They live as long as their document, but see `mostFields`. */
let kept = new WeakMap<DocumentNode, Map<string, Kept>>();

/**
 * Fields of all documents together, about a kilobyte each. Where more were compiled all is forgotten and begun again, so that nobody
 * can fill the memory with documents in many variants.
 */
const mostFields = 50_000;
let forgottenAt = 0;

function forgetIfTooMany(): void {
  if (countCompiled() - forgottenAt <= mostFields) return;
  forgottenAt = countCompiled();
  kept = new WeakMap();
}

/**
 * Null for what is not compiled: whatever is no query, what comes in parts, what cannot be executed at all, and what nobody has asked
 * before, since compiling takes twice as long as executing once.
 */
export function planOf(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): Plan | null {
  forgetIfTooMany();
  const plans = kept.get(document);
  if (plans === undefined) {
    kept.set(document, new Map());
    return null;
  }
  const name = operationName ?? '';
  const known = plans.get(name);
  if (known?.schema === schema) return known.plan;
  const operation = getOperationAST(document, operationName);
  if (operation == null) return null;
  assertValidSchema(schema);
  const plan = compile(schema, document, operation);
  plans.set(name, { schema, plan });
  return plan;
}

/** Each is compiled by itself, and five conditions that hang on variables of their own come to so many. */
const mostVariants = 32;

function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Plan | null {
  const rootType = schema.getQueryType();
  const { conditions, comesInParts } = directivesIn(document);
  if (operation.operation !== 'query' || rootType == null || comesInParts) return null;
  const variants = new Map<string, Selection>();
  return {
    operation,
    fragments: fragmentsOf(document),
    select: (run) => {
      const variant = conditions.map((name) => String(run.variableValues[name])).join();
      const known = variants.get(variant);
      if (known !== undefined || variants.size >= mostVariants) return known ?? null;
      const selection = selectRoot(run, rootType);
      variants.set(variant, selection);
      return selection;
    },
  };
}

function selectRoot({ schema, fragments, variableValues, operation }: Run, rootType: GraphQLObjectType): Selection {
  const { fields } = collectFields(schema, fragments, variableValues, rootType, operation.selectionSet);
  return compileSelection(schema, rootType, fields);
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  return fragments;
}

/** Which variables decide what is left out; and whether anything is to come later than the rest. */
function directivesIn(document: DocumentNode): { readonly conditions: readonly string[]; readonly comesInParts: boolean } {
  const conditions = new Set<string>();
  let comesInParts = false;
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value === 'defer' || name.value === 'stream') comesInParts = true;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
    },
  });
  return { conditions: [...conditions], comesInParts };
}
