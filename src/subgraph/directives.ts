import { makeDirectiveNode } from '@graphql-tools/utils';
import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { pageLimits } from '../graph/list-window.ts';
import { scopeOfField } from '../graph/scope-notes.ts';
import type { FieldHints } from '../graph/selection.ts';
import { entityTypes } from './entity-types.ts';
import type { SdlOptions } from './sdl.ts';

type Field = GraphQLField<unknown, unknown>;

/** The first version with `@cost` and `@listSize`. */
export const specification = 'https://specs.apollo.dev/federation/v2.9';

const known = ['cost', 'key', 'listSize', 'requiresScopes', 'shareable', 'tag'] as const;

export const imported = ({ scopes }: SdlOptions): readonly string[] =>
  known.filter((name) => scopes || name !== 'requiresScopes');

/**
 * Types that hold numbers and nothing to be asked further: another subgraph may answer with them as well. `PageInfo` is in everybody's
 * graph; the others are what a subgraph about kudos or statistics would want to speak in.
 */
const shared: ReadonlySet<string> = new Set(['PageInfo', 'KudosDetails', 'Records', 'ThingRecords', 'AmountRecords']);

export function directivesOfType(type: GraphQLObjectType, graph: GraphQLSchema): ConstDirectiveNode[] {
  return [
    ...(entityTypes(graph).includes(type) ? [directive('key', { fields: 'id' })] : []),
    ...(shared.has(type.name) ? [directive('shareable')] : []),
  ];
}

export function directivesOfField(
  field: Field,
  parent: GraphQLObjectType,
  graph: GraphQLSchema,
  options: SdlOptions,
): ConstDirectiveNode[] {
  // Extensions hold what `fromFacet` and its neighbours put there.
  const hints = field.extensions as FieldHints;
  return [...bounding(field, hints), ...guarding(hints, parent === graph.getMutationType(), options)];
}

/** How long a list may become, and what asking costs beyond the usual one for each object. */
function bounding(field: Field, { upTo, readsEach, asksStatus }: FieldHints): ConstDirectiveNode[] {
  const cost = readsEach === undefined ? (asksStatus ? 1 : undefined) : upTo;
  return [
    ...(cost === undefined ? [] : [directive('cost', { weight: cost })]),
    ...(upTo === undefined || !isList(field) ? [] : [directive('listSize', { assumedSize: upTo })]),
    ...paging(field),
  ];
}

function paging(field: Field): ConstDirectiveNode[] {
  const slicingArguments = field.args.map(({ name }) => name).filter((name) => name === 'first' || name === 'last');
  const type = getNamedType(field.type);
  const sizedFields = isObjectType(type) ? ['edges', 'users'].filter((name) => Object.hasOwn(type.getFields(), name)) : [];
  if (slicingArguments.length === 0 || sizedFields.length === 0) return [];
  const sizes = { assumedSize: pageLimits.default, slicingArguments, sizedFields, requireOneSlicingArgument: false };
  return [directive('listSize', sizes)];
}

/**
 * What a contract may leave out, and what a router may refuse by itself before Rollcall decides. Facts under `read` are left to Rollcall alone: some sources show them to
 * anybody, and whether a caller without a token may see the rest is said in the configuration.
 */
function guarding(hints: FieldHints, writes: boolean, { scopes }: SdlOptions): ConstDirectiveNode[] {
  const scope = scopeOfField(hints) ?? (writes ? 'write' : 'read');
  if (scope === 'read') return [];
  return [
    ...(scopes ? [directive('requiresScopes', { scopes: [[scope]] })] : []),
    directive('tag', { name: scope.replace(':', '-') }),
  ];
}

const isList = ({ type }: Field): boolean => isListType(getNullableType(type));

const directive = (name: (typeof known)[number], args: Record<string, unknown> = {}): ConstDirectiveNode =>
  // Its arguments are values and never variables.
  makeDirectiveNode(name, args) as ConstDirectiveNode;
