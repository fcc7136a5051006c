import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export type Random = () => number;

/** The same numbers between 0 and 1 for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What arguments may be, by their name. */
export type Values = Readonly<Record<string, readonly unknown[]>>;

/** A valid query: some fields at random, down to some depth, with arguments from the values. */
export function randomQuery(schema: GraphQLSchema, values: Values, random: Random): string {
  let names = 0;
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

  function literal(name: string, type: GraphQLInputType): string {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const length = Math.floor(random() * 12);
      return `[${Array.from({ length }, () => literal(name, nullable.ofType)).join(', ')}]`;
    }
    if (isEnumType(nullable)) return pick(nullable.getValues()).name;
    return JSON.stringify(pick(values[name] ?? []));
  }

  function argumentsOf(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.filter(({ name, type }) => isNonNullType(type) || (name in values && random() < 0.5));
    return given.length === 0 ? '' : `(${given.map(({ name, type }) => `${name}: ${literal(name, type)}`).join(', ')})`;
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    const parts = fieldsOf(type, depth);
    if (!isInterfaceType(type)) return `{ ${parts.join(' ')} }`;
    const possible = [...schema.getPossibleTypes(type)].filter(() => random() < 0.6);
    return `{ ${[...parts, ...possible.map((each) => `... on ${each.name} { ${fieldsOf(each, depth).join(' ')} }`)].join(' ')} }`;
  }

  function fieldsOf(type: GraphQLNamedType, depth: number): string[] {
    if (!isObjectType(type) && !isInterfaceType(type)) return ['__typename'];
    const fields = Object.values(type.getFields()).filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return ['__typename'];
    const composite = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    const count = 1 + Math.floor(random() * 4);
    // Leaves are many; what leads on is what costs.
    const chosen = Array.from({ length: count }, () => pick(composite.length > 0 && random() < 0.5 ? composite : fields));
    return chosen.map((field) => {
      names += 1;
      const below = getNamedType(field.type);
      return `f${names}: ${field.name}${argumentsOf(field)}${isLeafType(below) ? '' : ` ${selection(below, depth - 1)}`}`;
    });
  }

  const root = schema.getQueryType();
  if (root == null) throw new Error('no queries');
  return `query ${selection(root, 3 + Math.floor(random() * 5))}`;
}
