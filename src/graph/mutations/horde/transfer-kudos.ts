import { sourceOfKind } from '../../account-connection.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { received, recipient } from './kudos-gift.ts';

const Input = builder.inputType('TransferHordeKudosInput', {
  description: 'To whom to send kudos, and how many.',
  fields: (t) => ({
    source: t.id({ required: false, description: 'Which Horde; may be left out when there is one.' }),
    to: t.string({
      required: true,
      description:
        'A user, as `alias#42`, `42` or `horde:42`, or the id of a shared key. An alias must be the user’s, so that a mistyped number sends nothing.',
    }),
    amount: t.field({ type: 'SafeInt', required: true, description: 'Whole kudos, at least 1.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'transferHordeKudos',
  description:
    'Sends kudos from the caller’s account, never from the service’s. Needs a key of the caller’s own for the source, in `x-source-key-<source id>`. With an `idempotencyKey` the Horde is given a fingerprint of it and of the caller, and keeps that for good: the same caller’s transfer with the same one counts once.',
  scope: 'write',
  input: Input,
  place: ({ source }, context) => ({ open: sourceOfKind('AI_HORDE', source, context), account: null }),
  write: ({ to, amount }, place) => ({ to: recipient(to, place), amount }),
});

builder.objectField(payload, 'transferred', (t) =>
  t.field({
    type: 'SafeInt',
    nullable: true,
    description: 'What the Horde says it sent; it says so of a repetition too. Whether anything moved is told by the fields.',
    resolve: (result) => received(result, 'transferred'),
  }),
);
