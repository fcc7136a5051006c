import { McsManagerAccountRef } from '../../accounts/mcsmanager-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { InstanceRefInput } from './inputs.ts';
import { userFields } from './user-fields.ts';

const Expected = builder.inputType('McsManagerUserExpectation', {
  description:
    'What the caller takes a user to be: absent, whatever it is; null, that there is none, where that can be. Where it is otherwise nothing is sent, and the payload has a `Conflict`.',
  fields: userFields,
});

const Input = builder.inputType('UpdateMcsManagerUserInput', {
  description: 'What to change of a user. What is absent or null is left alone: null takes nothing away.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `mcsmanager:…`.' }),
    ...userFields(t),
    addInstances: t.field({ type: [InstanceRefInput], required: false, description: 'Instances to add to the list.' }),
    removeInstances: t.field({ type: [InstanceRefInput], required: false, description: 'Instances to take off the list.' }),
    ssoSub: t.string({
      required: false,
      description: 'Their identity at the single-sign-on provider. It is never told again; empty: none.',
    }),
    ifUnchanged: t.field({ type: Expected, required: false, description: 'Write only if these are still so.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'updateMcsManagerUser',
  description: 'Changes a user of an MCSManager panel.',
  scope: 'write',
  requests: 15,
  input: Input,
  account: McsManagerAccountRef,
  write: (fields, nativeId) => ({ ...fields, nativeId }),
});
