import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { groupFields, groupIdField } from './group-fields.ts';
import { onSource, sourceField } from './source-field.ts';

const ModeRef = builder.enumType('OpenWebUIPermissionsMode', {
  description: 'What becomes of the permissions that a group has already.',
  values: {
    MERGE: { description: 'They stay, but for the keys that are given; a key given as null is taken out.' },
    REPLACE: { description: 'They go; what is given is all there is.' },
  },
});

const Expected = builder.inputType('OpenWebUIGroupExpectation', {
  description:
    'What the caller takes a group to be: absent, whatever it is; null, that there is none, where that can be. Where it is otherwise nothing is sent, and the payload has a `Conflict`.',
  fields: groupFields,
});

const Input = builder.inputType('UpdateOpenWebUIGroupInput', {
  description:
    'What to change of a group. What is absent is left alone; so is what is null, but for the parent, which it takes away.',
  fields: (t) => ({
    ...sourceField(t),
    ...groupIdField(t),
    ...groupFields(t),
    permissionsMode: t.field({
      type: ModeRef,
      required: false,
      description: 'What becomes of the stored permissions. Must be told where `permissions` is.',
    }),
    ifUnchanged: t.field({ type: Expected, required: false, description: 'Write only if these are still so.' }),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'updateOpenWebUIGroup',
  description: 'Changes a group of an Open WebUI. Needs an administrator’s key on the source.',
  scope: 'write',
  requests: 12,
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ source: _source, dryRun: _dryRun, idempotencyKey: _key, ...wanted }) => wanted,
});
