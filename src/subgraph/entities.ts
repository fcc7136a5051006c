import {
  GraphQLError,
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLUnionType,
} from 'graphql';
import { InputError } from '../errors.ts';
import { accountTypeName } from '../graph/account-types.ts';
import { type AccountNode, accountById, type Context, quote, userOf } from '../graph/context.ts';
import { existingEntity } from '../graph/existence.ts';
import { itemsOf } from '../graph/items.ts';
import { type Led, leading, unlessRefused } from '../graph/leading.ts';
import { askedOfAccount, askedOfUser } from '../graph/selection.ts';
import type { NodeValue } from '../graph/types/node.ts';
import { entityTypes } from './entity-types.ts';

const personType = 'User';

interface Representations {
  readonly representations: readonly unknown[];
}

/** `_entities`: what a router asks for by id. All of them reach the loaders in one tick, and each that fails costs its own item. */
export function entitiesField(graph: GraphQLSchema, maxEntities: number): GraphQLFieldConfig<unknown, Context, Representations> {
  const types = entityTypes(graph);
  const names = types.map(({ name }) => name);
  const entity = new GraphQLUnionType({
    name: '_Entity',
    types,
    resolveType: (value: NodeValue) => ('accounts' in value ? personType : accountTypeName(value)),
  });
  const representation = new GraphQLScalarType({ name: '_Any' });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(representation))) } },
    extensions: leading(({ representations }: Representations, context) => ledTo(representations, names, context)),
    resolve: (_root, { representations }, context, info) => {
      if (representations.length > maxEntities) throw tooMany(representations.length, maxEntities);
      return itemsOf(representations, async (given) => findEntity(readRepresentation(given, names, context), context, info));
    },
  };
}

interface Meant {
  readonly typeName: string;
  readonly account: AccountNode;
}

/** Throws an `InputError` for what names nobody that could be here. */
function readRepresentation(given: unknown, names: readonly string[], context: Context): Meant {
  const { __typename: typeName, id }: { __typename?: unknown; id?: unknown } = typeof given === 'object' && given ? given : {};
  if (typeof typeName !== 'string') throw new InputError('A representation is an object that names its __typename.');
  if (!names.includes(typeName))
    throw new InputError(`${quote(typeName)} is no entity of this subgraph. There are: ${names.join(', ')}.`);
  if (typeof id !== 'string') throw new InputError(`A representation of ${typeName} needs its key: the id, as text.`);
  const account = accountById(id, context);
  const own = accountTypeName(account);
  if (typeName !== personType && typeName !== own) throw new InputError(`${quote(id)} is no ${typeName} but a ${own}.`);
  return { typeName, account };
}

function findEntity({ typeName, account }: Meant, context: Context, info: GraphQLResolveInfo): Promise<NodeValue | null> {
  if (typeName !== personType) return existingEntity(account, account, askedOfAccount(account, info));
  const user = userOf(account, context);
  return existingEntity(user, account, askedOfUser(user, info));
}

/** For telling what an operation may cost. */
function ledTo(representations: readonly unknown[], names: readonly string[], context: Context): Led {
  const meant = representations.flatMap((given) => unlessRefused(() => readRepresentation(given, names, context)) ?? []);
  const { people = [], accounts = [] } = Object.groupBy(meant, ({ typeName }) =>
    typeName === personType ? 'people' : 'accounts',
  );
  return { holdersOf: people.map(({ account }) => account), accounts: accounts.map(({ account }) => account) };
}

const tooMany = (count: number, most: number): GraphQLError =>
  new GraphQLError(`${count} representations were sent; at most ${most} are taken at once. Send them in parts.`, {
    extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'maxEntities', cost: count, allowed: most },
  });
