import SchemaBuilder from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import type { Person } from '../people.ts';
import {
  activeOf,
  createdAtOf,
  displayNameOf,
  type HordeUser,
  monthlyOf,
  nativeIdOf,
  type Told,
  type WebuiUser,
} from '../wire.ts';
import type { Loaders } from './loaders.ts';

interface Known extends Person {
  /** When it was read already. */
  readonly told: Told | null;
}

/** The part of the graph that the scenarios ask for, as one would write it with Pothos. */
export function buildSchema(): GraphQLSchema {
  const builder = new SchemaBuilder<{ Context: Loaders; Scalars: { ID: { Input: string; Output: string } } }>({});
  /** At once where the account was read already. */
  const fromHorde =
    <Value>(show: (told: Told) => Value) =>
    ({ told, horde }: Known, _args: object, loaders: Loaders): Value | null | Promise<Value | null> => {
      if (told !== null) return show(told);
      return horde === null ? null : loaders.horde.load(horde).then((read) => read && show(read));
    };

  const numbers = <Name extends string>(name: string, keys: readonly Name[]) => {
    const ref = builder.objectRef<Readonly<Record<Name, number>>>(name);
    return ref.implement({
      fields: (t) => Object.fromEntries(keys.map((key) => [key, t.float({ resolve: (parent) => parent[key] })])),
    });
  };
  const KudosDetails = numbers('KudosDetails', [
    ...(['accumulated', 'gifted', 'donated', 'admin', 'received', 'recurring', 'awarded', 'styled'] as const),
  ]);
  const Things = numbers('ThingRecords', ['megapixelsteps', 'tokens']);
  const Amounts = numbers('AmountRecords', ['image', 'text', 'interrogation']);

  const Records = builder.objectRef<HordeUser['records']>('Records').implement({
    fields: (t) => ({
      usage: t.expose('usage', { type: Things }),
      contribution: t.expose('contribution', { type: Things }),
      fulfillment: t.expose('fulfillment', { type: Amounts }),
      request: t.expose('request', { type: Amounts }),
      style: t.expose('style', { type: Amounts }),
    }),
  });
  const ActiveGenerations = builder.objectRef<ReturnType<typeof activeOf>>('ActiveGenerations').implement({
    fields: (t) => ({
      text: t.stringList({ resolve: ({ text }) => [...text] }),
      image: t.stringList({ resolve: ({ image }) => [...image] }),
    }),
  });
  const MonthlyKudos = builder.objectRef<NonNullable<ReturnType<typeof monthlyOf>>>('MonthlyKudos').implement({
    fields: (t) => ({ amount: t.exposeFloat('amount'), lastReceived: t.exposeString('lastReceived') }),
  });

  const User = builder.objectRef<Known>('User');
  const HordeAccount = builder.objectRef<Told>('HordeAccount').implement({
    fields: (t) => ({
      id: t.id({ resolve: ({ user }) => `horde:${user.id}` }),
      username: t.string({ resolve: ({ user }) => user.username }),
      displayName: t.string({ resolve: ({ user }) => displayNameOf(user) }),
      createdAt: t.string({ resolve: createdAtOf }),
      userId: t.int({ resolve: ({ user }) => user.id }),
      kudos: t.float({ resolve: ({ user }) => user.kudos }),
      kudosDetails: t.field({ type: KudosDetails, resolve: ({ user }) => user.kudos_details }),
      records: t.field({ type: Records, resolve: ({ user }) => user.records }),
      evaluatingKudos: t.float({ resolve: ({ user }) => user.evaluating_kudos }),
      suspicious: t.int({ resolve: ({ user }) => user.suspicious }),
      adminComment: t.string({ resolve: ({ user }) => user.admin_comment }),
      hasProxyPasskey: t.boolean({ resolve: ({ user }) => user.proxy_passkey != null }),
      contact: t.string({ resolve: ({ user }) => user.contact }),
      vpn: t.boolean({ resolve: ({ user }) => user.vpn }),
      special: t.boolean({ resolve: ({ user }) => user.special }),
      trusted: t.boolean({ resolve: ({ user }) => user.trusted }),
      flagged: t.boolean({ resolve: ({ user }) => user.flagged }),
      moderator: t.boolean({ resolve: ({ user }) => user.moderator }),
      customizer: t.boolean({ resolve: ({ user }) => user.customizer }),
      service: t.boolean({ resolve: ({ user }) => user.service }),
      education: t.boolean({ resolve: ({ user }) => user.education }),
      deleted: t.boolean({ resolve: ({ user }) => user.deleted }),
      pseudonymous: t.boolean({ resolve: ({ user }) => user.pseudonymous }),
      concurrency: t.int({ resolve: ({ user }) => user.concurrency }),
      workerInvited: t.int({ resolve: ({ user }) => user.worker_invited }),
      workerCount: t.int({ resolve: ({ user }) => user.worker_count }),
      accountAge: t.float({ resolve: ({ user }) => user.account_age }),
      monthlyKudos: t.field({ type: MonthlyKudos, nullable: true, resolve: ({ user }) => monthlyOf(user) }),
      user: t.field({
        type: User,
        resolve: (told, _args, { people }) => ({ ...people.ofHorde(String(told.user.id)), told }),
      }),
    }),
  });
  const OpenWebUIAccount = builder.objectRef<WebuiUser>('OpenWebUIAccount').implement({
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => `webui:${id}` }),
      name: t.exposeString('name'),
      email: t.exposeString('email'),
      role: t.exposeString('role'),
      user: t.field({ type: User, resolve: ({ id }, _args, { people }) => ({ ...people.ofWebui(id), told: null }) }),
    }),
  });
  User.implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      username: t.string({ resolve: fromHorde(({ user }) => user.username) }),
      displayName: t.string({ resolve: fromHorde(({ user }) => displayNameOf(user)) }),
      kudos: t.float({ resolve: fromHorde(({ user }) => user.kudos) }),
      kudosDetails: t.field({ type: KudosDetails, resolve: fromHorde(({ user }) => user.kudos_details) }),
      records: t.field({ type: Records, resolve: fromHorde(({ user }) => user.records) }),
      activeGenerations: t.field({ type: ActiveGenerations, resolve: fromHorde(({ user }) => activeOf(user)) }),
      horde: t.field({ type: HordeAccount, resolve: fromHorde((told) => told) }),
      openWebUI: t.field({
        type: OpenWebUIAccount,
        nullable: true,
        resolve: ({ webui }, _args, loaders) => (webui === null ? null : loaders.webui.load(webui)),
      }),
    }),
  });

  const HordeEdge = builder.objectRef<Told>('HordeAccountEdge').implement({
    fields: (t) => ({ node: t.field({ type: HordeAccount, resolve: (told) => told }) }),
  });
  const HordePage = builder.objectRef<Told[]>('HordeAccountConnection').implement({
    fields: (t) => ({ edges: t.field({ type: [HordeEdge], resolve: (page) => page }) }),
  });
  const WebuiEdge = builder.objectRef<WebuiUser>('OpenWebUIAccountEdge').implement({
    fields: (t) => ({ node: t.field({ type: OpenWebUIAccount, resolve: (user) => user }) }),
  });
  const WebuiPageRef = builder.objectRef<readonly WebuiUser[]>('OpenWebUIAccountConnection').implement({
    fields: (t) => ({ edges: t.field({ type: [WebuiEdge], resolve: (page) => [...page] }) }),
  });

  builder.queryType({
    fields: (t) => ({
      user: t.field({
        type: User,
        nullable: true,
        args: { id: t.arg.id({ required: true }) },
        resolve: async (_root, { id }, { people, horde }) => {
          const told = await horde.load(nativeIdOf(id));
          return told && { ...people.ofHorde(nativeIdOf(id)), told };
        },
      }),
      usersById: t.field({
        type: [User],
        nullable: { list: false, items: true },
        args: { ids: t.arg.idList({ required: true }) },
        resolve: (_root, { ids }, { people, horde }) =>
          ids.map(async (id) => {
            const told = await horde.load(nativeIdOf(id));
            return told && { ...people.ofHorde(nativeIdOf(id)), told };
          }),
      }),
      hordeAccounts: t.field({
        type: HordePage,
        args: { first: t.arg.int({ required: true }) },
        resolve: async (_root, { first }, { hordePage }) => (await hordePage()).slice(0, first),
      }),
      openWebUIAccounts: t.field({
        type: WebuiPageRef,
        args: { first: t.arg.int({ required: true }), query: t.arg.string({ required: true }) },
        resolve: async (_root, { first, query }, { webuiPage }) => (await webuiPage(query)).slice(0, first),
      }),
    }),
  });
  return builder.toSchema();
}
