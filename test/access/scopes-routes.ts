import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Scope } from '../../src/access/scopes.ts';
import { scopeOfField } from '../../src/graph/scope-notes.ts';
import type { FieldHints } from '../../src/graph/selection.ts';

/** One field on the way from a query to the field in question. */
export interface Step {
  readonly name: string;
  readonly text: string;
  /** Set where the field above gives an interface, of which one type is meant. */
  readonly on: string | null;
  readonly scope: Scope | undefined;
}

/** How a query comes to a field. */
export interface Route {
  /** `HordeAccount.contact` */
  readonly field: string;
  readonly steps: readonly Step[];
  /** Whether something must be selected of what the field gives. */
  readonly composite: boolean;
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** What required arguments are given; a field that is not here and has some is a fault of the test's. */
const given: Readonly<Record<string, string>> = {
  'Query.user': '(id: $id)',
  'Query.usersById': '(ids: [$id])',
  'Query.userByUsername': '(username: "101", source: "horde")',
  'Query.searchUsers': '(query: "ada")',
  'Query.node': '(id: $id)',
  'Query.nodes': '(ids: [$id])',
  'Query.openWebUIChannelMembers': '(channel: $channel)',
  'Permissions.allows': '(permission: "chat.delete")',
};

/** A route to every field that a query can reach, the shortest; first through the fields themselves, then by naming types. */
export function routesOf(schema: GraphQLSchema): Route[] {
  const query = schema.getQueryType();
  if (query == null) throw new Error('there is no query');
  const reached = new Map<string, { readonly type: Composite; readonly steps: readonly Step[]; readonly on: string | null }>();
  const arrive = (type: GraphQLNamedType, steps: readonly Step[], on: string | null): void => {
    if ((isObjectType(type) || isInterfaceType(type)) && !reached.has(type.name)) reached.set(type.name, { type, steps, on });
  };
  arrive(query, [], null);
  // A map's iterator comes to what is added on the way, too.
  for (const { type, steps, on } of reached.values()) {
    for (const field of fieldsOf(type)) arrive(getNamedType(field.type), [...steps, toStep(type, field, on)], null);
  }
  for (const { type, steps } of [...reached.values()]) {
    if (isInterfaceType(type)) for (const each of schema.getPossibleTypes(type)) arrive(each, steps, each.name);
  }
  return [...reached.values()].flatMap(({ type, steps, on }) =>
    fieldsOf(type).map((field) => {
      const returned = getNamedType(field.type);
      const composite = isObjectType(returned) || isInterfaceType(returned);
      return { field: `${type.name}.${field.name}`, steps: [...steps, toStep(type, field, on)], composite };
    }),
  );
}

/** The fields that a query comes to with no scope at all, neither theirs nor one on the way. */
export function freeFields(schema: GraphQLSchema): string[] {
  const reached = new Map<string, string[]>();
  const arrive = (type: GraphQLNamedType | null | undefined): void => {
    if (!(isObjectType(type) || isInterfaceType(type)) || reached.has(type.name)) return;
    const free = fieldsOf(type).filter((field) => scopeOf(field) === undefined);
    reached.set(
      type.name,
      free.map(({ name }) => `${type.name}.${name}`),
    );
    for (const field of free) arrive(getNamedType(field.type));
    if (isInterfaceType(type)) for (const each of schema.getPossibleTypes(type)) arrive(each);
  };
  arrive(schema.getQueryType());
  return [...reached.values()].flat();
}

/** A query that asks for the field, or with `but`, for nothing but the type of what the step before it gives. */
export function operationFor({ steps, composite }: Route, but = steps.length): string {
  const asked = steps.slice(0, but);
  const last = but < steps.length || composite ? ' { __typename }' : '';
  const text = asked.reduceRight((below, { text: own, on }, index) => {
    const field = `${own}${index === asked.length - 1 ? last : ` { ${below} }`}`;
    return on === null ? field : `... on ${on} { ${field} }`;
  }, '');
  const wants = ['id', 'channel'].filter((name) => text.includes(`$${name}`)).map((name) => `$${name}: ID!`);
  return `query${wants.length === 0 ? '' : `(${wants.join(', ')})`} { ${text === '' ? '__typename' : text} }`;
}

const fieldsOf = (type: Composite): GraphQLField<unknown, unknown>[] => Object.values(type.getFields());

function toStep(type: Composite, field: GraphQLField<unknown, unknown>, on: string | null): Step {
  const coordinate = `${type.name}.${field.name}`;
  const needsArguments = field.args.some(isRequiredArgument);
  if (needsArguments && given[coordinate] === undefined) throw new Error(`say in this file how ${coordinate} is asked`);
  return { name: field.name, text: `${field.name}${given[coordinate] ?? ''}`, on, scope: scopeOf(field) };
}

// Extensions hold what `fromFacet` and its neighbours put there.
const scopeOf = ({ extensions }: GraphQLField<unknown, unknown>): Scope | undefined => scopeOfField(extensions as FieldHints);

/** What stands at the end of the steps in an answer's data: every value, through lists. Without any, the way ended before. */
export function valuesAt(data: unknown, steps: readonly Pick<Step, 'name'>[]): unknown[] {
  return steps.reduce<unknown[]>(
    (values, { name }) => values.flatMap((value) => (isRecord(value) ? [value[name]] : [])).flat(),
    [data],
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
