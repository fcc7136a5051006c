import { builder } from '../../builder.ts';
import { defineMutation } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { ofTheKey, showOwnAccount } from './own-account.ts';
import { onSource, sourceField } from './source-field.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

const profileFields = (t: InputFields) => ({
  name: t.string({ required: false, description: 'The name shown. Null: left alone.' }),
  avatarUrl: t.string({
    required: false,
    description:
      'The picture: an http address without name and password, a path of the source’s own, or a `data:` address of a PNG, JPEG, GIF or WebP. Null takes it away.',
  }),
  bio: t.string({ required: false, description: 'What they say about themselves. Null takes it away.' }),
  gender: t.string({ required: false, description: 'In their own words. Null takes it away.' }),
  dateOfBirth: t.field({ type: 'LocalDate', required: false, description: 'The day of birth. Null takes it away.' }),
});

const Expected = builder.inputType('OpenWebUIProfileExpectation', {
  description:
    'What the caller takes the profile to be: absent, whatever it is; null, that there is none, where that can be. Where it is otherwise nothing is sent, and the payload has a `Conflict`.',
  fields: profileFields,
});

const Input = builder.inputType('UpdateOpenWebUIProfileInput', {
  description:
    'What to change of one’s own profile. What is absent is left alone; so is a name that is null. All else null takes away.',
  fields: (t) => ({
    ...sourceField(t),
    ...profileFields(t),
    ifUnchanged: t.field({ type: Expected, required: false, description: 'Write only if these are still so.' }),
    ...writeOptions(t),
  }),
});

const payload = defineMutation({
  name: 'updateOpenWebUIProfile',
  description: `Changes one’s own profile on an Open WebUI. ${ofTheKey}`,
  scope: 'write',
  requests: 10,
  input: Input,
  place: (input, context) => onSource(input, context),
  write: ({ source: _source, dryRun: _dryRun, idempotencyKey: _key, ...wanted }) => wanted,
});

showOwnAccount(payload);
