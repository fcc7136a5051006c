import { builder } from '../builder.ts';
import { readFacet } from '../context.ts';
import { AccountRef } from './account.ts';

interface Freshness {
  readonly fetchedAt: Date;
}

const FreshnessRef = builder.objectRef<Freshness>('Freshness');

const ServedFromRef = builder.enumType('ServedFrom', {
  description: 'Where an answer came from.',
  values: { SOURCE: { description: 'Asked of the source for this very operation.' } },
});

FreshnessRef.implement({
  description: 'How old the answer about an account is, on our side of the wire. Sources may add a cache of their own.',
  fields: (t) => ({
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime', nullable: false, description: 'When the newest part of it was read.' }),
    age: t.float({
      nullable: false,
      description: 'Seconds since then.',
      resolve: ({ fetchedAt }) => Math.max(0, (Date.now() - fetchedAt.getTime()) / 1000),
    }),
    stale: t.boolean({
      nullable: false,
      description: 'True when it is older than it should be because the source could not be asked again.',
      resolve: () => false,
    }),
    servedFrom: t.field({
      type: ServedFromRef,
      nullable: false,
      description: 'Where it came from.',
      resolve: () => 'SOURCE' as const,
    }),
  }),
});

builder.interfaceField(AccountRef, 'freshness', (t) =>
  t.field({
    type: FreshnessRef,
    nullable: true,
    extensions: { asks: 'identity' },
    description: 'How old the answer is. Null for an account that does not exist.',
    resolve: async (account) => {
      await readFacet(account, 'identity');
      const fetchedAt = account.open.loader.fetchedAt(account.nativeId);
      return fetchedAt === null ? null : { fetchedAt };
    },
  }),
);
