import type { Role } from '../../domain/facets.ts';
import type { ListQuery } from '../../sources/contract.ts';
import { accountPage, roleWord, sourceOfKind } from '../account-connection.ts';
import { registerAccountType } from '../account-types.ts';
import { builder } from '../builder.ts';
import type { AccountNode, Context, OpenSource } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { leading, ledByList } from '../leading.ts';
import type { ConnectionArgs } from '../list-window.ts';
import { searchText } from '../search-text.ts';
import { AccountRef, RoleRef } from '../types/account.ts';
import { NodeRef } from '../types/node.ts';
import { UserRef } from '../types/user.ts';
import { firstOfKind } from './first-of-kind.ts';

/** A user of an MCSManager panel, with every field it knows but its secrets. */
export const McsManagerAccountRef = builder.objectRef<AccountNode>('McsManagerAccount');

registerAccountType('MCS_MANAGER', 'McsManagerAccount');

const zone = 'The panel writes it without a time zone; it is read in the zone and format that the configuration names.';

McsManagerAccountRef.implement({
  description:
    'A user of an MCSManager panel. `createdAt` is its registration, `lastActiveAt` its last login: the panel does not note anything later.',
  interfaces: [AccountRef, NodeRef],
  fields: (t) => ({
    permission: t.string({
      ...fromFacet('role', ({ nativeRole }) => nativeRole),
      description:
        'The permission level as the panel has it: `10` and more administer, `1` to `9` use, `0` is a guest, `-1` banned. Odd edits leave other texts.',
    }),
    registerTime: t.string({
      ...fromFacet('registration', ({ text }) => text),
      description: `The registration as the panel writes it. ${zone}`,
    }),
    loginTime: t.string({
      ...fromFacet('presence', ({ text }) => text),
      description: `The last login as the panel writes it; null before the first. ${zone}`,
    }),
    hasApiKey: t.boolean({
      ...fromFacet('mcsManagerSecurity', ({ hasApiKey }) => hasApiKey),
      description: 'Whether an API key is set. The panel never tells the key.',
    }),
    open2FA: t.boolean({
      ...fromFacet('mcsManagerSecurity', ({ open2FA }) => open2FA),
      description: 'Whether two-factor sign-in is on.',
    }),
    isInit: t.boolean({
      ...fromFacet('mcsManagerSecurity', ({ isInit }) => isInit),
      deprecationReason:
        'The panel keeps it for itself: it says whether its pages showed their introduction. Nothing takes its place.',
      description: 'Whether the user has been through the panel’s introduction.',
    }),
    ssoBound: t.boolean({
      ...fromFacet('mcsManagerSignIn', ({ ssoBound }) => ssoBound),
      description:
        'Whether an identity of a single-sign-on provider is bound. Only the panel’s list tells, so this reads its pages.',
    }),
    passWordType: t.int({
      ...fromFacet('mcsManagerSignIn', ({ passWordType }) => passWordType),
      deprecationReason: 'An inner matter of the panel: 1 is bcrypt, 0 the old MD5. Nothing takes its place.',
      description: 'How the panel keeps the password. Only the panel’s list tells, so this reads its pages.',
    }),
  }),
});

const first = firstOfKind('MCS_MANAGER');

builder.objectField(UserRef, 'mcsManager', (t) =>
  t.field({
    type: McsManagerAccountRef,
    nullable: true,
    extensions: first.hints,
    description: 'The person’s first account on an MCSManager; null when they have none.',
    resolve: (user, _args, context, info) => first.open(user, info, context),
  }),
);

builder.queryField('mcsManagerAccounts', (t) =>
  t.connection(
    {
      type: McsManagerAccountRef,
      nullable: true,
      extensions: {
        needs: 'read',
        ...leading((args: ListArgs, context) => {
          const { open, query } = readArguments(args, context);
          return ledByList(open, query, args);
        }),
      },
      description:
        'The users of an MCSManager, in the order in which they were made. After a restart of the panel the order is another one and older cursors are refused.',
      args: {
        source: t.arg.id({ required: false, description: 'Which panel; may be left out when there is one.' }),
        userName: t.arg.string({ required: false, description: 'Only users whose name holds this, letter case considered.' }),
        role: t.arg({
          type: RoleRef,
          required: false,
          description: 'BANNED, GUEST, USER or ADMIN, at their usual permission exactly.',
        }),
      },
      resolve: (_root, args, context, info) => {
        const { open, query } = readArguments(args, context);
        return accountPage(open, query, args, info);
      },
    },
    { name: 'McsManagerAccountConnection', description: 'A page of users of an MCSManager.' },
    { name: 'McsManagerAccountEdge', description: 'An account and where it stands in the list.' },
  ),
);

interface ListArgs extends ConnectionArgs {
  readonly source?: string | null | undefined;
  readonly userName?: string | null | undefined;
  readonly role?: Role | null | undefined;
}

function readArguments({ source, userName, role }: ListArgs, context: Context): { open: OpenSource; query: ListQuery } {
  const open = sourceOfKind('MCS_MANAGER', source, context);
  const search = userName == null ? undefined : searchText('userName', userName);
  return { open, query: { search, role: roleWord(open, role) } };
}
