import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { onSource, sourceField } from './source-field.ts';

const GrantInput = builder.inputType('PermissionGrantInput', {
  description: 'One permission, and whether it is to be granted.',
  fields: (t) => ({
    section: t.string({ required: true, description: 'The section as the source names it, such as `chat`.' }),
    key: t.string({ required: true, description: 'The key in the section as the source names it, such as `delete`.' }),
    allowed: t.boolean({ required: true, description: 'Whether everybody may.' }),
    expected: t.boolean({
      required: false,
      description: 'Write only if it is still this; null: only if the release does not have it.',
    }),
  }),
});

const Input = builder.inputType('UpdateOpenWebUIDefaultPermissionsInput', {
  description: 'Which of the permissions that everybody has are to change.',
  fields: (t) => ({
    ...sourceField(t),
    grants: t.field({ type: [GrantInput], required: true, description: 'What to change; all else stays.' }),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'updateOpenWebUIDefaultPermissions',
  description:
    'Changes what everybody may do on an Open WebUI before groups add to it. A permission that its release does not know is dropped by it, and told as not applied. One that it knows but never tells, such as `sharing.open_chats` of release 0.11, it forgets with every save, this one too.',
  scope: 'write:admin',
  requests: 6,
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ grants }) => ({ grants }),
});
