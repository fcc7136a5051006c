import { OpenWebUIAccountRef } from '../../accounts/openwebui-account.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { onSource, sourceField } from './source-field.ts';
import { userFields } from './user-fields.ts';

const Input = builder.inputType('AddOpenWebUIUserInput', {
  description: 'Who is to be added.',
  fields: (t) => ({
    ...sourceField(t),
    ...userFields(t),
    name: t.string({ required: true, description: 'The name shown. Names may repeat; it must not be empty.' }),
    email: t.string({ required: true, description: 'The e-mail address, which nobody else has; kept in lower case.' }),
    role: t.string({ required: false, description: 'The role: `admin`, `user`, or `pending`, which it is unless told.' }),
    password: t.string({ required: true, description: 'Between 1 and 72 bytes.' }),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'addOpenWebUIUser',
  description: 'Adds a user to an Open WebUI, without signing anybody in. Needs an administrator’s key on the source.',
  scope: 'write:admin',
  input: Input,
  account: OpenWebUIAccountRef,
  place: (input, context) => onSource(input, context),
  write: ({ name, email, password, role, avatarUrl }) => ({ name, email, password, role, avatarUrl }),
});
