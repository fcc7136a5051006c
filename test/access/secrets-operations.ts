import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Random } from '../edge/random-operations.ts';
import { createValues, type Pool } from '../edge/random-operations-values.ts';

/** Where a secret is meant to be told, once, to whoever had it made. Another test looks at these. */
const toldOnPurpose = new Set(['CreateOpenWebUIApiKeyPayload.apiKey', 'SetMcsManagerApiKeyPayload.key']);

/** What fields with required arguments are given. */
export type Given = Readonly<Record<string, string>>;

/** Everything that can be selected of a type: each type where it is met first, each field under a name that no other has. */
export function everythingOf(schema: GraphQLSchema, type: GraphQLNamedType, given: Given, met = new Set<string>()): string {
  if (isLeafType(type)) return '';
  if (met.has(type.name)) return '{ __typename }';
  met.add(type.name);
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const parts = fields.flatMap((field) => fieldText(schema, type.name, field, given, met));
  for (const each of isAbstractType(type) ? schema.getPossibleTypes(type) : [])
    parts.push(`... on ${each.name} ${everythingOf(schema, each, given, met)}`);
  return `{ __typename ${parts.join(' ')} }`;
}

/** One query for each field of the root. */
export function everyQuery(schema: GraphQLSchema, given: Given): string[] {
  const query = schema.getQueryType();
  if (query == null) throw new Error('there is no query');
  return Object.values(query.getFields()).map((field) => {
    const [text = ''] = fieldText(schema, query.name, field, given, new Set());
    return `query${text.includes('$id') ? '($id: ID!)' : ''} { ${text} }`;
  });
}

function fieldText(
  schema: GraphQLSchema,
  parent: string,
  field: GraphQLField<unknown, unknown>,
  given: Given,
  met: Set<string>,
): string[] {
  const coordinate = `${parent}.${field.name}`;
  if (toldOnPurpose.has(coordinate)) return [];
  if (field.args.some(isRequiredArgument) && given[coordinate] === undefined) throw new Error(`say how ${coordinate} is asked`);
  const below = everythingOf(schema, getNamedType(field.type), given, met);
  return [`${parent}_${field.name}: ${field.name}${given[coordinate] ?? ''} ${below}`];
}

/** One mutation with everything that its payload shows, and an input at random. */
export function mutationAtRandom(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  { pool, random, dryRun, given }: { pool: Pool; random: Random; dryRun: boolean; given: Given },
): { text: string; variables: { input: object } } {
  const [argument] = field.args;
  if (argument === undefined || !isInputObjectType(getNamedType(argument.type))) throw new Error(`${field.name} takes no input`);
  const { value } = createValues(pool, random);
  const payload = everythingOf(schema, getNamedType(field.type), given);
  const text = `mutation($input: ${argument.type}) { ${field.name}(input: $input) ${payload} }`;
  // The value of an input type is an object.
  return { text, variables: { input: { ...(value('input', argument.type) as object), dryRun } } };
}
