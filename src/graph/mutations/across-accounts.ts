import { ForbiddenError, InputError } from '../../errors.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountById, type Context, sourceById, userOf } from '../context.ts';
import { existingUser } from '../existence.ts';
import { leading } from '../leading.ts';
import { UserRef } from '../types/user.ts';
import { type AccountChange, AccountChangeRef, type AccountWriteName, changeAccount, refuseAll } from './account-changes.ts';
import { claimKey } from './claiming.ts';
import type { WriteScope } from './running.ts';
import { idempotencyKeyOf, writeOptions } from './write-options.ts';

/** What became of a person's accounts. */
interface UserChange {
  readonly dryRun: boolean;
  readonly changes: readonly AccountChange[];
  readonly asked: AccountNode;
}

const UserChangeRef = builder.objectRef<UserChange>('UserChangePayload');

UserChangeRef.implement({
  description:
    'What really happened to each of a person’s accounts that the caller is shown. Those on sources where the caller may know of nobody were neither touched nor are they told of: that all of `changes` went well does not say that there are no others.',
  fields: (t) => ({
    dryRun: t.exposeBoolean('dryRun', { nullable: false, description: 'True: this tells what would happen.' }),
    changes: t.field({
      type: [AccountChangeRef],
      nullable: { list: false, items: false },
      description:
        'One outcome for each account that was to change, the primary account first. One that fails costs the others nothing.',
      resolve: ({ changes }) => changes,
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      extensions: { toHolder: true },
      description: 'The person, read anew. Null when they have no account any more.',
      resolve: ({ asked }, _args, context, info) => {
        // Named anew, so that the sources that were written are asked anew.
        const user = userOf(accountById(asked.id, context), context);
        return existingUser(user, user.accounts[0], info);
      },
    }),
  }),
});

const Input = builder.inputType('UserChangeInput', {
  description: 'A person, and how to go about it.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The id of any of their accounts.' }),
    sources: t.idList({
      required: false,
      description: 'Only their accounts on these sources; absent: on all where the caller may know of people.',
    }),
    ...writeOptions(t),
  }),
});

interface Whom {
  readonly id: string;
  readonly sources?: readonly string[] | null | undefined;
}

export function defineUserMutation(name: string, write: AccountWriteName, scope: WriteScope, description: string): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: UserChangeRef,
      nullable: true,
      description,
      extensions: {
        needs: scope,
        // For each of a few accounts.
        writes: 30,
        ...leading(({ input }: { readonly input: Whom }, context) => ({
          accounts: accountsMeant(input, context),
          looks: true,
        })),
      },
      args: { input: t.arg({ type: Input, required: true, description: 'Whose accounts, and how.' }) },
      resolve: async (_root, { input }, context) => {
        idempotencyKeyOf(input);
        const asked = accountById(input.id, context);
        const accounts = accountsMeant(input, context);
        const [first] = accounts;
        // One that may be written is enough to go on; the others say why not.
        if (first !== undefined && accounts.every(({ open }) => !open.permit.holds(scope)))
          throw new ForbiddenError(first.open.source.id, scope);
        const how = { name: write, operation: name, scope, options: input };
        const clash = await claimKey(name, accounts, input, context);
        const changes =
          clash === null
            ? await Promise.all(accounts.map((account) => changeAccount(account, how, context)))
            : refuseAll(accounts, input, clash);
        return { dryRun: input.dryRun ?? false, changes, asked };
      },
    }),
  );
}

/**
 * The account that the id names, and those linked to it as far as reads show them. Refused as a read is where the caller may neither
 * know of anybody there nor write: to go on from it would tell who somebody is.
 */
function accountsMeant({ id, sources }: Whom, context: Context): AccountNode[] {
  const asked = accountById(id, context);
  const { permit } = asked.open;
  if (!permit.seesPeople) throw permit.refuse('identity');
  const { accounts } = userOf(asked, context);
  if (sources == null) return [...accounts];
  const ids = new Set(sources.map((source) => sourceById(source, context).source.id));
  const wanted = accounts.filter(({ open }) => ids.has(open.source.id));
  if (wanted.length === 0) throw new InputError('This person has no account on any of these sources.');
  return wanted;
}
