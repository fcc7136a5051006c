import type { builder } from '../../builder.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

export const groupIdField = (t: InputFields) => ({
  groupId: t.id({ required: true, description: 'The group, by its id.' }),
});

/** What a group is made of, as it is read. */
export const groupFields = (t: InputFields) => ({
  name: t.string({ required: false, description: 'What administrators call it. Names may repeat.' }),
  description: t.string({ required: false, description: 'What administrators say about it.' }),
  permissions: t.field({
    type: 'JSONObject',
    required: false,
    description: 'What it grants: sections of keys, each true or false. A group can only add, so false takes nothing away.',
  }),
  parentGroupId: t.id({
    required: false,
    description: 'The group whose permissions it inherits; null for none. From release 0.12.',
  }),
});
