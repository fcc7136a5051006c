import type { Json } from '../../domain/facets.ts';
import type { FieldVerdict } from '../../writing/change.ts';
import { builder } from '../builder.ts';

/** One field as its caller may see it. */
export interface ShownField {
  readonly name: string;
  readonly requested: Json;
  readonly before: Json;
  readonly after: Json;
  readonly verdict: FieldVerdict;
  readonly secret: boolean;
}

const FieldVerdictRef = builder.enumType('FieldVerdict', {
  description: 'What became of one field.',
  values: {
    NOT_SENT: { description: 'Nothing was sent; `errors` says why.' },
    UNCHANGED: {
      description:
        'It had the value already, or what was to be deleted is not there; so nothing was sent, or the source said so.',
    },
    APPLIED: { description: 'Read back, and found as requested.' },
    NOT_APPLIED: { description: 'Read back, and found different; or the source refused it for certain.' },
    ACCEPTED: { description: 'The source took it and never tells, as with passwords: it cannot be confirmed.' },
    WOULD_CHANGE: { description: 'It would be sent. This was a dry run.' },
    UNKNOWN: { description: 'It was sent, and what became of it cannot be known now.' },
  } satisfies Record<FieldVerdict, { description: string }>,
});

export const FieldOutcomeRef = builder.objectRef<ShownField>('FieldOutcome');

FieldOutcomeRef.implement({
  description: 'One field of a write: what was asked for, what it was, what it is.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As the input calls it.' }),
    requested: t.expose('requested', {
      type: 'JSON',
      nullable: true,
      description: 'The value asked for; `[secret]` for passwords and keys.',
    }),
    before: t.expose('before', {
      type: 'JSON',
      nullable: true,
      description: 'The value before. Null also where the source never tells, or not to this caller.',
    }),
    after: t.expose('after', {
      type: 'JSON',
      nullable: true,
      description:
        'The value read back afterwards. Null also where it could not be read, or not by this caller; of a `secret` always.',
    }),
    secret: t.exposeBoolean('secret', {
      nullable: false,
      description: 'A password or key: `before` and `after` are null whatever is known of it, and the verdict is all there is.',
    }),
    verdict: t.field({
      type: FieldVerdictRef,
      nullable: false,
      description: 'What became of it.',
      resolve: ({ verdict }) => verdict,
    }),
  }),
});

export const FieldValueRef = builder.objectRef<{ readonly name: string; readonly value: Json }>('FieldValue');

FieldValueRef.implement({
  description: 'A field and its value.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As the input calls it.' }),
    value: t.expose('value', { type: 'JSON', nullable: true, description: 'The value; `[secret]` for passwords and keys.' }),
  }),
});
