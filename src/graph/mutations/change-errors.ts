import type { Json } from '../../domain/facets.ts';
import type { Problem } from '../../writing/change.ts';
import { builder } from '../builder.ts';

type ProblemOf<Kind extends Problem['kind']> = Extract<Problem, { kind: Kind }>;

/** What all members of the union share, so that a client can ask for the sentence without naming them. */
const WriteErrorRef = builder.interfaceRef<Problem>('WriteError');

WriteErrorRef.implement({
  description: 'Why a write is not, or not wholly, what was asked for.',
  fields: (t) => ({
    message: t.exposeString('message', { nullable: false, description: 'A sentence for people.' }),
  }),
});

const ValidationErrorRef = builder.objectRef<ProblemOf<'INVALID'>>('ValidationError');
ValidationErrorRef.implement({
  description:
    'A field of the input is not accepted: by Rollcall, before anything was asked, or by the source, and then `sent` is true. What took effect beside it is told by `PartlyApplied`.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({ field: t.exposeString('field', { nullable: false, description: 'Its path in the input.' }) }),
});

const NotFoundRef = builder.objectRef<ProblemOf<'NOT_FOUND'>>('NotFound');
NotFoundRef.implement({
  description: 'There is no such thing on the source, or it was gone when it was read back; `sent` tells which.',
  interfaces: [WriteErrorRef],
});

const FieldConflictRef = builder.objectRef<{ name: string; expected: Json; actual: Json }>('FieldConflict');
FieldConflictRef.implement({
  description: 'A field that is not what the caller took it to be.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As the input calls it.' }),
    expected: t.expose('expected', { type: 'JSON', nullable: true, description: 'What the caller took it to be.' }),
    actual: t.expose('actual', {
      type: 'JSON',
      nullable: true,
      description: 'What it is. Null also where the caller may not see it.',
    }),
  }),
});

const ConflictRef = builder.objectRef<ProblemOf<'CONFLICT'>>('Conflict');
ConflictRef.implement({
  description:
    'Things are not as the caller took them to be: changed meanwhile, there already, or not to be done as they are. Where `sent` is false Rollcall saw it and sent nothing; where it is true the source refused, or something beside what was asked for has changed at the same moment.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({
    fields: t.field({
      type: [FieldConflictRef],
      nullable: { list: false, items: false },
      extensions: { upTo: 10 },
      description: 'The fields that differ; empty where it is not about fields.',
      resolve: ({ fields }) => fields,
    }),
  }),
});

const ForbiddenRef = builder.objectRef<ProblemOf<'FORBIDDEN'>>('Forbidden');
ForbiddenRef.implement({
  description:
    'Not with these rights: the source refused the credential, or, for one account of several, the caller lacks the scope.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({ source: t.exposeID('source', { nullable: false, description: 'The source it is about.' }) }),
});

const SourceFailedRef = builder.objectRef<ProblemOf<'SOURCE_FAILED'>>('SourceFailed');
SourceFailedRef.implement({
  description:
    'The source failed, or was not asked, for want of time or since Rollcall’s journal could not be written (`SOURCE_NOT_ASKED`). What nevertheless took effect is told by the fields’ verdicts.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({
    source: t.exposeID('source', { nullable: false, description: 'The source it is about.' }),
    code: t.exposeString('code', { nullable: false, description: 'Such as `SOURCE_TIMEOUT`; the same codes as of reads.' }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the trouble may pass. Whether it is safe to write again is told by the verdicts, not by this.',
    }),
    retryAfter: t.exposeFloat('retryAfter', {
      nullable: true,
      description:
        'Seconds to wait before asking again: the source has said so, or its quota tells. Null where nobody knows, and where an earlier attempt is told of under its idempotencyKey.',
    }),
  }),
});

const PartlyAppliedRef = builder.objectRef<ProblemOf<'PARTLY_APPLIED'>>('PartlyApplied');
PartlyAppliedRef.implement({
  description: 'Some of it took effect and some did not.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({
    applied: t.exposeStringList('applied', { nullable: false, description: 'The fields that took effect.' }),
    missing: t.exposeStringList('missing', { nullable: false, description: 'The fields that did not.' }),
  }),
});

const NotAppliedRef = builder.objectRef<ProblemOf<'NOT_APPLIED'>>('NotApplied');
NotAppliedRef.implement({
  description: 'The source accepted it, and nothing of it took effect.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({
    missing: t.exposeStringList('missing', { nullable: false, description: 'The fields that did not take effect.' }),
  }),
});

const UnknownOutcomeRef = builder.objectRef<ProblemOf<'UNKNOWN_OUTCOME'>>('UnknownOutcome');
UnknownOutcomeRef.implement({
  description:
    'It was sent, and what can be read does not tell what came of it. Nothing is sent again by itself; asked again under the same idempotencyKey, Rollcall looks again.',
  interfaces: [WriteErrorRef],
  fields: (t) => ({
    // Not `fields`, as in `Conflict`: then a client could not ask for both in one selection.
    unknown: t.exposeStringList('fields', {
      nullable: false,
      description: 'The fields of which it cannot be known; empty where all show, and it is unknown whose work that is.',
    }),
  }),
});

const typeNames: Readonly<Record<Problem['kind'], string>> = {
  INVALID: 'ValidationError',
  NOT_FOUND: 'NotFound',
  CONFLICT: 'Conflict',
  FORBIDDEN: 'Forbidden',
  SOURCE_FAILED: 'SourceFailed',
  PARTLY_APPLIED: 'PartlyApplied',
  NOT_APPLIED: 'NotApplied',
  UNKNOWN_OUTCOME: 'UnknownOutcome',
};

export const ChangeErrorRef = builder.unionType('ChangeError', {
  description: 'Why a write is not, or not wholly, what was asked for. Switch on `__typename`.',
  types: [
    ValidationErrorRef,
    NotFoundRef,
    ConflictRef,
    ForbiddenRef,
    SourceFailedRef,
    PartlyAppliedRef,
    NotAppliedRef,
    UnknownOutcomeRef,
  ],
  resolveType: ({ kind }) => typeNames[kind],
});
