import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { groupFields } from './group-fields.ts';
import { onSource, sourceField } from './source-field.ts';

const Input = builder.inputType('CreateOpenWebUIGroupInput', {
  description: 'The group to be made.',
  fields: (t) => ({
    ...sourceField(t),
    ...groupFields(t),
    name: t.string({ required: true, description: 'What administrators call it. Names may repeat; it must not be empty.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'createOpenWebUIGroup',
  description: 'Makes a group on an Open WebUI, nobody in it yet. Needs an administrator’s key on the source.',
  scope: 'write:admin',
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ name, description, permissions, parentGroupId }) => ({ name, description, permissions, parentGroupId }),
});

builder.objectField(payload, 'groupId', (t) =>
  t.id({
    nullable: true,
    description: 'The new group. Null where none was made, or it is not known which it is.',
    resolve: ({ outcome }) => outcome.id,
  }),
);
