import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('SetOpenWebUIStatusInput', {
  description:
    'What one is doing. What is absent is left alone. Null takes a text away, and is refused of an expiry that is set.',
  fields: (t) => ({
    ...sourceField(t),
    emoji: t.string({ required: false, description: 'One picture character. Null takes it away.' }),
    message: t.string({ required: false, description: 'A short text. Null takes it away.' }),
    expiresAt: t.field({
      type: 'DateTime',
      required: false,
      description: 'When it should stop being shown, to the second. The source can set another time but take none away.',
    }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'setOpenWebUIStatus',
  description: `Sets one’s own status on an Open WebUI, unless it has statuses switched off. ${ofTheKey}`,
  scope: 'write',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ emoji, message, expiresAt }) => ({
    emoji,
    message,
    expiresAt: expiresAt == null ? expiresAt : expiresAt.toISOString(),
  }),
});

showOwnAccount(payload);
