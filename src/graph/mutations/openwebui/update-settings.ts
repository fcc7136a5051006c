import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('UpdateOpenWebUISettingsInput', {
  description: 'Which of one’s own settings to change.',
  fields: (t) => ({
    ...sourceField(t),
    ui: t.field({
      type: 'JSONObject',
      required: true,
      description:
        'Keys of `ui` as the source names them, each with its whole new value; null takes a key out. All other keys stay.',
    }),
    ifUnchanged: t.field({
      type: 'JSONObject',
      required: false,
      description:
        'Write only if these keys of `ui` are still so. They are compared as they are shown, secrets masked; null: there is none.',
    }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'updateOpenWebUISettings',
  description: `Changes one’s own settings on an Open WebUI. Tool servers and webhooks that the source does not let the account keep are told as not applied; and nothing is saved where that would lose some that are stored, unless their key is named. ${ofTheKey}`,
  scope: 'write',
  requests: 8,
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ ui, ifUnchanged }) => ({ ui, ifUnchanged }),
});

showOwnAccount(payload);
