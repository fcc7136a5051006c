import { HordeAccountRef } from '../../accounts/horde-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';

const Input = builder.inputType('UndeleteHordeUserInput', {
  description: 'Which user to keep after all.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `horde:42`.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'undeleteHordeUser',
  description: 'Takes the mark for deletion from a user of an AI Horde. Needs a moderator’s key or the user’s own.',
  scope: 'write',
  input: Input,
  account: HordeAccountRef,
  write: (_fields, nativeId) => ({ nativeId }),
});
