import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Types that take any text: no value of theirs can be too large, too long or too odd. */
const wide: ReadonlySet<string> = new Set(['String', 'ID', 'JSON']);

export interface AllFields {
  /** What to ask below the field. */
  readonly selection: string;
  /** Each leaf in it that not every value fits, as `Type.field`. */
  readonly narrow: readonly string[];
}

/** All that can be asked of a type without arguments, each type below it once and none that was seen. Names in the answer tell type and field. */
export function allFieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, seen: Set<string>): AllFields {
  const narrow: string[] = [];

  function select(of: GraphQLNamedType): string {
    if (isAbstractType(of)) {
      const members = schema.getPossibleTypes(of).map((each) => [each.name, select(each)] as const);
      return members.flatMap(([name, below]) => (below === '' ? [] : `... on ${name} { ${below} }`)).join(' ');
    }
    if (!isObjectType(of) || seen.has(of.name)) return '';
    seen.add(of.name);
    const fields = Object.values(of.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    // Its own leaves first.
    const own = fields.filter((field) => isLeafType(getNamedType(field.type)));
    for (const field of own) if (isNarrow(field)) narrow.push(`${of.name}.${field.name}`);
    const below = fields
      .filter((field) => !own.includes(field))
      .map((field) => [field, select(getNamedType(field.type))] as const);
    return [
      ...own.map((field) => nameOf(of, field)),
      ...below.flatMap(([field, selection]) => (selection === '' ? [] : `${nameOf(of, field)} { ${selection} }`)),
    ].join(' ');
  }

  return { selection: `__typename ${select(type)}`, narrow };
}

/** Of all objects that a query may lead to. */
export function narrowFieldsOf(schema: GraphQLSchema): string[] {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLNamedType): void => {
    if (isAbstractType(type)) for (const member of schema.getPossibleTypes(type)) visit(member);
    if (!isObjectType(type) || found.has(type)) return;
    found.add(type);
    for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
  };
  const query = schema.getQueryType();
  if (query) visit(query);
  return [...found].flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => (isNarrow(field) ? [`${type.name}.${field.name}`] : [])),
  );
}

function isNarrow({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  return isLeafType(named) && !wide.has(named.name);
}

const nameOf = (type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): string => `${type.name}_${name}: ${name}`;
