import { sourceOfKind } from '../../account-connection.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { received, recipient } from './kudos-gift.ts';

const Input = builder.inputType('AwardHordeKudosInput', {
  description: 'Whom to award kudos, and how many.',
  fields: (t) => ({
    source: t.id({ required: false, description: 'Which Horde; may be left out when there is one.' }),
    to: t.string({ required: true, description: 'A user, as `alias#42`, `42` or `horde:42`. An alias must be the user’s.' }),
    amount: t.field({ type: 'SafeInt', required: true, description: 'Whole kudos; negative: taken back.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'awardHordeKudos',
  description: 'Awards kudos out of nothing. Only the key of the Horde’s first account may; a flagged user is awarded nothing.',
  scope: 'write:admin',
  input: Input,
  place: ({ source }, context) => ({ open: sourceOfKind('AI_HORDE', source, context), account: null }),
  write: ({ to, amount }, place) => ({ to: recipient(to, place), amount }),
});

builder.objectField(payload, 'awarded', (t) =>
  t.field({
    type: 'SafeInt',
    nullable: true,
    description: 'What the Horde says it awarded.',
    resolve: (result) => received(result, 'awarded'),
  }),
);
