import { OpenWebUIAccountRef } from '../../accounts/openwebui-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { idField, userFields } from './user-fields.ts';

const Expected = builder.inputType('OpenWebUIUserExpectation', {
  description:
    'What the caller takes a user to be: absent, whatever it is; null, that there is none, where that can be. Where it is otherwise nothing is sent, and the payload has a `Conflict`.',
  fields: userFields,
});

const Input = builder.inputType('UpdateOpenWebUIUserInput', {
  description:
    'What to change of a user. What is absent is left alone; so is what is null, but for the picture, which it takes away.',
  fields: (t) => ({
    ...idField(t),
    ...userFields(t),
    password: t.string({ required: false, description: 'Between 1 and 72 bytes. It is never told again.' }),
    ifUnchanged: t.field({ type: Expected, required: false, description: 'Write only if these are still so.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'updateOpenWebUIUser',
  description:
    'Changes a user of an Open WebUI. Needs an administrator’s key on the source, which protects its first administrator from all others.',
  scope: 'write',
  input: Input,
  requests: 9,
  account: OpenWebUIAccountRef,
  write: (fields, nativeId) => ({ ...fields, nativeId }),
});
