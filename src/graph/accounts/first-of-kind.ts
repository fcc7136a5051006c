import type { GraphQLResolveInfo } from 'graphql';
import type { AccountNode, Context, UserNode } from '../context.ts';
import { existingAccount } from '../existence.ts';
import type { FieldHints } from '../selection.ts';

/** What a field such as `User.horde` needs: the first account on a source of the kind, and the word that it leads there. */
export interface FirstOfKind {
  open(user: UserNode, info: GraphQLResolveInfo, context: Context): AccountNode | null | Promise<AccountNode | null>;
  readonly hints: FieldHints;
}

export function firstOfKind(kind: string): FirstOfKind {
  const find = (user: UserNode): AccountNode | undefined => user.accounts.find(({ open }) => open.source.kind === kind);
  return {
    open: (user, info, context) => {
      const account = find(user);
      if (account !== undefined) return existingAccount(account, info, true);
      // Whoever may know of nobody there is told so, whether or not this person has an account.
      const [some, ...others] = [...context.sources.values()].filter(({ source }) => source.kind === kind);
      if (some !== undefined && ![some, ...others].some(({ permit }) => permit.seesPeople)) throw some.permit.refuse('identity');
      return null;
    },
    hints: {
      leadsTo: (user) => {
        const account = find(user);
        return account === undefined ? [] : [account];
      },
    },
  };
}
