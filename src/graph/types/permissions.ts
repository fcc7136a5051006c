import { builder } from '../builder.ts';
import { type AccountNode, readFacet, type UserNode } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { AccountRef, RoleRef } from './account.ts';
import { addSections, effectOf, PermissionGrantRef } from './permission-grants.ts';
import { UserRef } from './user.ts';

/** What an account may do on its source. It stands on the account; each field reads what it shows. */
export const PermissionsRef = builder.objectRef<AccountNode>('Permissions');

PermissionsRef.implement({
  description: 'What an account may do on its source: its role, and what is granted to it by default or through groups.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      extensions: { stays: true },
      description: 'The account in question.',
      resolve: (account) => account,
    }),
    role: t.field({
      type: RoleRef,
      ...fromFacet('role', ({ role }) => role),
      description: 'The role, in one set of words for all kinds.',
    }),
    nativeRole: t.string({
      ...fromFacet('role', ({ nativeRole }) => nativeRole),
      description: 'The role as the source says it: `10`, `pending`, `moderator`.',
    }),
    bypassedByRole: t.boolean({
      ...fromFacet('role', ({ bypassesGrants }) => bypassesGrants),
      description: 'True when the role passes nearly every check, whatever the grants say: an administrator’s does.',
    }),
    allows: t.boolean({
      nullable: true,
      extensions: { asks: 'permissions' },
      description:
        'Whether the account may do this, its role considered: `chat.delete`, `workspace.models`, `horde.trusted`. False for whoever the source lets in nowhere, whatever is granted. A restriction that an administrator passes by, `chat.temporary_enforced`, is false for them. Null where the source does not know the permission, and where it cannot be told: `features.api_keys` of an administrator of an Open WebUI from 0.8.8 to before 0.9.0 to whom it is not granted, since they need it before 0.8.11.',
      args: { permission: t.arg.string({ required: true, description: '`<section>.<key>`, as in `grants`.' }) },
      resolve: async (account, { permission }) => {
        const [set, claim] = await Promise.all([readFacet(account, 'permissions'), readFacet(account, 'role')]);
        return set === null || claim === null ? null : effectOf(set, permission, claim);
      },
    }),
    grants: t.field({
      type: [PermissionGrantRef],
      ...fromFacet('permissions', ({ grants }) => [...grants]),
      nullable: { list: true, items: false },
      extensions: { asks: 'permissions', upTo: 100 },
      description:
        'Every permission that the source knows, in open form: what a later release adds appears here by itself. It is what is granted. A role that is let in nowhere, such as `PENDING` or `BANNED` on an Open WebUI, has none of it in effect: see `allows`.',
    }),
  }),
});

addSections(PermissionsRef, 'permissions');

builder.interfaceField(AccountRef, 'permissions', (t) =>
  t.field({
    type: PermissionsRef,
    nullable: true,
    extensions: { stays: true },
    description: 'What the account may do on its source.',
    resolve: (account) => account,
  }),
);

builder.objectField(UserRef, 'permissions', (t) =>
  t.field({
    type: [PermissionsRef],
    nullable: { list: false, items: true },
    extensions: { leadsTo: (user: UserNode) => user.accounts },
    description: 'What the person may do, one entry for each account, the primary one first.',
    resolve: (user) => [...user.accounts],
  }),
);
