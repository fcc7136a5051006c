import { InputError } from '../../errors.ts';
import { usualCalls } from '../../sources/calls.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountById, accountOn, type Context, mustSeePeople, quote, sourceById, userOf } from '../context.ts';
import { existingUser } from '../existence.ts';
import { itemsOf } from '../items.ts';
import { accountsNamed, type Led, leading } from '../leading.ts';
import { searchText } from '../search-text.ts';
import { UserRef } from './user.ts';

/** How many ids one field takes. */
export const idLimit = 1_000;

builder.queryField('user', (t) =>
  t.field({
    type: UserRef,
    nullable: true,
    extensions: { needs: 'read', ...leading(({ id }: { id: string }, context) => ledBy([accountById(id, context)])) },
    description: 'The person who holds an account. Null when nobody has it.',
    args: { id: t.arg.id({ required: true, description: 'The id of any of their accounts, such as `horde:42`.' }) },
    resolve: (_root, { id }, context, info) => {
      const account = accountById(id, context);
      return existingUser(userOf(account, context), account, info);
    },
  }),
);

builder.queryField('usersById', (t) =>
  t.field({
    type: [UserRef],
    nullable: { list: false, items: true },
    extensions: { needs: 'read', ...leading(({ ids }: { ids: readonly string[] }, context) => ledByIds(ids, context)) },
    description: `People by the ids of any of their accounts, in the order of the ids; null where nobody has one. At most ${idLimit} ids.`,
    args: { ids: t.arg.idList({ required: true, description: 'Account ids. A malformed one costs its own place only.' }) },
    resolve: (_root, { ids }, context, info) => {
      checkIdCount(ids.length);
      return itemsOf(ids, async (id) => {
        const account = accountById(id, context);
        return existingUser(userOf(account, context), account, info);
      });
    },
  }),
);

builder.queryField('userByUsername', (t) =>
  t.field({
    type: UserRef,
    nullable: true,
    extensions: {
      needs: 'read',
      ...leading(({ source, username }: { source: string; username: string }, context) => {
        const open = sourceById(source, context);
        checkUsername(username);
        mustSeePeople(open);
        const { lookup } = open.source.calls ?? usualCalls;
        return {
          calls: [{ open, what: 'lookup by name', requests: lookup }],
          found: [{ open, most: 1, brings: [] }],
          looks: true,
        };
      }),
    },
    description: 'The person whose account has exactly this username. Null when there is none, an error when there are several.',
    args: {
      username: t.arg.string({
        required: true,
        description: 'The whole username: on the Horde `alias#id`, or the number alone.',
      }),
      source: t.arg.id({ required: true, description: 'The source whose usernames are meant.' }),
    },
    resolve: async (_root, { username, source }, context, info) => {
      const open = sourceById(source, context);
      checkUsername(username);
      const name = searchText('username', username);
      mustSeePeople(open);
      const [nativeId, ...others] = await open.session().findByUsername(name);
      if (nativeId === undefined) return null;
      if (others.length > 0) {
        throw new InputError(
          `${others.length + 1} accounts on ${open.source.id} are called ${quote(username)}. Find them with search and go on by id.`,
        );
      }
      const account = accountOn(open, nativeId);
      return existingUser(userOf(account, context), account, info);
    },
  }),
);

function ledByIds(ids: readonly string[], context: Context): Led {
  checkIdCount(ids.length);
  return ledBy(accountsNamed(ids, context));
}

const ledBy = (holdersOf: readonly AccountNode[]): Led => ({ holdersOf, looks: true });

function checkUsername(username: string): void {
  if (username.trim() === '') throw new InputError('The username is empty.');
}

export function checkIdCount(count: number): void {
  if (count > idLimit) throw new InputError(`${count} ids were given; at most ${idLimit} can be asked for at once.`);
}
