import { OpenWebUIAccountRef } from '../../accounts/openwebui-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { idField } from './user-fields.ts';

const Input = builder.inputType('DeleteOpenWebUIUserInput', {
  description: 'Whom to delete.',
  fields: (t) => ({ ...idField(t), ...writeOptions(t) }),
});

defineAccountMutation({
  name: 'deleteOpenWebUIUser',
  description:
    'Deletes a user of an Open WebUI for good, with their chats and memberships; who is not there, or not any more, is `UNCHANGED`. Neither the source’s first administrator nor the account that asks can be deleted.',
  scope: 'write:admin',
  input: Input,
  account: OpenWebUIAccountRef,
  write: (_fields, nativeId) => ({ nativeId }),
});
