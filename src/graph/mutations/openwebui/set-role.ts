import { OpenWebUIAccountRef } from '../../accounts/openwebui-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { idField } from './user-fields.ts';

const Input = builder.inputType('SetOpenWebUIRoleInput', {
  description: 'Whose role, and which.',
  fields: (t) => ({
    ...idField(t),
    role: t.string({ required: true, description: 'The role: `admin`, `user`, or `pending` for who is not let in.' }),
    expectedRole: t.string({ required: false, description: 'Write only if the role is still this.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'setOpenWebUIRole',
  description:
    'Sets the role of a user of an Open WebUI; it counts from their next request on. The source has no bans: `pending` is what keeps somebody out. Nobody can change the role of its first administrator.',
  scope: 'write',
  input: Input,
  requests: 8,
  account: OpenWebUIAccountRef,
  write: (fields, nativeId) => ({ ...fields, nativeId }),
});
