import type { Told } from '../../sources/ageing.ts';
import { builder } from '../builder.ts';
import { readFacet } from '../context.ts';
import { AccountRef } from './account.ts';

const FreshnessRef = builder.objectRef<Told>('Freshness');

const ServedFromRef = builder.enumType('ServedFrom', {
  description: 'Where an answer came from.',
  values: {
    SOURCE: { description: 'Asked of the source for this very operation.' },
    MEMORY: { description: 'Kept in the memory of the process that answered, since an earlier operation.' },
    SHARED_MEMORY: { description: 'Kept in a memory that several processes share.' },
  } satisfies Record<Told['origin'], { description: string }>,
});

FreshnessRef.implement({
  description:
    'How old what this operation was told about an account is. Counted from when reading it began, so what changed since then may not ' +
    'be in it; what is older than that is. Sources may add a cache of their own: see `sourceLag`.',
  fields: (t) => ({
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When reading its oldest part began.',
    }),
    age: t.float({
      nullable: false,
      description: 'Seconds since then, at the moment of answering: an answer that tells it is not kept by caches on the way.',
      resolve: ({ age }, _args, context) => {
        context.onlyForNow();
        return age;
      },
    }),
    stale: t.exposeBoolean('stale', {
      nullable: false,
      description:
        'True when some part is older than it should be: it is being read anew for the next who asks, or the source could not be asked again.',
    }),
    servedFrom: t.expose('origin', { type: ServedFromRef, nullable: false, description: 'Where the oldest part came from.' }),
    sourceLag: t.exposeFloat('lag', {
      nullable: false,
      description:
        'Seconds by which the source’s own cache may have been behind when it was asked, on top of `age`. 0 where it has none, and where it was ' +
        'passed by, as after a write made here.',
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
      return account.open.loader().freshness(account.nativeId);
    },
  }),
);
