import { type Ask, headerOf, requireCaller } from './ask.ts';
import { readFields, readInt } from './bodies.ts';
import { MINUTE } from './dates.ts';
import { float, type Json } from './json.ts';
import { isSuspicious, moveKudos, spendableKudos } from './kudos.ts';
import type { HordeSharedKey, HordeUser } from './records.ts';
import { invalidInput, type Refusal, refuse } from './refusals.ts';
import { findByUsername } from './world.ts';

interface Transfer {
  readonly sender: HordeUser;
  readonly target: HordeUser;
  /** Through whose shared key, if through one. */
  readonly sharedKey: HordeSharedKey | undefined;
  readonly amount: number;
}

/** `POST /v2/kudos/transfer` */
export function transferKudos(ask: Ask): Json {
  const fields = readFields(ask.request);
  const amount = readInt(fields, 'amount', 'The amount of kudos to transfer.', 100);
  const username = requireUsername(fields, 'The user or shared key ID which will receive the kudos.');
  const sender = requireCaller(ask, "The sending user's API key.");
  if (sender.id === 0) throw refuse(400, 'You cannot transfer Kudos from Anonymous, smart-ass.', 'KudosTransferFromAnon');
  const transfer = { sender, amount, ...findTarget(ask, username) };
  refuseUnfit(ask, transfer);
  if (!isReplay(ask, transfer)) {
    if (amount > spendableKudos(sender)) throw refuse(400, 'Not enough kudos.', 'KudosTransferNotEnough');
    carryOut(ask, transfer);
  }
  return ask.mask({ transferred: float(amount) });
}

export function requireUsername(fields: Readonly<Record<string, unknown>>, purpose: string): string {
  if (fields.username === undefined || fields.username === null)
    throw invalidInput({ username: `${purpose} Missing required parameter in the JSON body` });
  return String(fields.username);
}

function findTarget(ask: Ask, username: string): Pick<Transfer, 'target' | 'sharedKey'> {
  const user = findByUsername(ask.world, username);
  if (user) return { target: user, sharedKey: undefined };
  const sharedKey = ask.world.sharedKeys.get(username);
  const owner = sharedKey && ask.world.users.get(sharedKey.ownerId);
  if (!owner) throw refuse(400, 'Invalid target username.', 'InvalidTargetUsername');
  if (sharedKey.expiresAt !== null && sharedKey.expiresAt < ask.now())
    throw refuse(400, 'This shared key has expired', 'SharedKeyExpired');
  return { target: owner, sharedKey };
}

/** In the server's order. The texts of the two flagged refusals are the wrong way round, there as here. */
function refuseUnfit(ask: Ask, { sender, target, amount }: Transfer): void {
  const refusal = unfitness(ask, sender, target, amount);
  if (refusal) throw refusal;
}

function unfitness(ask: Ask, sender: HordeUser, target: HordeUser, amount: number): Refusal | undefined {
  const sent = ask.world.transfers.last.get(`${target.id}-${sender.id}`) ?? Number.NEGATIVE_INFINITY;
  const reasons: readonly [boolean, string, string][] = [
    [target.id === 0, 'Tried to burn kudos via sending to Anonymous. Assuming PEBKAC and aborting.', 'KudosTransferToAnon'],
    [target === sender, 'Cannot send kudos to yourself, ya monkey!', 'KudosTransferToSelf'],
    [
      ask.now() - sent < MINUTE,
      'This user transferred kudos to you very recently. Please wait at least 1 minute.',
      'TooFastKudosTransfers',
    ],
    [isSuspicious(sender), 'Something went wrong when sending kudos. Please contact the mods.', 'FaultWhenKudosSending'],
    [
      sender.roles.flagged,
      'The target account has been flagged for suspicious activity and tranferring kudos to them is blocked.',
      'SourceAccountFlagged',
    ],
    [sender.roles.education, 'Education accounts cannot transfer kudos away', 'EducationCannotSendKudos'],
    [isSuspicious(target), 'Something went wrong when receiving kudos. Please contact the mods.', 'FaultWhenKudosReceiving'],
    [
      target.roles.flagged,
      'Your account has been flagged for suspicious activity. Please contact the mods.',
      'TargetAccountFlagged',
    ],
    [target.deleted, 'This destination account has been scheduled for deletion and is disabled', 'DeletedUser'],
    [sender.deleted, 'This source account has been scheduled for deletion and is disabled', 'DeletedUser'],
    [amount < 0, 'Nice try...', 'NegativeKudosTransfer'],
    [amount === 0, 'Transfer amount must be positive.', 'InvalidKudosTransferAmount'],
  ];
  const reason = reasons.find(([applies]) => applies);
  return reason && refuse(400, reason[1], reason[2]);
}

/** True when this sender's idempotency key was used for the same before; the server then does nothing and answers the same. */
function isReplay(ask: Ask, { sender, target, amount }: Transfer): boolean {
  const used = ask.world.transfers.byIdempotencyKey.get(idempotencyEntry(ask, sender) ?? '');
  if (!used) return false;
  if (used.targetId === target.id && used.amount === amount) return true;
  throw refuse(400, 'Idempotency key was already used with different transfer parameters.', 'IdempotencyKeyConflict');
}

function carryOut(ask: Ask, { sender, target, sharedKey, amount }: Transfer): void {
  moveKudos(sender, -amount, target.roles.education ? 'donated' : 'gifted');
  moveKudos(target, amount, 'received');
  if (sharedKey && sharedKey.kudos !== -1) sharedKey.kudos += amount;
  const { transfers } = ask.world;
  transfers.last.set(`${sender.id}-${target.id}`, ask.now());
  const entry = idempotencyEntry(ask, sender);
  if (entry !== undefined) transfers.byIdempotencyKey.set(entry, { targetId: target.id, amount });
}

function idempotencyEntry(ask: Ask, sender: HordeUser): string | undefined {
  const key = headerOf(ask.request, 'idempotency-key');
  return key && `${sender.id}:${key}`;
}
