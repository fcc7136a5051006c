import type { Problem } from '../../writing/change.ts';
import { describeSendFailure, isForeseen } from '../../writing/failures.ts';
import { unsent } from '../../writing/outcomes.ts';
import { builder } from '../builder.ts';
import type { AccountNode, Context } from '../context.ts';
import { ChangePayloadRef } from './change-payload.ts';
import type { ChangeResult } from './change-result.ts';
import { mustWrite, runWrite, type WriteScope } from './running.ts';
import type { WriteOptions } from './write-options.ts';

/** What became of one account of several. */
export interface AccountChange extends ChangeResult {
  readonly accountId: string;
}

export const AccountChangeRef = builder.objectRef<AccountChange>('AccountChange');

AccountChangeRef.implement({
  description: 'What really happened to one account of several.',
  interfaces: [ChangePayloadRef],
  fields: (t) => ({
    accountId: t.exposeID('accountId', {
      nullable: false,
      description: 'The account it is about, as it was asked for; also where it is gone.',
    }),
  }),
});

/** A write that any source may offer for one of its accounts. */
export type AccountWriteName = 'ban' | 'unban' | 'delete';

export interface AccountWrite {
  readonly name: AccountWriteName;
  readonly operation: string;
  readonly scope: WriteScope;
  readonly options: WriteOptions;
}

/** One write for one account of several, whose failure must not cost the others their outcome. */
export async function changeAccount(account: AccountNode, write: AccountWrite, context: Context): Promise<AccountChange> {
  const { open, nativeId, id: accountId } = account;
  const { name, operation, scope, options } = write;
  try {
    mustWrite(open, scope);
    const result = await runWrite({ open, name, operation, input: { nativeId }, options, part: accountId, account }, context);
    return { ...result, accountId };
  } catch (error) {
    if (!isForeseen(error)) context.writes.onBug?.(error);
    return { ...refused(account, options, describeSendFailure(error, open.source.id)), accountId };
  }
}

/** The same of each of several accounts, of which nothing was sent. */
export const refuseAll = (
  accounts: readonly AccountNode[],
  options: WriteOptions,
  why: (source: string) => Problem,
): AccountChange[] =>
  accounts.map((account) => ({ ...refused(account, options, why(account.open.source.id)), accountId: account.id }));

const refused = (account: AccountNode, { dryRun }: WriteOptions, problem: Problem): ChangeResult => ({
  dryRun: dryRun ?? false,
  outcome: unsent([], [problem]),
  open: account.open,
  account,
});
