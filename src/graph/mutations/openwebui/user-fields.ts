import type { builder } from '../../builder.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

export const idField = (t: InputFields) => ({
  id: t.id({ required: true, description: 'The account, such as `webui:…`.' }),
});

/** What an administrator can set of a user and read again. */
export const userFields = (t: InputFields) => ({
  name: t.string({ required: false, description: 'The name shown. Names may repeat.' }),
  email: t.string({ required: false, description: 'The e-mail address; kept in lower case.' }),
  role: t.string({ required: false, description: 'The role: `admin`, `user` or `pending`.' }),
  avatarUrl: t.string({
    required: false,
    description:
      'The picture: an http address without name and password, a path of the source’s own, or a `data:` address of a PNG, JPEG, GIF or WebP. Null takes it away.',
  }),
});
