import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { groupIdField } from './group-fields.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('DeleteOpenWebUIGroupInput', {
  description: 'Which group to delete.',
  fields: (t) => ({ ...sourceField(t), ...groupIdField(t), ...writeOptions(t) }),
});

defineMutation({
  name: 'deleteOpenWebUIGroup',
  description:
    'Deletes a group of an Open WebUI. Its members stay, without what it granted. Needs an administrator’s key on the source.',
  scope: 'write:admin',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ groupId }) => ({ groupId }),
});
