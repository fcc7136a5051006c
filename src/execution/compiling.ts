import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { completing, type Select } from './completing.ts';
import type { Field, Selection } from './fields.ts';
import type { Site } from './run.ts';

/** Nodes by their names in the answer. */
type Collected = ReadonlyMap<string, readonly FieldNode[]>;

let compiled = 0;

/** How many fields have been compiled in this process. */
export const countCompiled = (): number => compiled;

/** What does not change from one execution to the next is found out here. Fields below are compiled when there is an object of their type. */
export function compileSelection(schema: GraphQLSchema, parentType: GraphQLObjectType, collected: Collected): Selection {
  const blank: [string, string | null][] = [];
  const fields: Field[] = [];
  for (const [key, nodes] of collected) {
    const [node] = nodes;
    const definition = node && definitionOf(schema, parentType, node.name.value);
    // A document that names other fields is not valid, and graphql passes over them.
    if (node === undefined || definition === undefined) continue;
    const isConstant = definition === TypeNameMetaFieldDef;
    blank.push([key, isConstant ? parentType.name : null]);
    if (!isConstant) fields.push(compileField({ key, nodes, parentType, definition }, node));
  }
  compiled += collected.size;
  // Of all ways to make an object, this one gives it the shape that copies best.
  return { blank: JSON.parse(JSON.stringify(Object.fromEntries(blank))), fields };
}

function compileField(site: Site, node: FieldNode): Field {
  const { type, resolve } = site.definition;
  const named = getNamedType(type);
  const typeAsks = isAbstractType(named) || (isObjectType(named) && named.isTypeOf !== undefined && named.isTypeOf !== null);
  const wantsInfo = typeAsks || (resolve !== undefined && takesInfo(resolve));
  return {
    ...site,
    node,
    isNonNull: isNonNullType(type),
    resolve: resolve ?? null,
    args: constantArgs(site.definition, node),
    wantsInfo,
    wantsPath: wantsInfo || !isLeafType(getNullableType(type)),
    complete: completing(type, site, selectBelow(site.nodes)),
  };
}

/** Four parameters, or a number that does not show. */
const takesInfo = ({ length }: { readonly length: number }): boolean => length === 0 || length > 3;

function selectBelow(nodes: readonly FieldNode[]): Select {
  const known = new Map<GraphQLObjectType, Selection>();
  return ({ schema, fragments, variableValues }, type) => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const { fields } = collectSubFields(schema, fragments, variableValues, type, [...nodes]);
    const selection = compileSelection(schema, type, fields);
    known.set(type, selection);
    return selection;
  };
}

function definitionOf(
  schema: GraphQLSchema,
  parentType: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const ofQuery = [SchemaMetaFieldDef, TypeMetaFieldDef].find((each) => each.name === name);
  return ofQuery !== undefined && parentType === schema.getQueryType() ? ofQuery : parentType.getFields()[name];
}

/** Shared by all executions, so nobody may change them. Null where they have to be made for each. */
function constantArgs(definition: GraphQLField<unknown, unknown>, node: FieldNode): Readonly<Record<string, unknown>> | null {
  if (node.arguments?.some(({ value }) => holdsVariable(value))) return null;
  try {
    const args = getArgumentValues(definition, node);
    // What has an inside could be changed there.
    return Object.values(args).some(hasInside) ? null : Object.freeze(args);
  } catch {
    // What is wrong with them is told where the field runs.
    return null;
  }
}

const hasInside = (value: unknown): boolean => typeof value === 'object' && value !== null;

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => holdsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}
