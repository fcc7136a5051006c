import type { HordeStanding } from '../../domain/accounts/horde.ts';
import { accountPage, sourceOfKind } from '../account-connection.ts';
import { registerAccountType } from '../account-types.ts';
import { builder } from '../builder.ts';
import type { AccountNode } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { leading, ledByList } from '../leading.ts';
import type { ConnectionArgs } from '../list-window.ts';
import { AccountRef } from '../types/account.ts';
import { ActiveGenerationsRef } from '../types/active-generations.ts';
import { KudosDetailsRef, MonthlyKudosRef } from '../types/kudos-details.ts';
import { NodeRef } from '../types/node.ts';
import { RecordsRef } from '../types/records.ts';
import { UserRef } from '../types/user.ts';
import { firstOfKind } from './first-of-kind.ts';

/** A user of an AI Horde, with every field it knows. */
export const HordeAccountRef = builder.objectRef<AccountNode>('HordeAccount');

registerAccountType('AI_HORDE', 'HordeAccount');

const owner = 'Needs the user’s own key or a moderator’s on the source; else `SOURCE_FORBIDDEN`.';
const moderators = 'Needs a moderator’s key on the source; else `SOURCE_FORBIDDEN`.';

/** A field of what the Horde shows to anybody. */
const standing = <Value>(show: (standing: HordeStanding) => Value) => fromFacet('hordeStanding', show);

const UsageDetailsRef = builder.objectRef<HordeStanding['usage']>('HordeUsageDetails');
UsageDetailsRef.implement({
  description: 'What the Horde kept before `records`. It still sends the object and nothing in it.',
  fields: (t) => ({
    megapixelsteps: t.exposeFloat('megapixelsteps', {
      nullable: true,
      description: 'Always null upstream; see `records.usage`.',
    }),
    requests: t.exposeFloat('requests', { nullable: true, description: 'Always null upstream; see `records.request`.' }),
  }),
});

const ContributionsDetailsRef = builder.objectRef<HordeStanding['contributions']>('HordeContributionsDetails');
ContributionsDetailsRef.implement({
  description: 'What the Horde kept before `records`. It still sends the object and nothing in it.',
  fields: (t) => ({
    megapixelsteps: t.exposeFloat('megapixelsteps', {
      nullable: true,
      description: 'Always null upstream; see `records.contribution`.',
    }),
    fulfillments: t.exposeFloat('fulfillments', {
      nullable: true,
      description: 'Always null upstream; see `records.fulfillment`.',
    }),
  }),
});

