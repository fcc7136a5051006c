import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('SetOpenWebUITimezoneInput', {
  description: 'One’s own time zone.',
  fields: (t) => ({
    ...sourceField(t),
    timezone: t.string({ required: true, description: 'An IANA time zone, such as `Europe/Stockholm`.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'setOpenWebUITimezone',
  description: `Sets one’s own time zone on an Open WebUI, from release 0.7.0. ${ofTheKey}`,
  scope: 'write',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ timezone }) => ({ timezone }),
});

showOwnAccount(payload);
