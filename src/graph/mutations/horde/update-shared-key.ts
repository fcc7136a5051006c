import { sourceOfKind } from '../../account-connection.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { keyFields, placeFields } from './shared-key-fields.ts';

const Input = builder.inputType('UpdateHordeSharedKeyInput', {
  description: 'What to change of a key. What is absent or null is left alone: null takes nothing away.',
  fields: (t) => ({
    ...placeFields(t),
    sharedKeyId: t.id({ required: true, description: 'The key, by its id.' }),
    ...keyFields(t),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'updateHordeSharedKey',
  description:
    'Changes a shared key of the account whose key the Horde is asked with; nobody else may, moderators neither. For up to a minute the Horde may still show what was, so a field may be no more than `ACCEPTED`.',
  scope: 'write:admin',
  input: Input,
  place: ({ source }, context) => ({ open: sourceOfKind('AI_HORDE', source, context), account: null }),
  write: ({ source: _source, dryRun: _dryRun, idempotencyKey: _key, ...wishes }) => wishes,
});
