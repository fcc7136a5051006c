import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Random } from './random-operations.ts';
import { createValues, type Pool } from './random-operations-values.ts';

export interface MadeOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the field behind each name in the answer gives. Every field has a name of its own. */
  readonly types: ReadonlyMap<string, GraphQLOutputType>;
  readonly isMutation: boolean;
}

/** A valid operation: fields, arguments, variables, fragments and conditions at random. A mutation is a dry run. */
export function makeOperation(schema: GraphQLSchema, pool: Pool, random: Random): MadeOperation {
  const { literal, value } = createValues(pool, random);
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const types = new Map<string, GraphQLOutputType>();
  const fragments: string[] = [];
  const chance = (share: number): boolean => random() < share;
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  };

  function declare(type: string, given: unknown): string {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${type}`);
    variables[name] = given;
    return `$${name}`;
  }

  function argument({ name, type }: GraphQLArgument): string {
    const asVariable = isInputObjectType(getNamedType(type)) || chance(0.4);
    return `${name}: ${asVariable ? declare(String(type), value(name, type)) : literal(name, type)}`;
  }

  function argumentsOf(field: GraphQLField<unknown, unknown>): string {
    // Both ways of paging at once are refused, and mostly not worth asking for.
    const backward = chance(0.15);
    const passedOver = new Set(chance(0.05) ? [] : backward ? ['first', 'after'] : ['last', 'before']);
    const given = field.args.filter((each) => isRequiredArgument(each) || (!passedOver.has(each.name) && chance(0.45)));
    return given.length === 0 ? '' : `(${given.map(argument).join(', ')})`;
  }

  function condition(): string {
    if (!chance(0.12)) return '';
    const holds = chance(0.7);
    const [directive, flag] = chance(0.5) ? ['include', holds] : ['skip', !holds];
    return ` @${directive}(if: ${chance(0.5) ? declare('Boolean!', flag) : flag})`;
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const name = `f${types.size}`;
    types.set(name, field.type);
    const below = getNamedType(field.type);
    const head = `${name}: ${field.name}${argumentsOf(field)}${condition()}`;
    return isLeafType(below) ? head : `${head} ${selection(below, depth - 1)}`;
  }

  /** Always with the name of the type, so that nothing is empty, whatever is left out. */
  function selection(type: GraphQLNamedType, depth: number): string {
    const parts = ['__typename', ...fieldsOf(type, depth)];
    for (const each of isInterfaceType(type) ? schema.getPossibleTypes(type) : [])
      if (chance(0.5)) parts.push(`... on ${each.name}${condition()} ${selection(each, Math.min(depth, 2))}`);
    if (chance(0.1)) parts.push(`...${condition()} ${selection(type, depth - 1)}`);
    if (chance(0.12)) parts.push(`...${fragment(type, depth)}${condition()}`);
    return `{ ${parts.join(' ')} }`;
  }

  function fragment(type: GraphQLNamedType, depth: number): string {
    const text = selection(type, depth - 1);
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} ${text}`);
    return name;
  }

  function fieldsOf(type: GraphQLNamedType, depth: number): string[] {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const all = Object.values(type.getFields());
    const [leading, leaves] = [false, true].map((isLeaf) => all.filter((each) => isLeafType(getNamedType(each.type)) === isLeaf));
    return Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => (depth > 0 && chance(0.4) ? leading : leaves) ?? [],
    ).flatMap((fields) => (fields.length === 0 ? [] : [fieldText(pick(fields), depth)]));
  }

  const mutation = schema.getMutationType();
  const isMutation = mutation != null && chance(0.2);
  const root = isMutation ? mutation : schema.getQueryType();
  if (root == null) throw new Error('there is no query');
  const fields = isMutation ? dryRuns(root.getFields()) : Object.values(root.getFields());
  const depth = isMutation ? 2 : 2 + Math.floor(random() * 6);
  const body = Array.from({ length: 1 + Math.floor(random() * 3) }, () => fieldText(pick(fields), depth)).join(' ');
  const head = `${isMutation ? 'mutation' : 'query'} Random${declared.length === 0 ? '' : `(${declared.join(', ')})`}`;
  return { text: [`${head} { ${body} }`, ...fragments].join('\n'), variables, types, isMutation };
}

/** Those that can be asked to change nothing. */
const dryRuns = (fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>): GraphQLField<unknown, unknown>[] =>
  Object.values(fields).filter(({ args }) =>
    args.some(({ type }) => {
      const input = getNamedType(type);
      return isInputObjectType(input) && 'dryRun' in input.getFields();
    }),
  );