HordeAccountRef.implement({
  description:
    'A user of an AI Horde. `username` is `alias#id`; the alias is HTML text as the Horde cleaned it, to be shown as text.',
  interfaces: [AccountRef, NodeRef],
  fields: (t) => ({
    userId: t.int({ ...standing(({ userId }) => userId), description: 'The number that is the identity; 0 is Anonymous.' }),
    kudos: t.float({
      ...fromFacet('kudos', (kudos) => kudos),
      description: 'The balance: whole, zero or more; only Anonymous may go below, down to -50.',
    }),
    kudosDetails: t.field({
      type: KudosDetailsRef,
      ...fromFacet('kudosDetails', (details) => details),
      description: 'Where the kudos came from and went.',
    }),
    records: t.field({
      type: RecordsRef,
      ...fromFacet('records', (records) => records),
      description: 'What was asked for and delivered.',
    }),
    activeGenerations: t.field({
      type: ActiveGenerationsRef,
      ...fromFacet('activeGenerations', (active) => active),
      description: `What the user has waiting or running. ${owner}`,
    }),
    monthlyKudos: t.field({
      type: MonthlyKudosRef,
      ...fromFacet('monthlyKudos', (monthly) => monthly),
      description: `Kudos paid each month. ${moderators}`,
    }),
    evaluatingKudos: t.float({
      ...fromFacet('hordePrivileged', ({ evaluatingKudos }) => evaluatingKudos),
      description: `Kudos held back until the user is trusted, when they are paid out. ${moderators}`,
    }),
    suspicious: t.int({
      ...fromFacet('hordePrivileged', ({ suspicious }) => suspicious),
      description: `How many reasons for suspicion are on record; from 5 on, an untrusted user is treated as suspicious. ${moderators}`,
    }),
    adminComment: t.string({
      ...fromFacet('hordePrivileged', ({ adminComment }) => adminComment),
      description: `What the Horde’s administrators noted; null when nothing. ${moderators}`,
    }),
    hasProxyPasskey: t.boolean({
      ...fromFacet('hordePrivileged', ({ hasProxyPasskey }) => hasProxyPasskey),
      description: `Whether the service account has a proxy passkey. The passkey itself is never shown. ${moderators}`,
    }),
    contact: t.string({
      ...fromFacet('hordePrivate', ({ contact }) => contact),
      description: `How the Horde’s administrators can reach the user; null when not given. ${owner}`,
    }),
    vpn: t.boolean({ ...fromFacet('hordePrivate', ({ vpn }) => vpn), description: `May run workers behind a VPN. ${owner}` }),
    special: t.boolean({
      ...fromFacet('hordePrivate', ({ special }) => special),
      description: `May send special payloads. ${owner}`,
    }),
    trusted: t.boolean({
      ...standing(({ trusted }) => trusted),
      description: 'Not subject to suspicion; may make teams and styles.',
    }),
    flagged: t.boolean({
      ...standing(({ flagged }) => flagged),
      description: 'Under suspicion: cannot send or receive kudos, workers are stopped, priority is low.',
    }),
    moderator: t.boolean({
      ...standing(({ moderator }) => moderator),
      description: 'Sees what is private of others and changes them.',
    }),
    customizer: t.boolean({
      ...standing(({ customizer }) => customizer),
      description: 'May serve models outside the reference and make styles.',
    }),
    service: t.boolean({
      ...standing(({ service }) => service),
      description: 'An account that relays for others and may name them.',
    }),
    education: t.boolean({
      ...standing(({ education }) => education),
      description: 'Has 200 concurrent requests; cannot send kudos.',
    }),
    deleted: t.boolean({
      ...standing(({ deleted }) => deleted),
      description: 'Marked for deletion; it can be undone until the account is wiped.',
    }),
    pseudonymous: t.boolean({
      ...standing(({ pseudonymous }) => pseudonymous),
      description: 'Registered without signing in elsewhere: the key is the only way in.',
    }),
    concurrency: t.int({
      ...standing(({ concurrency }) => concurrency),
      description: 'How many requests may wait or run at once.',
    }),
    workerInvited: t.int({
      ...standing(({ workerInvited }) => workerInvited),
      description: 'How many workers the user may add.',
    }),
    workerCount: t.int({
      ...standing(({ workerCount }) => workerCount),
      description: 'How many image and text workers the user has made, idle ones too. Alchemists are not counted.',
    }),
    accountAge: t.field({
      type: 'SafeInt',
      ...standing(({ accountAge }) => accountAge),
      description:
        'Seconds since the account was made, as of the answer. `createdAt` is the same as a date, as exact as the answer is fresh: it moves by up to half a minute from read to read, in lists by five.',
    }),
    usage: t.field({
      type: UsageDetailsRef,
      ...standing(({ usage }) => usage),
      deprecationReason: 'Empty upstream since `records` replaced it: use `records.usage` and `records.request`.',
      description: 'What was asked for, in an older form.',
    }),
    contributions: t.field({
      type: ContributionsDetailsRef,
      ...standing(({ contributions }) => contributions),
      deprecationReason: 'Empty upstream since `records` replaced it: use `records.contribution` and `records.fulfillment`.',
      description: 'What was delivered, in an older form.',
    }),
  }),
});

const first = firstOfKind('AI_HORDE');

builder.objectField(UserRef, 'horde', (t) =>
  t.field({
    type: HordeAccountRef,
    nullable: true,
    extensions: first.hints,
    description: 'The person’s first account on an AI Horde; null when they have none.',
    resolve: (user, _args, context, info) => first.open(user, info, context),
  }),
);

const HordeAccountOrderRef = builder.enumType('HordeAccountOrder', {
  description: 'The orders in which a Horde lists its users.',
  values: {
    CREATED: { description: 'Oldest account first. Steady: new accounts come at the end.' },
    KUDOS: { description: 'Most kudos first. Balances move, so users may change places between two pages.' },
  },
});

builder.queryField('hordeAccounts', (t) =>
  t.connection(
    {
      type: HordeAccountRef,
      nullable: true,
      extensions: {
        needs: 'read',
        ...leading((args: ListArgs, context) =>
          ledByList(sourceOfKind('AI_HORDE', args.source, context), { order: args.orderBy ?? undefined }, args),
        ),
      },
      description: 'The users of an AI Horde. Lists are up to five minutes old; the Horde does not tell how many there are.',
      args: {
        source: t.arg.id({ required: false, description: 'Which Horde; may be left out when there is one.' }),
        orderBy: t.arg({ type: HordeAccountOrderRef, required: false, description: 'CREATED unless told.' }),
      },
      resolve: (_root, args, context, info) =>
        accountPage(sourceOfKind('AI_HORDE', args.source, context), { order: args.orderBy ?? undefined }, args, info),
    },
    { name: 'HordeAccountConnection', description: 'A page of users of an AI Horde.' },
    { name: 'HordeAccountEdge', description: 'An account and where it stands in the list.' },
  ),
);

interface ListArgs extends ConnectionArgs {
  readonly source?: string | null | undefined;
  readonly orderBy?: string | null | undefined;
}
