import type { Caller } from '../../access/caller.ts';
import { formatScope } from '../../access/scopes.ts';
import { usualCalls } from '../../sources/calls.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountById, accountOn, type Context, type OpenSource } from '../context.ts';
import { accountsNamed, type Led, leading } from '../leading.ts';
import { AccountRef } from './account.ts';

const CallerKindRef = builder.enumType('CallerKind', {
  description: 'How a caller was recognised.',
  values: {
    ANONYMOUS: { description: 'By nothing: no Rollcall key and no token.' },
    KEY: { description: 'By a Rollcall key.' },
    TOKEN: { description: 'By a signed token.' },
  } satisfies Record<Caller['kind'], { description: string }>,
});

const ViewerRef = builder.objectRef<Caller>('Viewer');

ViewerRef.implement({
  description: 'Who is asking, and what they may do.',
  fields: (t) => ({
    kind: t.field({
      type: CallerKindRef,
      nullable: false,
      description: 'How the caller was recognised.',
      resolve: ({ kind }) => kind,
    }),
    name: t.exposeString('name', { nullable: true, description: 'The name of the caller’s key, or their token’s subject.' }),
    scopes: t.stringList({
      nullable: false,
      description:
        'What they may see and do through this Rollcall’s own credentials: `read`, or `read@webui` for one source only.',
      resolve: (caller) => caller.scopes.map(formatScope),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key or token ends; null: never.',
    }),
    accounts: t.field({
      type: [AccountRef],
      nullable: { list: false, items: true },
      extensions: leading((_args, context) => ledToOwn(context)),
      description:
        'The caller’s own accounts: those that their token names, and those that their keys prove. Each source for which a key came along in `x-source-key-<source id>` is asked whose it is.',
      resolve: (caller, _args, context) => ownAccounts(caller, context),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: false,
    description: 'Who is asking.',
    resolve: (_root, _args, context) => {
      // A key may be taken back at any moment.
      context.onlyForNow();
      return context.caller;
    },
  }),
);

const ownSources = ({ sources }: Context): OpenSource[] =>
  [...sources.values()].filter(({ permit }) => permit.credential.class === 'caller');

function ledToOwn(context: Context): Led {
  const own = ownSources(context);
  return {
    accounts: accountsNamed(context.caller.accounts, context),
    calls: own.map((open) => ({ open, what: 'key holder', requests: (open.source.calls ?? usualCalls).self })),
    found: own.map((open) => ({ open, most: 1, brings: [] })),
  };
}

/** Each once. What a token says wrongly, and a key that proves nothing, is an error at its place in the list. */
async function ownAccounts(caller: Caller, context: Context): Promise<Promise<AccountNode | null>[]> {
  const named = caller.accounts.map(async (id) => accountById(id, context));
  const accounts = [...named, ...ownSources(context).map(provedAccount)];
  const settled = await Promise.allSettled(accounts);
  const ids = settled.map((account, index) => (account.status === 'fulfilled' ? account.value?.id : undefined) ?? index);
  return accounts.filter((_, index) => ids.indexOf(ids[index] ?? index) === index);
}

async function provedAccount(open: OpenSource): Promise<AccountNode | null> {
  const self = await open.session().self();
  if (self === null) return null;
  open.loader().prime(self);
  return accountOn(open, self.id);
}
