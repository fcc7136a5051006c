import { McsManagerAccountRef } from '../../accounts/mcsmanager-account.ts';
import { builder } from '../../builder.ts';
import { defineAccountMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';

const Input = builder.inputType('SetMcsManagerApiKeyInput', {
  description: 'Whether a user has an API key.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The account, such as `mcsmanager:…`.' }),
    enabled: t.boolean({
      required: true,
      description:
        'False takes the key away. True makes a new one, and the old one is dead at once; that needs a key of the caller’s own for the source, in `x-source-key-<source id>`.',
    }),
    ...writeOptions(t),
  }),
});

const payload = defineAccountMutation({
  name: 'setMcsManagerApiKey',
  description: 'Takes the API key of a user of an MCSManager panel away, or makes a new one.',
  scope: 'write',
  requests: 9,
  input: Input,
  account: McsManagerAccountRef,
  write: ({ enabled }, nativeId) => ({ enabled, nativeId }),
});

builder.objectField(payload, 'key', (t) =>
  t.string({
    nullable: true,
    description:
      'The new key. It is shown to this request and, as long as this server runs, to its retries under the same idempotencyKey; then to nobody. Where the answer is lost, make another.',
    resolve: ({ outcome: { receipt } }) => (typeof receipt.key === 'string' ? receipt.key : null),
  }),
);
