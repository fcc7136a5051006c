import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('UpdateOpenWebUIInfoInput', {
  description: 'What to change of the free data about oneself.',
  fields: (t) => ({
    ...sourceField(t),
    info: t.field({
      type: 'JSONObject',
      required: true,
      description: 'Keys with their new values; `location` is the one known key. The source keeps a key that is set to null.',
    }),
    ifUnchanged: t.field({
      type: 'JSONObject',
      required: false,
      description:
        'Write only if these keys are still so. They are compared as they are shown, secrets masked; null: there is none.',
    }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'updateOpenWebUIInfo',
  description: `Changes the free data about oneself on an Open WebUI. ${ofTheKey}`,
  scope: 'write',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ info, ifUnchanged }) => ({ info, ifUnchanged }),
});

showOwnAccount(payload);
