import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('ChangeOpenWebUIPasswordInput', {
  description: 'One’s own password, the old and the new.',
  fields: (t) => ({
    ...sourceField(t),
    currentPassword: t.string({ required: true, description: 'The password as it is.' }),
    newPassword: t.string({ required: true, description: 'The password as it is to be: between 1 and 72 bytes.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'changeOpenWebUIPassword',
  description: `Changes one’s own password on an Open WebUI. The source’s word is all there is to tell by. ${ofTheKey}`,
  scope: 'write',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ currentPassword, newPassword }) => ({ currentPassword, newPassword }),
});

showOwnAccount(payload);
