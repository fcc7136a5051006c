import { OpenWebUIAccountRef } from '../../accounts/openwebui-account.ts';
import { builder } from '../../builder.ts';
import { type AccountNode, accountOn, userOf } from '../../context.ts';
import { UserRef } from '../../types/user.ts';
import type { ChangeResult } from '../change-result.ts';
import type { payloadOf } from '../define-mutation.ts';

/** Said of every mutation that is about whoever holds the key. */
export const ofTheKey =
  'It is about the account whose key the source is asked with: the caller’s own, in `x-source-key-<source id>`, or else the service’s.';

/** Whose account that is, the source is asked when a client wants to see it. */
export function showOwnAccount(payload: ReturnType<typeof payloadOf>): void {
  builder.objectField(payload, 'account', (t) =>
    t.field({
      type: OpenWebUIAccountRef,
      nullable: true,
      description: 'The account that the key belongs to, read anew.',
      resolve: readOwn,
    }),
  );
  builder.objectField(payload, 'user', (t) =>
    t.field({
      type: UserRef,
      nullable: true,
      description: 'The person who holds that account, read anew.',
      resolve: async (result, _args, context) => {
        const account = await readOwn(result);
        return account === null ? null : userOf(account, context);
      },
    }),
  );
}

async function readOwn({ open }: ChangeResult): Promise<AccountNode | null> {
  const self = await open.session().self();
  return self === null ? null : accountOn(open, self.id);
}
