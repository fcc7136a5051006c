import { HordeAccountRef } from '../../accounts/horde-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { userFields } from './user-fields.ts';

const Expected = builder.inputType('HordeUserExpectation', {
  description:
    'What the caller takes a user to be: absent, whatever it is; null, that there is none, where that can be. Where it is otherwise nothing is sent, and the payload has a `Conflict`. What the key is not shown counts as otherwise.',
  fields: (t) => ({
    kudos: t.field({ type: 'SafeInt', required: false, description: 'The balance.' }),
    deleted: t.boolean({ required: false, description: 'Marked for deletion.' }),
    ...userFields(t),
  }),
});

const Input = builder.inputType('UpdateHordeUserInput', {
  description:
    'What to change of a user. What is absent or null is left alone: null takes nothing away. Kudos, `usageMultiplier` and `moderator` are changed by admins’ keys only; `publicWorkers`, `username`, `contact`, `generateProxyPasskey` and `undelete` by the user’s own and by moderators’; all else by moderators’.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `horde:42`.' }),
    addKudos: t.field({
      type: 'SafeInt',
      required: false,
      description:
        'Added to the balance; negative: taken off, down to the account’s floor of 25, or 14 of a pseudonymous one, or -50 of Anonymous. Before and after tell how much came to be added; it cannot always be told from what others move meanwhile, and is then `ACCEPTED`.',
    }),
    addMonthlyKudos: t.field({
      type: 'SafeInt',
      required: false,
      description: 'Added to the monthly kudos, and paid at once; negative: taken off, down to 0, and nothing is paid back.',
    }),
    usageMultiplier: t.float({
      required: false,
      description: 'By how much the user’s usage counts, 0.1 to 10. The Horde never tells it, so it cannot be confirmed.',
    }),
    ...userFields(t),
    resetSuspicion: t.boolean({ required: false, description: 'True: forget all reasons for suspicion. False does nothing.' }),
    generateProxyPasskey: t.boolean({
      required: false,
      description:
        'True: make a new proxy passkey in place of the old one. It is not shown, only whether there is one. Needs the key of a service account. False does nothing.',
    }),
    undelete: t.boolean({ required: false, description: 'True: take the mark for deletion away. False does nothing.' }),
    ifUnchanged: t.field({ type: Expected, required: false, description: 'Write only if these are still so.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'updateHordeUser',
  description:
    'Changes a user of an AI Horde. The Horde changes field by field: where it refuses one, those before it stay changed, and the payload tells which.',
  scope: 'write',
  input: Input,
  account: HordeAccountRef,
  write: (fields, nativeId) => ({ ...fields, nativeId }),
});
