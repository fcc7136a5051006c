import { InputError } from '../../../errors.ts';
import { builder } from '../../builder.ts';
import { type AccountNode, accountById, type Context } from '../../context.ts';
import { accountsNamed, leading } from '../../leading.ts';
import { type AccountChange, AccountChangeRef, changeAccount, refuseAll } from '../account-changes.ts';
import { claimKey } from '../claiming.ts';
import { mustWrite } from '../running.ts';
import { idempotencyKeyOf, writeOptions } from '../write-options.ts';

/** How many users one mutation deletes. Each is looked at before and after. */
const limit = 100;

const Input = builder.inputType('DeleteMcsManagerUsersInput', {
  description: 'Whom to delete.',
  fields: (t) => ({
    ids: t.idList({ required: true, description: `The accounts, at most ${limit}, such as \`mcsmanager:…\`.` }),
    ...writeOptions(t),
  }),
});

const Payload = builder.objectRef<{ readonly dryRun: boolean; readonly changes: readonly AccountChange[] }>(
  'DeleteMcsManagerUsersPayload',
);

Payload.implement({
  description: 'What `deleteMcsManagerUsers` really did.',
  fields: (t) => ({
    dryRun: t.exposeBoolean('dryRun', { nullable: false, description: 'True: this tells what would happen.' }),
    changes: t.field({
      type: [AccountChangeRef],
      nullable: { list: false, items: false },
      description: 'One outcome for each account, in the order of the ids.',
      resolve: ({ changes }) => changes,
    }),
  }),
});

builder.mutationField('deleteMcsManagerUsers', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description:
      'Deletes users of an MCSManager panel, one after the other. Who is not there, or not any more, is `UNCHANGED`. Its last administrator stays: with the last user the panel would let anybody set it up.',
    extensions: {
      needs: 'write:admin',
      writes: 9,
      ...leading(({ input }: { readonly input: { readonly ids: readonly string[] } }, context) => ({
        accounts: accountsNamed(input.ids, context),
        looks: true,
      })),
    },
    args: { input: t.arg({ type: Input, required: true, description: 'Whom to delete, and how.' }) },
    resolve: async (_root, { input }, context) => {
      idempotencyKeyOf(input);
      const accounts = accountsOf(input.ids, context);
      for (const { open } of accounts) mustWrite(open, 'write:admin');
      const how = { name: 'delete', operation: 'deleteMcsManagerUsers', scope: 'write:admin', options: input } as const;
      const clash = await claimKey('deleteMcsManagerUsers', accounts, input, context);
      if (clash !== null) return { dryRun: input.dryRun ?? false, changes: refuseAll(accounts, input, clash) };
      const changes: AccountChange[] = [];
      for (const account of accounts) changes.push(await changeAccount(account, how, context));
      return { dryRun: input.dryRun ?? false, changes };
    },
  }),
);

function accountsOf(ids: readonly string[], context: Context): AccountNode[] {
  const accounts = [...new Map(ids.map((id) => accountById(id, context)).map((account) => [account.id, account])).values()];
  if (accounts.length === 0 || accounts.length > limit) throw new InputError(`Name 1 to ${limit} accounts to delete.`);
  const other = accounts.find(({ open }) => open.source.kind !== 'MCS_MANAGER');
  if (other !== undefined) throw new InputError(`${other.open.source.id} is no MCSManager.`);
  return accounts;
}
