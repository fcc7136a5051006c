import { sourceOfKind } from '../../account-connection.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { placeFields } from './shared-key-fields.ts';

const Input = builder.inputType('DeleteHordeSharedKeyInput', {
  description: 'Which key to delete.',
  fields: (t) => ({
    ...placeFields(t),
    sharedKeyId: t.id({ required: true, description: 'The key, by its id.' }),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'deleteHordeSharedKey',
  description:
    'Deletes a shared key of the account whose key the Horde is asked with. For up to a minute the Horde may still show it.',
  scope: 'write:admin',
  input: Input,
  place: ({ source }, context) => ({ open: sourceOfKind('AI_HORDE', source, context), account: null }),
  write: ({ sharedKeyId }) => ({ sharedKeyId }),
});
