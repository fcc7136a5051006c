import { sourceOfKind } from '../../account-connection.ts';
import { McsManagerAccountRef } from '../../accounts/mcsmanager-account.ts';
import { builder } from '../../builder.ts';
import { RoleRef } from '../../types/account.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { InstanceRefInput } from './inputs.ts';

const Input = builder.inputType('CreateMcsManagerUserInput', {
  description: 'A new user of an MCSManager panel.',
  fields: (t) => ({
    source: t.id({ required: false, description: 'Which panel; may be left out when there is one.' }),
    userName: t.string({ required: true, description: 'The name. It must not be in use; letter case counts.' }),
    password: t.string({
      required: true,
      description: 'The password: 9 to 36 characters with a lower-case letter, an upper-case letter and a digit.',
    }),
    permission: t.int({
      required: false,
      description: 'The permission level, -1 or more; 1 where neither it nor the role is given.',
    }),
    role: t.field({ type: RoleRef, required: false, description: 'In place of `permission`: ADMIN, USER, GUEST or BANNED.' }),
    instances: t.field({
      type: [InstanceRefInput],
      required: false,
      description: 'The instances the user may use. The panel takes them in a second step, which may fail by itself.',
    }),
    ...writeOptions(t),
  }),
});

defineMutation({
  name: 'createMcsManagerUser',
  description: 'Adds a user to an MCSManager panel.',
  scope: 'write:admin',
  requests: 8,
  input: Input,
  account: McsManagerAccountRef,
  place: ({ source }, context) => ({ open: sourceOfKind('MCS_MANAGER', source, context), account: null }),
  write: ({ source: _source, dryRun: _dryRun, idempotencyKey: _key, ...fields }) => fields,
});
