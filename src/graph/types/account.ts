import type { roles } from '../../domain/facets.ts';
import { accountTypeName, sharedAccountType } from '../account-types.ts';
import { builder } from '../builder.ts';
import type { AccountNode } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { NodeRef } from './node.ts';

/** One user record on one source. Each source's own type is in `graph/accounts/`. */
export const AccountRef = builder.interfaceRef<AccountNode>('Account');

export const RoleRef = builder.enumType('Role', {
  description: 'What somebody is on a source, in one set of words for all kinds. `nativeRole` has the source’s own.',
  values: {
    BANNED: { description: 'Shut out, or stopped from taking part.' },
    PENDING: { description: 'Signed up and waiting to be let in.' },
    GUEST: { description: 'May look and little more.' },
    USER: { description: 'An ordinary member.' },
    MODERATOR: { description: 'Changes other members.' },
    ADMIN: { description: 'May do everything.' },
    UNKNOWN: { description: 'The source’s word for the role is none that is known here; read `nativeRole`.' },
  } satisfies Record<(typeof roles)[number], { description: string }>,
});

AccountRef.implement({
  description: 'One user record on one source. The types that implement it carry everything their source knows.',
  interfaces: [NodeRef],
  resolveType: accountTypeName,
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', {
      nullable: false,
      description: 'The id by which the source itself knows the account.',
    }),
    username: t.string({
      ...fromFacet('identity', (identity) => identity.username),
      description: 'What the source calls the account by. Unique only where the source makes it so.',
    }),
    displayName: t.string({
      ...fromFacet('identity', (identity) => identity.displayName),
      description: 'The name meant for people, where the source keeps one beside the username.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      ...fromFacet('registration', (registration) => registration.createdAt),
      description:
        'When the account was made. Null where the source does not say, or says it in a way that cannot be read. A Horde tells an age and no date, so there it moves by up to half a minute from read to read, in lists by five.',
    }),
    lastActiveAt: t.field({
      type: 'DateTime',
      ...fromFacet('presence', (presence) => presence.lastActiveAt),
      description:
        'When the account was last seen: its last request, or its last login where the source notes only logins. Null where it says neither, or not to the key it was asked with.',
    }),
  }),
});

export const OtherAccountRef = builder.objectRef<AccountNode>(sharedAccountType);

OtherAccountRef.implement({
  description: 'An account on a source of a kind that has no type of its own in this graph.',
  interfaces: [AccountRef, NodeRef],
});
