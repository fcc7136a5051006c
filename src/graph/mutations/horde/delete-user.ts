import { HordeAccountRef } from '../../accounts/horde-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';

const Input = builder.inputType('DeleteHordeUserInput', {
  description: 'Which user to delete, and how far.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `horde:42`.' }),
    wipe: t.boolean({
      required: false,
      description:
        'True: remove for good, with workers and shared keys. Only of a user who is marked already and was idle for 30 days.',
    }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'deleteHordeUser',
  description:
    'Marks a user of an AI Horde for deletion, which `undeleteHordeUser` undoes; with `wipe`, removes one who is marked. Who is marked already, or not there, is `UNCHANGED`. A moderator cannot be deleted. Needs a moderator’s key or the user’s own.',
  scope: 'write:admin',
  input: Input,
  account: HordeAccountRef,
  write: ({ wipe }, nativeId) => ({ nativeId, wipe }),
});
