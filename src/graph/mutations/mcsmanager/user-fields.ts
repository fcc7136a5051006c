import type { builder } from '../../builder.ts';
import { RoleRef } from '../../types/account.ts';
import { InstanceRefInput } from './inputs.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The fields of a user that are read and written under one name. */
export const userFields = (t: InputFields) => ({
  userName: t.string({ required: false, description: 'The name. The panel would give it twice; Rollcall does not.' }),
  permission: t.int({
    required: false,
    description:
      'The permission level: `10` and more administer, `1` to `9` use, `-1` is banned, and less is refused. An edit cannot make it 0.',
  }),
  role: t.field({ type: RoleRef, required: false, description: 'In place of `permission`: ADMIN, USER or BANNED.' }),
  instances: t.field({
    type: [InstanceRefInput],
    required: false,
    description: 'The whole list of instances the user may use. Whether they exist is not looked at.',
  }),
  open2FA: t.boolean({
    required: false,
    description: 'Whether two-factor sign-in is on. On without a secret of theirs, the user cannot sign in with a password.',
  }),
  isInit: t.boolean({ required: false, description: 'Whether the user has been through the panel’s introduction.' }),
  ssoBound: t.boolean({ required: false, description: 'Whether an identity of a single-sign-on provider is bound.' }),
  registerTime: t.string({ required: false, description: 'The registration, in the panel’s own way of writing dates.' }),
  loginTime: t.string({ required: false, description: 'The last login, in the panel’s own way of writing dates.' }),
});
