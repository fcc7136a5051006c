import { buildSchema, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';

type Resolvers = Readonly<Record<string, GraphQLFieldResolver<unknown, unknown>>>;

/** Small, and wrong in all ways in which resolvers can be wrong. */
export function nastySchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [typeName, resolvers] of Object.entries({ Query: ofQuery, Mutation: ofMutation, Thing: ofThing })) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`no ${typeName}`);
    for (const [name, resolve] of Object.entries(resolvers)) Object.assign(type.getFields()[name] ?? {}, { resolve });
  }
  const [named, either] = [schema.getType('Named'), schema.getType('Either')];
  if (!isAbstractType(named) || !isAbstractType(either)) throw new Error('not abstract');
  // Whatever the value says, right or wrong.
  named.resolveType = (value: { readonly is: never }) => value.is;
  const other = schema.getType('Other');
  const thing = schema.getType('Thing');
  if (!isObjectType(other) || !isObjectType(thing)) throw new Error('no objects');
  thing.isTypeOf = async (value: { readonly is?: unknown }) => value.is !== 'Other';
  other.isTypeOf = (value: { readonly is?: unknown }) => value.is === 'Other';
  return schema;
}

const sdl = `
  input Range { from: Int = 1, to: Int }
  enum Colour { RED GREEN }
  interface Named { name: String }
  type Thing implements Named { name: String must: String! late: String lateMust: String! thing: Thing mustThing: Thing! colour: Colour things: [Thing!] }
  type Other implements Named { name: String other: Int }
  union Either = Thing | Other
  type Mutation { a: Int b: Int }
  type Query {
    echo(text: String, range: Range, ranges: [Range!], colour: Colour, flag: Boolean! = true): String
    info(n: Int): String
    throws: String throwsText: String throwsNothing: String throwsTold: String throwsLocated: String rejects: String returnsError: String
    must: String! mustLater: String! undefinedMust: Int!
    nan: Int float: Float big: Int id: ID text: String boolean: Boolean
    colour: Colour badColour: Colour colours: [Colour!]
    numbers: [Int] mustNumbers: [Int!] mustNumbersLater: [Int!] deep: [[Int!]] deepMust: [[Int!]!]! set: [Int] noList: [Int] textList: [String] holes: [Int]
    thing: Thing thenable: Thing thinglessMust: Thing!
    named(is: String): Named namedLater: Named namedType: Named namedNumber: Named namedNothing: Named
    either: Either eithers: [Either] wrongThing: Thing lateWrong: Thing
    method(n: Int): String getter: String function: String
  }
`;

const wait = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await null;
};
const fails = (message: string): never => {
  throw new Error(message);
};

const ofQuery: Resolvers = {
  echo: (_root, args) => JSON.stringify(args),
  info: (_root, args, context, info) =>
    JSON.stringify([args, context, Object.keys(info), info.path, String(info.returnType), info.parentType, info.variableValues]),
  throws: () => fails('thrown'),
  throwsText: () => {
    throw 'text';
  },
  throwsNothing: () => {
    throw undefined;
  },
  throwsTold: () => {
    throw new GraphQLError('told', { extensions: { code: 'TOLD' } });
  },
  throwsLocated: () => {
    throw new GraphQLError('located', { path: ['somewhere', 'else'] });
  },
  rejects: () => Promise.reject(new TypeError('rejected')),
  returnsError: () => new RangeError('returned'),
  must: () => null,
  mustLater: () => wait(3),
  undefinedMust: () => undefined,
  nan: () => Number.NaN,
  float: () => Number.POSITIVE_INFINITY,
  big: () => 2 ** 40,
  id: () => 7,
  text: () => ({ not: 'text' }),
  boolean: () => 'yes',
  colour: () => 'RED',
  badColour: () => 'BLUE',
  colours: () => ['RED', Promise.resolve('GREEN'), wait(2).then(() => 'BLUE')],
  numbers: () => [1, null, undefined, new Error('an item'), 'x', Promise.resolve(3), wait(2).then(() => fails('late item'))],
  mustNumbers: () => [1, 2, null, 'x'],
  mustNumbersLater: () => [wait(5).then(() => fails('second')), wait(1).then(() => fails('first')), wait(9)],
  deep: () => [[1, 2], [3, null], null, 'no list', wait(1).then(() => [4])],
  deepMust: () => [[1], Promise.resolve([2, 'x'])],
  set: () => new Set([1, 2]),
  noList: () => ({ length: 2 }),
  textList: () => 'text',
  // biome-ignore lint/suspicious/noSparseArray: this is what it is about
  holes: () => [1, , 3],
  thing: () => ({ name: 'a' }),
  // biome-ignore lint/suspicious/noThenProperty: this is what it is about
  thenable: () => ({ then: (resolve: (value: unknown) => void) => resolve({ name: 'then' }) }),
  thinglessMust: () => null,
  named: (_root, { is }) => ({ is, name: 'n' }),
  namedLater: () => ({ is: wait(2).then(() => 'Thing'), name: 'later' }),
  namedType: (_root, _args, _context, { schema }) => ({ is: schema.getType('Thing') }),
  namedNumber: () => ({ is: 7 }),
  namedNothing: () => ({}),
  either: () => ({ is: 'Other', other: 1 }),
  eithers: () => [
    { is: 'Other', other: 1 },
    { __typename: 'Thing', name: 't' },
    { is: 'Thing' },
    7,
    wait(1).then(() => ({ is: 'Other' })),
  ],
  wrongThing: () => ({ is: 'Other' }),
  lateWrong: () => wait(2).then(() => ({ is: 'Other' })),
};

const ofMutation: Resolvers = { a: () => wait(3).then(() => 1), b: () => 2 };

const ofThing: Resolvers = {
  must: () => null,
  late: () => wait(4).then(() => fails('late')),
  lateMust: () => wait(2).then(() => fails('late must')),
  thing: () => ({ name: 'below' }),
  mustThing: () => wait(1).then(() => ({ name: 'below' })),
  things: () => [{ name: 'one' }, { name: 'two' }],
  colour: () => wait(1).then(() => 'BLUE'),
};

/** For the fields that have no resolver. */
export const root = {
  method(args: unknown, context: unknown, info: { readonly fieldName: string }) {
    return JSON.stringify([args, context, info.fieldName, this === root]);
  },
  get getter() {
    return fails('from a getter');
  },
  function: () => Promise.resolve('called'),
};
