import type { KudosDetails, MonthlyKudos } from '../../domain/facets.ts';
import { builder } from '../builder.ts';
import { fromFirst } from '../facet-field.ts';
import { UserRef } from './user.ts';

export const KudosDetailsRef = builder.objectRef<KudosDetails>('KudosDetails');

KudosDetailsRef.implement({
  description: 'Where a user’s kudos came from and went: running totals with sign. They need not add up to the balance.',
  fields: (t) => ({
    accumulated: t.exposeFloat('accumulated', {
      nullable: false,
      description: 'Net of generating: earned by workers is positive, spent on requests negative. May be below zero.',
    }),
    gifted: t.exposeFloat('gifted', { nullable: false, description: 'Sent to other users. Zero or negative.' }),
    donated: t.exposeFloat('donated', { nullable: false, description: 'Sent to education accounts. Zero or negative.' }),
    admin: t.exposeFloat('admin', { nullable: false, description: 'Given (positive) or taken (negative) by administrators.' }),
    received: t.exposeFloat('received', { nullable: false, description: 'Received from other users. Zero or positive.' }),
    recurring: t.exposeFloat('recurring', { nullable: false, description: 'From monthly payments. Zero or positive.' }),
    awarded: t.exposeFloat('awarded', {
      nullable: false,
      description: 'For rating images and other merits. An award may be corrected downwards.',
    }),
    styled: t.exposeFloat('styled', { nullable: false, description: 'From others using the user’s styles.' }),
  }),
});

export const MonthlyKudosRef = builder.objectRef<MonthlyKudos>('MonthlyKudos');

MonthlyKudosRef.implement({
  description: 'Kudos paid each month.',
  fields: (t) => ({
    amount: t.exposeFloat('amount', {
      nullable: false,
      description: 'What the next payment will be: what was assigned, plus what moderators and patrons get.',
    }),
    lastReceived: t.expose('lastReceived', {
      type: 'DateTime',
      nullable: true,
      description: 'The last payment; null before the first.',
    }),
  }),
});

builder.objectField(UserRef, 'kudosDetails', (t) =>
  t.field({
    type: KudosDetailsRef,
    ...fromFirst('kudosDetails', (details) => details),
    description: 'Where the kudos came from and went.',
  }),
);
