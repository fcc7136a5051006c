import type { OAuthIdentity, OpenWebUIDetails, UserStatus } from '../../domain/accounts/openwebui.ts';
import type { ListQuery } from '../../sources/contract.ts';
import { accountPage, sourceOfKind } from '../account-connection.ts';
import { registerAccountType } from '../account-types.ts';
import { builder } from '../builder.ts';
import type { AccountNode, Context, OpenSource } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { type Led, leading, ledByList } from '../leading.ts';
import type { ConnectionArgs } from '../list-window.ts';
import { searchText } from '../search-text.ts';
import { AccountRef } from '../types/account.ts';
import { NodeRef } from '../types/node.ts';
import { UserRef } from '../types/user.ts';
import { UserSettingsRef } from '../types/user-settings.ts';
import { firstOfKind } from './first-of-kind.ts';

/** A user of an Open WebUI, with every field it knows but its secrets. */
export const OpenWebUIAccountRef = builder.objectRef<AccountNode>('OpenWebUIAccount');

registerAccountType('OPEN_WEBUI', 'OpenWebUIAccount');

const administrators = 'Needs an administrator’s key on the source.';

const details = <Value>(show: (details: OpenWebUIDetails) => Value) => fromFacet('openWebUIDetails', show);

const UserStatusRef = builder.objectRef<UserStatus>('UserStatus');
UserStatusRef.implement({
  description: 'What a user wrote about what they are doing.',
  fields: (t) => ({
    emoji: t.exposeString('emoji', { nullable: true, description: 'One picture character, or none.' }),
    message: t.exposeString('message', { nullable: true, description: 'A short text, or none.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it should stop being shown. The source does not take it away by itself: look at this yourself.',
    }),
  }),
});

const OAuthIdentityRef = builder.objectRef<OAuthIdentity>('OAuthIdentity');
OAuthIdentityRef.implement({
  description: 'A sign-in provider through which the user comes in. Its tokens are never shown.',
  fields: (t) => ({
    provider: t.exposeString('provider', {
      nullable: false,
      description: '`google`, `github`, `microsoft`, `oidc` or `feishu`.',
    }),
    subject: t.exposeString('subject', { nullable: false, description: 'The id by which the provider knows the user.' }),
  }),
});

OpenWebUIAccountRef.implement({
  description:
    'A user of an Open WebUI. The server never writes a username, so `username` is the name shown. Names repeat; e-mail addresses do not.',
  interfaces: [AccountRef, NodeRef],
  fields: (t) => ({
    email: t.string({
      ...fromFacet('email', (email) => email),
      description: 'The e-mail address, in lower case. The source does not check its form when it is changed.',
    }),
    name: t.string({ ...fromFacet('identity', ({ displayName }) => displayName), description: 'The name shown. May be empty.' }),
    storedUsername: t.string({
      ...details(({ username }) => username),
      description: `The username as stored: null, as no release writes one. ${administrators}`,
    }),
    avatarUrl: t.string({
      ...fromFacet('avatar', ({ url }) => url),
      description: `The picture: an address, a path on the source that needs signing in, or a \`data:\` address of any size. ${administrators}`,
    }),
    profileBannerImageUrl: t.string({
      ...details(({ profileBannerImageUrl }) => profileBannerImageUrl),
      description: `The banner; no release writes one. ${administrators}`,
    }),
    role: t.string({
      ...fromFacet('role', ({ nativeRole }) => nativeRole),
      description: '`admin`, `user`, `pending`, or any text an administrator stored.',
    }),
    isActive: t.boolean({
      ...fromFacet('presence', ({ isActive }) => isActive),
      description: 'Seen within the last three minutes.',
    }),
    presenceState: t.string({
      ...details(({ presenceState }) => presenceState),
      description: `A word about presence; no release writes one. ${administrators}`,
    }),
    status: t.field({
      type: UserStatusRef,
      ...fromFacet('userStatus', (status) => status),
      description: 'What the user wrote about what they are doing.',
    }),
    bio: t.string({ ...fromFacet('bio', (bio) => bio), description: 'What the user says about themselves.' }),
    gender: t.string({ ...details(({ gender }) => gender), description: `As the user wrote it. ${administrators}` }),
    dateOfBirth: t.field({
      type: 'LocalDate',
      ...details(({ dateOfBirth }) => dateOfBirth),
      description: `The day of birth. ${administrators}`,
    }),
    timezone: t.string({
      ...details(({ timezone }) => timezone),
      description: `An IANA zone, unchecked. From release 0.7.0. ${administrators}`,
    }),
    info: t.field({
      type: 'JSONObject',
      ...fromFacet('info', (info) => info),
      description: `Free data; \`location\` is the one known key. Secrets are masked. ${administrators}`,
    }),
    location: t.string({
      ...fromFacet('info', (info) => (typeof info?.location === 'string' ? info.location : null)),
      description: `Where the user is, from \`info\`. ${administrators}`,
    }),
    settings: t.field({
      type: UserSettingsRef,
      ...fromFacet('settings', (settings) => settings),
      description: `What the user set for the pages they use; null when never saved. ${administrators}`,
    }),
    oauth: t.field({
      type: [OAuthIdentityRef],
      ...fromFacet('oauth', (oauth) => [...oauth]),
      nullable: { list: true, items: false },
      extensions: { asks: 'oauth', upTo: 10 },
      description: `Sign-in providers the user comes through. ${administrators}`,
    }),
    scim: t.field({
      type: 'JSONObject',
      ...details(({ scim }) => scim),
      description: `Ids at a provisioning service. From release 0.8.3. ${administrators}`,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      ...details(({ updatedAt }) => updatedAt),
      deprecationReason: 'No release changes it after creation: use `createdAt`.',
      description: 'The time of creation, whatever its name says.',
    }),
    groupIds: t.idList({
      ...fromFacet('groupIds', (ids) => [...ids]),
      description: `Ids of the groups the user is a direct member of, in no order. ${administrators}`,
    }),
  }),
});

