import { McsManagerAccountRef } from '../../accounts/mcsmanager-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';

const Input = builder.inputType('SetMcsManagerPasswordInput', {
  description: 'A new password for a user.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `mcsmanager:…`.' }),
    password: t.string({
      required: true,
      description: 'The password: 9 to 36 characters with a lower-case letter, an upper-case letter and a digit.',
    }),
    switchOff2FA: t.boolean({
      required: false,
      description:
        'When an administrator sets a password the panel switches two-factor sign-in off. Where it is on this must be true, or nothing is sent.',
    }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'setMcsManagerPassword',
  description:
    'Sets the password of a user of an MCSManager panel; with an ordinary user’s own key, their own. The panel never shows whether it took: the field comes out as ACCEPTED.',
  scope: 'write',
  requests: 7,
  input: Input,
  account: McsManagerAccountRef,
  write: (fields, nativeId) => ({ ...fields, nativeId }),
});
