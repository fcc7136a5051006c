import { McsManagerAccountRef } from '../../accounts/mcsmanager-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';

const BanInput = builder.inputType('BanMcsManagerUserInput', {
  description: 'Whom to ban.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `mcsmanager:…`.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'banMcsManagerUser',
  description:
    'Bans a user of an MCSManager panel: their permission becomes -1. What it was stands in the payload’s `fields`; the panel forgets it.',
  scope: 'write',
  requests: 9,
  input: BanInput,
  account: McsManagerAccountRef,
  write: (_fields, nativeId) => ({ nativeId }),
});

const UnbanInput = builder.inputType('UnbanMcsManagerUserInput', {
  description: 'Whom to let in again, and as what.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `mcsmanager:…`.' }),
    permission: t.int({ required: false, description: 'The permission they get, 1 or more; absent: 1, an ordinary user.' }),
    ...writeOptions(t),
  }),
});

defineAccountMutation({
  name: 'unbanMcsManagerUser',
  description: 'Lets a banned user of an MCSManager panel in again. Who is not banned stays what they are.',
  scope: 'write',
  requests: 9,
  input: UnbanInput,
  account: McsManagerAccountRef,
  write: ({ permission }, nativeId) => ({ permission, nativeId }),
});
