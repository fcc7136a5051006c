import type { AmountRecords, Records, ThingRecords } from '../../domain/facets.ts';
import { builder } from '../builder.ts';
import { fromFirst } from '../facet-field.ts';
import { UserRef } from './user.ts';

const ThingRecordsRef = builder.objectRef<ThingRecords>('ThingRecords');

ThingRecordsRef.implement({
  description: 'How much was generated.',
  fields: (t) => ({
    megapixelsteps: t.exposeFloat('megapixelsteps', {
      nullable: false,
      description: 'For images: pixels times sampling steps, in millions. Grows by addition, so expect noise in the last digits.',
    }),
    tokens: t.expose('tokens', { type: 'SafeInt', nullable: false, description: 'For text.' }),
  }),
});

const AmountRecordsRef = builder.objectRef<AmountRecords>('AmountRecords');

AmountRecordsRef.implement({
  description: 'How many were generated.',
  fields: (t) => ({
    image: t.expose('image', { type: 'SafeInt', nullable: false, description: 'Images.' }),
    text: t.expose('text', { type: 'SafeInt', nullable: false, description: 'Texts.' }),
    interrogation: t.expose('interrogation', {
      type: 'SafeInt',
      nullable: false,
      description: 'Alchemy jobs, such as captioning and upscaling.',
    }),
  }),
});

export const RecordsRef = builder.objectRef<Records>('Records');

RecordsRef.implement({
  description: 'What a user asked for and what their workers delivered, since the account was made.',
  fields: (t) => ({
    usage: t.expose('usage', {
      type: ThingRecordsRef,
      nullable: false,
      description: 'How much the user asked for, scaled by their usage multiplier.',
    }),
    contribution: t.expose('contribution', {
      type: ThingRecordsRef,
      nullable: false,
      description: 'How much the user’s workers delivered.',
    }),
    fulfillment: t.expose('fulfillment', {
      type: AmountRecordsRef,
      nullable: false,
      description: 'How many the user’s workers delivered.',
    }),
    request: t.expose('request', { type: AmountRecordsRef, nullable: false, description: 'How many the user asked for.' }),
    style: t.expose('style', {
      type: AmountRecordsRef,
      nullable: false,
      description: 'How often others used the user’s styles.',
    }),
  }),
});

builder.objectField(UserRef, 'records', (t) =>
  t.field({
    type: RecordsRef,
    ...fromFirst('records', (records) => records),
    description: 'What the user asked for and what their workers delivered.',
  }),
);
