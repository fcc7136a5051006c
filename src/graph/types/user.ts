import { builder } from '../builder.ts';
import { checkKind, sourceById, type UserNode, userOf } from '../context.ts';
import { existingAccount } from '../existence.ts';
import { fromEach, fromFirst } from '../facet-field.ts';
import { AccountRef } from './account.ts';
import { NodeRef } from './node.ts';

/** A person, through the accounts they hold. */
export const UserRef = builder.objectRef<UserNode>('User');

UserRef.implement({
  description: 'A person, through the accounts they hold. Accounts that nothing links are people of their own.',
  interfaces: [NodeRef],
  fields: (t) => ({
    username: t.string({
      ...fromFirst('identity', (identity) => identity.username),
      description: 'The username of the primary account.',
    }),
    displayName: t.string({
      ...fromFirst('identity', (identity) => identity.displayName ?? identity.username),
      description: 'The name meant for people: of the primary account, or its username where it has none.',
    }),
    avatarUrl: t.string({
      ...fromFirst('avatar', (avatar) => avatar.url),
      description:
        'The picture, as the first source that keeps one gives it: an address, a path on that source, or a `data:` address.',
    }),
    accounts: t.field({
      type: [AccountRef],
      nullable: { list: false, items: true },
      extensions: { leadsTo: (user: UserNode) => user.accounts },
      description:
        'Every account of this person, the primary one first, but for those on sources of which the caller may know nobody. An account that does not exist any more is null, as far as that shows: where only `id`, `nativeId` and the like are asked of it, it is taken at its word and nothing is read, though another part of the answer may have null for it.',
      args: {
        source: t.arg.id({ required: false, description: 'Only the account on this source.' }),
        kind: t.arg.string({ required: false, description: 'Only accounts on sources of this kind, such as `AI_HORDE`.' }),
      },
      resolve: (user, args, context, info) => {
        if (args.source != null) sourceById(args.source, context);
        if (args.kind != null) checkKind(args.kind, context);
        return user.accounts
          .filter(({ open }) => args.source == null || open.source.id === args.source)
          .filter(({ open }) => args.kind == null || open.source.kind === args.kind)
          .map((account) => existingAccount(account, info, true));
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      ...fromEach('registration', (known) =>
        extreme(
          known.map(({ createdAt }) => createdAt),
          Math.min,
        ),
      ),
      description: 'The earliest known time at which one of the accounts was made.',
    }),
    lastActiveAt: t.field({
      type: 'DateTime',
      ...fromEach('presence', (known) =>
        extreme(
          known.map(({ lastActiveAt }) => lastActiveAt),
          Math.max,
        ),
      ),
      description: 'The latest known time at which one of the accounts was seen.',
    }),
    isActive: t.boolean({
      ...fromEach('presence', (known) => anyActive(known.map(({ isActive }) => isActive))),
      description: 'True when one of the accounts is in use right now; null when no source can tell.',
    }),
    kudos: t.float({
      ...fromFirst('kudos', (kudos) => kudos),
      description: 'The kudos balance, whole. Kudos measure contribution and decide priority; they are no currency.',
    }),
  }),
});

builder.interfaceField(AccountRef, 'user', (t) =>
  t.field({
    type: UserRef,
    nullable: false,
    extensions: { toHolder: true },
    description: 'The person who holds this account.',
    resolve: (account, _args, context) => userOf(account, context),
  }),
);

function extreme(times: readonly (Date | null)[], choose: (...values: number[]) => number): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length === 0 ? null : new Date(choose(...known));
}

function anyActive(claims: readonly (boolean | null)[]): boolean | null {
  const known = claims.filter((claim) => claim !== null);
  return known.length === 0 ? null : known.includes(true);
}
