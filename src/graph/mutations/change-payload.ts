import { builder } from '../builder.ts';
import { userOf } from '../context.ts';
import { existingAccount, existingUser } from '../existence.ts';
import { AccountRef } from '../types/account.ts';
import { UserRef } from '../types/user.ts';
import { ChangeErrorRef } from './change-errors.ts';
import { type ChangeResult, shownFields, shownProblems } from './change-result.ts';
import { FieldOutcomeRef, FieldValueRef } from './field-outcome.ts';

/** How many a payload has, seldom more: for telling what an operation may cost. */
const mostFields = 10;
const mostErrors = 4;

/** What the payloads of all mutations have in common, so that a client can write one fragment for them. */
export const ChangePayloadRef = builder.interfaceRef<ChangeResult>('ChangePayload');

ChangePayloadRef.implement({
  description:
    'What really happened. Without `errors` everything is as requested: as read back, or by the source’s word where it shows nothing (`ACCEPTED`).',
  fields: (t) => ({
    dryRun: t.exposeBoolean('dryRun', { nullable: false, description: 'True: this tells what would happen.' }),
    sent: t.boolean({
      nullable: false,
      description: 'Whether anything that changes was sent, now or under the same idempotencyKey before.',
      resolve: ({ outcome }) => outcome.sent,
    }),
    fields: t.field({
      type: [FieldOutcomeRef],
      nullable: { list: false, items: false },
      extensions: { upTo: mostFields },
      description:
        'Each field that was to change. Empty where the input was refused before that could be told, as with many a `ValidationError`.',
      resolve: shownFields,
    }),
    requested: t.field({
      type: [FieldValueRef],
      nullable: { list: false, items: false },
      extensions: { upTo: mostFields },
      description: 'What was asked for.',
      resolve: ({ outcome }) => outcome.fields.map(({ name, requested }) => ({ name, value: requested })),
    }),
    applied: t.field({
      type: [FieldValueRef],
      nullable: { list: false, items: false },
      extensions: { upTo: mostFields },
      description: 'What was read back and is as requested, having been so before or not.',
      resolve: (result) =>
        shownFields(result)
          .filter(({ name, verdict }) => verdict === 'APPLIED' || (verdict === 'UNCHANGED' && wasReadBack(result, name)))
          .map(({ name, after }) => ({ name, value: after })),
    }),
    drift: t.field({
      type: [FieldOutcomeRef],
      nullable: { list: false, items: false },
      extensions: { upTo: mostFields },
      description: 'The fields that are not, or not known to be, as requested although something was sent.',
      resolve: (result) => shownFields(result).filter(({ verdict }) => verdict === 'NOT_APPLIED' || verdict === 'UNKNOWN'),
    }),
    account: t.field({
      type: AccountRef,
      nullable: true,
      description: 'The account, read anew. Null when there is none, or none any more.',
      resolve: ({ account }, _args, _context, info) => (account === null ? null : existingAccount(account, info, true)),
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      extensions: { toHolder: true },
      description: 'The person who holds the account, read anew.',
      resolve: ({ account }, _args, context, info) =>
        account === null ? null : existingUser(userOf(account, context), account, info),
    }),
    errors: t.field({
      type: [ChangeErrorRef],
      nullable: { list: false, items: false },
      extensions: { upTo: mostErrors },
      description: 'Why it is not, or not wholly, what was asked for. Empty: all of it is so.',
      resolve: shownProblems,
    }),
  }),
});

/** Where the read after the write failed, nothing is known of the fields that were left alone either. */
const wasReadBack = ({ outcome }: ChangeResult, name: string): boolean =>
  outcome.fields.some((field) => field.name === name && field.after !== undefined);
