import type { OpenWebUIGroup } from '../../domain/accounts/openwebui.ts';
import type { FacetName } from '../../domain/facets.ts';
import { InputError } from '../../errors.ts';
import { sourceOfKind } from '../account-connection.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountOn, type Context, type OpenSource, quote, readFacet } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { type Led, leading } from '../leading.ts';
import { addSections, PermissionGrantRef } from '../types/permission-grants.ts';
import { readBelonging } from './belongings.ts';
import { OpenWebUIAccountRef } from './openwebui-account.ts';

/** A group as somebody refers to it; some answers bring it whole. */
interface ListedGroup {
  readonly id: string;
  readonly name: string;
  readonly account: AccountNode;
  readonly whole?: OpenWebUIGroup;
}

const GroupRef = builder.objectRef<ListedGroup>('OpenWebUIGroup');

const group = <Value>(show: (group: OpenWebUIGroup) => Value) => ({
  nullable: true as const,
  extensions: { reads: 'openWebUIGroup' },
  resolve: async ({ id, account, whole }: ListedGroup): Promise<Value | null> => {
    const read = whole ?? (await readBelonging(account, id, 'openWebUIGroup'));
    return read === null ? null : show(read);
  },
});

GroupRef.implement({
  description:
    'A group of users, which adds permissions to what everybody may do. Beyond `id` and `name` one request serves all groups.',
  fields: (t) => ({
    id: t.exposeID('id', {
      nullable: false,
      description: 'A UUID, its source’s own. Names repeat; ids do not, unless one source was restored from another’s backup.',
    }),
    name: t.exposeString('name', { nullable: false, description: 'What administrators call it.' }),
    description: t.string({ ...group(({ description }) => description), description: 'What administrators say about it.' }),
    memberCount: t.int({ ...group(({ memberCount }) => memberCount), description: 'How many users are direct members.' }),
    creatorId: t.id({ ...group(({ creatorId }) => creatorId), description: 'The native id of the user who made it.' }),
    parentGroupId: t.id({
      ...group(({ parentGroupId }) => parentGroupId),
      description:
        'The group whose permissions it inherits. From release 0.12; null before, and for a group that stands on its own.',
    }),
    permissions: t.field({
      type: 'JSONObject',
      ...group(({ permissions }) => permissions),
      description: 'What it grants, as stored: sections of keys. A group can only add, never take away.',
    }),
    createdAt: t.field({ type: 'DateTime', ...group(({ createdAt }) => createdAt), description: 'When it was made.' }),
    updatedAt: t.field({
      type: 'DateTime',
      ...group(({ updatedAt }) => updatedAt),
      description: 'When it, or who is in it, last changed.',
    }),
  }),
});

builder.objectField(OpenWebUIAccountRef, 'groups', (t) =>
  t.field({
    type: [GroupRef],
    nullable: { list: true, items: false },
    extensions: { asks: 'groups', upTo: 20 },
    description: 'The groups the user is a direct member of, in no order.',
    resolve: async (account) => {
      const groups = await readFacet(account, 'groups');
      return groups === null ? null : groups.map(({ id, name }) => ({ id, name, account }));
    },
  }),
);

const sourceArg = 'Which Open WebUI; may be left out when there is one.';

interface SourceArgs {
  readonly source?: string | null | undefined;
}

/** In one channel, at most. An estimate. */
const channelMembers = 100;

function ledToAll(source: string | null | undefined, facet: FacetName, requests: number, context: Context): Led {
  const open = sourceOfKind('OPEN_WEBUI', source, context);
  if (!open.permit.mayRead(facet)) return {};
  return { calls: [{ open, what: 'list', requests }], accounts: [everything(open)] };
}

/** Where to ask for what belongs to the source as a whole. */
const everything = (open: OpenSource): AccountNode => accountOn(open, 'all');

builder.queryField('openWebUIGroups', (t) =>
  t.field({
    type: [GroupRef],
    nullable: { list: true, items: false },
    extensions: {
      reads: 'openWebUIGroupList',
      upTo: 100,
      ...leading(({ source }: SourceArgs, context) => ledToAll(source, 'openWebUIGroupList', 1, context)),
    },
    description: 'All groups of an Open WebUI, most recently changed first. With an ordinary user’s key: that user’s groups.',
    args: { source: t.arg.id({ required: false, description: sourceArg }) },
    resolve: async (_root, { source }, context) => {
      const account = everything(sourceOfKind('OPEN_WEBUI', source, context));
      const groups = await readFacet(account, 'openWebUIGroupList');
      return groups === null ? null : groups.map((whole) => ({ id: whole.id, name: whole.name, account, whole }));
    },
  }),
);

const DefaultPermissionsRef = builder.objectRef<AccountNode>('OpenWebUIDefaultPermissions');

DefaultPermissionsRef.implement({
  description: 'What every user of an Open WebUI may do before groups add to it.',
  fields: (t) => ({
    grants: t.field({
      type: [PermissionGrantRef],
      ...fromFacet('openWebUIDefaultPermissions', ({ grants }) => [...grants]),
      nullable: { list: true, items: false },
      extensions: { asks: 'openWebUIDefaultPermissions', upTo: 100 },
      description: 'Every permission that the release knows, in open form.',
    }),
  }),
});

addSections(DefaultPermissionsRef, 'openWebUIDefaultPermissions');

builder.queryField('openWebUIDefaultPermissions', (t) =>
  t.field({
    type: DefaultPermissionsRef,
    nullable: true,
    extensions: leading(({ source }: SourceArgs, context) => ({
      accounts: [everything(sourceOfKind('OPEN_WEBUI', source, context))],
    })),
    description: 'What everybody may do on an Open WebUI. Needs an administrator’s key on the source.',
    args: { source: t.arg.id({ required: false, description: sourceArg }) },
    resolve: (_root, { source }, context) => everything(sourceOfKind('OPEN_WEBUI', source, context)),
  }),
);

builder.queryField('openWebUIChannelMembers', (t) =>
  t.field({
    type: [OpenWebUIAccountRef],
    nullable: { list: true, items: false },
    extensions: {
      reads: 'channelMembers',
      ...leading(({ source }: SourceArgs, context) => {
        const { calls = [], accounts: [all] = [] } = ledToAll(source, 'channelMembers', channelMembers / 25, context);
        return { calls, found: all === undefined ? [] : [{ open: all.open, most: channelMembers, brings: [] }] };
      }),
    },
    description:
      'Who is in a channel of an Open WebUI, in no order. Null for an unknown channel. Group and direct channels are shown to their members only, administrators or not.',
    args: {
      channel: t.arg.id({ required: true, description: 'The native id of the channel.' }),
      source: t.arg.id({ required: false, description: sourceArg }),
    },
    resolve: async (_root, { channel, source }, context) => {
      const open = sourceOfKind('OPEN_WEBUI', source, context);
      const nativeId = open.source.canonicalId(channel);
      if (nativeId === null) throw new InputError(`${quote(channel)} cannot be the id of a channel.`);
      const members = await readFacet(accountOn(open, nativeId), 'channelMembers');
      return members === null ? null : members.map((member) => accountOn(open, member));
    },
  }),
);
