import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { onSource, sourceField } from './source-field.ts';

const inputNamed = (name: string, description: string) =>
  builder.inputType(name, { description, fields: (t) => ({ ...sourceField(t), ...writeOptions(t) }) });

const ofTheCaller = 'Needs a key of the caller’s own for the source, in `x-source-key-<source id>`.';

const payload = defineMutation({
  name: 'createOpenWebUIApiKey',
  description: `Makes an API key for one’s own account on an Open WebUI. There is one for each account: the former one stops working at once. ${ofTheCaller}`,
  scope: 'write',
  input: inputNamed('CreateOpenWebUIApiKeyInput', 'Where the key is to be made.'),
  place: (input, context) => onSource(input, context),
  write: () => ({}),
});

builder.objectField(payload, 'apiKey', (t) =>
  t.string({
    nullable: true,
    description: 'The new key. It is shown here and nowhere else. Null where none was made, or its telling was lost.',
    resolve: ({ outcome: { receipt } }) => (typeof receipt.apiKey === 'string' ? receipt.apiKey : null),
  }),
);

defineMutation({
  name: 'deleteOpenWebUIApiKey',
  description: `Takes away the API key of one’s own account on an Open WebUI. ${ofTheCaller}`,
  scope: 'write',
  input: inputNamed('DeleteOpenWebUIApiKeyInput', 'Where the key is to be taken away.'),
  place: (input, context) => onSource(input, context),
  write: () => ({}),
});
