import type { Problem } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import type { Reply } from './sending.ts';

export type Refused = Extract<Reply, { kind: 'refused' }>;

/** The Horde's refusal as a problem of the write; by status and code, never by its text. */
export function describeRefusal(source: string, { status, rc = '' }: Refused): Problem {
  const field = fieldFaults[rc];
  if (field !== undefined) return { kind: 'INVALID', field: field[0], message: field[1] };
  const clash = clashes[rc];
  if (clash !== undefined) return { kind: 'CONFLICT', fields: [], message: clash };
  if (status === 401) return { kind: 'FORBIDDEN', source, message: 'The source does not accept the key, or does not know it.' };
  if (status === 404) return { kind: 'NOT_FOUND', message: 'There is no such user.' };
  const message = rights[rc] ?? (status === 403 ? 'The source does not let this key do that.' : 'The source refuses this input.');
  if (status === 403 || rights[rc] !== undefined) return { kind: 'FORBIDDEN', source, message };
  return { kind: 'INVALID', field: 'input', message };
}

/** For writes that are carried out whole or not at all. */
export const refusalOf = (source: string, refused: Refused): Refusal =>
  new Refusal(describeRefusal(source, refused), { knowsRepetitions: behindRepetitions.has(refused.rc ?? '') });

/** All that the Horde says against a transfer after it has looked for its key. What it says before holds for a repetition, too. */
const behindRepetitions: ReadonlySet<string> = new Set(['IdempotencyKeyConflict', 'KudosTransferNotEnough']);

/** Codes about one field of the input. */
const fieldFaults: Readonly<Record<string, readonly [field: string, message: string]>> = {
  ProfaneUserName: ['username', 'The source takes a word in it for profane.'],
  TooLongUserName: ['username', 'At most 30 characters.'],
  ProfaneUserContact: ['contact', 'The source takes a word in it for profane.'],
  ProfaneAdminComment: ['adminComment', 'The source takes a word in it for profane.'],
  InvalidTargetUsername: ['to', 'There is no such user or shared key.'],
  InvalidAwardUsername: ['to', 'There is no such user.'],
  KudosTransferToAnon: ['to', 'Anonymous takes no kudos.'],
  KudosAwardToAnon: ['to', 'Anonymous is awarded nothing.'],
  KudosTransferToSelf: ['to', 'Nobody can send kudos to themselves.'],
  SharedKeyExpired: ['to', 'This shared key has expired.'],
  NegativeKudosTransfer: ['amount', 'At least 1.'],
  InvalidKudosTransferAmount: ['amount', 'At least 1.'],
  KudosTransferNotEnough: [
    'amount',
    'There is not so much to send: the account’s floor and what running requests hold must stay.',
  ],
};

/** Codes about how things stand with the accounts. */
const clashes: Readonly<Record<string, string>> = {
  UserNotDeleted: 'The user is not marked for deletion.',
  CannotWipeActiveUser: 'Who was active within the last 30 days is not wiped.',
  TooFastKudosTransfers: 'The receiver sent kudos to this account within the last minute.',
  FaultWhenKudosSending: 'The sending account is under suspicion.',
  FaultWhenKudosReceiving: 'The receiving account is under suspicion.',
  SourceAccountFlagged: 'The sending account is flagged.',
  TargetAccountFlagged: 'The receiving account is flagged.',
  EducationCannotSendKudos: 'Education accounts cannot send kudos.',
  DeletedUser: 'One of the accounts is marked for deletion.',
  IdempotencyKeyConflict: 'This idempotencyKey was used for another transfer.',
};

/** Codes about what the key may do. */
const rights: Readonly<Record<string, string>> = {
  NotAdmin: 'Only an admin may change kudos, monthly kudos, the usage multiplier and who is a moderator.',
  NotModerator: 'Only a moderator may change this, or, for what is one’s own, the user.',
  AnonForbidden: 'The anonymous key cannot do this.',
  AnonForbiddenUser: 'The anonymous key cannot do this.',
  AnonForbiddenUserMod: 'The anonymous key cannot do this.',
  KudosTransferFromAnon: 'The anonymous key has no kudos to send.',
  NonServiceForbidden: 'Only the key of a service account makes proxy passkeys.',
  CannotDeleteMod: 'A moderator cannot be deleted; an admin must take the role away first.',
  NotUserOrMod: 'Only a moderator or the user may delete the account.',
  NotAllowedAwards: 'Only the account with the number 1 awards kudos.',
  Forbidden: 'The shared key is somebody else’s, or the account has as many as it may: 3, 10 when trusted, 1000 for education.',
};