const first = firstOfKind('OPEN_WEBUI');

builder.objectField(UserRef, 'openWebUI', (t) =>
  t.field({
    type: OpenWebUIAccountRef,
    nullable: true,
    extensions: first.hints,
    description: 'The person’s first account on an Open WebUI; null when they have none.',
    resolve: (user, _args, context, info) => first.open(user, info, context),
  }),
);

const OrderRef = builder.enumType('OpenWebUIAccountOrder', {
  description:
    'The orders in which an Open WebUI lists its users, for `openWebUIAccounts`. `Source.capabilities.orders` has the same words, with `_ASC` or `_DESC` for a `direction` that is not the usual one.',
  values: {
    EMAIL: { description: 'By e-mail address: the only order in which no two users are equal.' },
    NAME: { description: 'By name. Equal names may change places between two pages.' },
    CREATED: { description: 'By creation, which the source keeps to the second.' },
    LAST_ACTIVE: { description: 'By when they were last seen. Changes all the time.' },
    ROLE: { description: 'By the word for the role.' },
  },
});

const DirectionRef = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: { ASC: { description: 'The smallest, or earliest, first.' }, DESC: { description: 'The largest, or latest, first.' } },
});

builder.queryField('openWebUIAccounts', (t) =>
  t.connection(
    {
      type: OpenWebUIAccountRef,
      nullable: true,
      extensions: { needs: 'read', ...leading(ledToAccounts) },
      description: 'The users of an Open WebUI.',
      args: {
        source: t.arg.id({ required: false, description: 'Which Open WebUI; may be left out when there is one.' }),
        query: t.arg.string({
          required: false,
          description:
            'Only users whose name or e-mail address holds this, letter case left aside. For callers without `read:private` only names count.',
        }),
        orderBy: t.arg({ type: OrderRef, required: false, description: 'EMAIL unless told.' }),
        direction: t.arg({ type: DirectionRef, required: false, description: 'ASC unless told; for LAST_ACTIVE it is DESC.' }),
      },
      resolve: (_root, args, context, info) => {
        const { open, query } = readArguments(args, context);
        return accountPage(open, query, args, info);
      },
    },
    { name: 'OpenWebUIAccountConnection', description: 'A page of users of an Open WebUI.' },
    { name: 'OpenWebUIAccountEdge', description: 'An account and where it stands in the list.' },
  ),
);

interface ListArgs extends ConnectionArgs {
  readonly source?: string | null | undefined;
  readonly query?: string | null | undefined;
  readonly orderBy?: string | null | undefined;
  readonly direction?: 'ASC' | 'DESC' | null | undefined;
}

function readArguments(
  { source, query, orderBy, direction }: ListArgs,
  context: Context,
): { open: OpenSource; query: ListQuery } {
  const open = sourceOfKind('OPEN_WEBUI', source, context);
  const search = query == null ? undefined : searchText('query', query);
  return { open, query: { search, order: orderWord(orderBy ?? 'EMAIL', direction) } };
}

function ledToAccounts(args: ListArgs, context: Context): Led {
  const { open, query } = readArguments(args, context);
  return ledByList(open, query, args);
}

/** The source's word: an order by itself begins where people expect it to, and names its direction only when turned round. */
function orderWord(order: string, direction: 'ASC' | 'DESC' | null | undefined): string {
  const usual = order === 'LAST_ACTIVE' ? 'DESC' : 'ASC';
  return direction == null || direction === usual ? order : `${order}_${direction}`;
}
