import type { GraphQLResolveInfo } from 'graphql';
import { accountTypeName } from '../account-types.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountById, type Context, userOf } from '../context.ts';
import { existingAccount, existingUser } from '../existence.ts';
import { itemsOf } from '../items.ts';
import { accountsNamed, type Led, leading } from '../leading.ts';
import { conditionTypes, type Selecting } from '../selection.ts';
import { NodeRef, type NodeValue } from './node.ts';
import { checkIdCount } from './user-queries.ts';

const sameId =
  'A user has the id of their primary account. The account is given when a fragment names its type (`... on HordeAccount`, `... on Account`) and none names `User`; else the user.';

builder.queryField('node', (t) =>
  t.field({
    type: NodeRef,
    nullable: true,
    extensions: leading(({ id }: { id: string }, context, selecting) => ledToNodes([accountById(id, context)], selecting)),
    description: `Whatever has this id, null when nothing has. ${sameId}`,
    args: { id: t.arg.id({ required: true, description: 'The id of an account or a user.' }) },
    resolve: (_root, { id }, context, info) => findNode(id, context, info),
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    extensions: leading(({ ids }: { ids: readonly string[] }, context, selecting) => {
      checkIdCount(ids.length);
      return ledToNodes(accountsNamed(ids, context), selecting);
    }),
    description: `Whatever has these ids, in their order; null where nothing has. ${sameId}`,
    args: {
      ids: t.arg.idList({ required: true, description: 'Ids of accounts or users. A malformed one costs its own place only.' }),
    },
    resolve: (_root, { ids }, context, info) => {
      checkIdCount(ids.length);
      return itemsOf(ids, (id) => findNode(id, context, info));
    },
  }),
);

function wantsAccount(account: AccountNode, selecting: Selecting): boolean {
  const named = conditionTypes(selecting);
  return !named.has('User') && (named.has('Account') || named.has(accountTypeName(account)));
}

function ledToNodes(named: readonly AccountNode[], selecting: Selecting): Led {
  const { accounts = [], holdersOf = [] } = Object.groupBy(named, (account) =>
    wantsAccount(account, selecting) ? 'accounts' : 'holdersOf',
  );
  return { accounts, holdersOf, looks: true };
}

async function findNode(id: string, context: Context, info: GraphQLResolveInfo): Promise<NodeValue | null> {
  const account = accountById(id, context);
  return wantsAccount(account, info)
    ? existingAccount(account, info, false)
    : existingUser(userOf(account, context), account, info);
}
