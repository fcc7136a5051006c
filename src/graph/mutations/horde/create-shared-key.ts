import { sourceOfKind } from '../../account-connection.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { keyFields, placeFields } from './shared-key-fields.ts';

const Input = builder.inputType('CreateHordeSharedKeyInput', {
  description: 'What the new key may do. 5000 kudos without end, unless told.',
  fields: (t) => ({ ...placeFields(t), ...keyFields(t), ...writeOptions(t) }),
});

const payload = defineMutation({
  name: 'createHordeSharedKey',
  description:
    'Makes a key by which others spend the kudos of the account whose key the Horde is asked with. It may have 3, 10 when trusted, 1000 for education.',
  scope: 'write:admin',
  input: Input,
  place: ({ source }, context) => ({ open: sourceOfKind('AI_HORDE', source, context), account: null }),
  write: ({ source: _source, dryRun: _dryRun, idempotencyKey: _key, ...wishes }) => wishes,
});

builder.objectField(payload, 'sharedKeyId', (t) =>
  t.id({
    nullable: true,
    description: 'The new key’s id, which is the credential itself. Null where none was made, or it is not known which.',
    resolve: ({ outcome: { receipt } }) => (typeof receipt.sharedKeyId === 'string' ? receipt.sharedKeyId : null),
  }),
);
