import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HordeKudosGift } from '../../../domain/accounts/horde-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Action, Problem } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { ownKeyWanted } from '../../own-key-wanted.ts';
import { askSelf } from '../self.ts';
import { floorOf } from './floor.ts';
import type { FreshUser } from './fresh-user.ts';
import { checkGift, giftFields, nameRecipient, transferable } from './gift.ts';
import { movedSince } from './moved-kudos.ts';
import type { Parts } from './parts.ts';
import { findRecipient } from './recipient.ts';
import { refusalOf } from './refusals.ts';

/** Both sides before the transfer; in the receiver's place a sentence that says why there is none. */
interface Sides {
  readonly sender: FreshUser;
  readonly receiver: FreshUser | string;
}

/**
 * Sends kudos from the account whose key it is. A repetition under the same idempotency key is answered like the first time and
 * does nothing, so the answer alone does not tell whether anything moved: the statistics of both sides do.
 */
export function transferKudos(parts: Parts, operation: string, gift: HordeKudosGift): Action {
  const { source } = parts;
  const { amount } = gift;
  const recipient = checkGift(gift, transferable, true);
  if (parts.holder !== 'caller') throw ownKeyWanted(source, 'Kudos are never sent from the service’s account.');
  let sides: Sides | undefined;
  const look = async (): Promise<Sides> => {
    sides ??= { sender: await readSender(parts), receiver: await findRecipient(parts, recipient) };
    return sides;
  };
  return {
    sort: 'action',
    operation,
    target: nameRecipient(source, recipient),
    // Two at once from one account could be taken for one another.
    lane: `kudos of ${fingerprintOf(parts.key ?? '')}`,
    fields: giftFields(gift, recipient),
    repeatable: true,
    noted: ['transferred'],
    foresee: async (repeatKey) => foreseeTransfer(source, await look(), amount, repeatKey),
    send: async (repeatKey) => {
      const { sender, receiver } = await look();
      if (typeof receiver === 'string') throw new Refusal({ kind: 'INVALID', field: 'to', message: receiver });
      for (const side of [sender, receiver]) parts.written.note(String(side.user.id));
      const reply = await parts.send({
        method: 'POST',
        path: '/v2/kudos/transfer',
        json: { username: recipient.id, amount },
        idempotencyKey: repeatKey,
      });
      if (reply.kind === 'refused') throw refusalOf(source, reply);
      const told = Transferred.safeParse(reply.body);
      if (!told.success || told.data.transferred !== amount) throw new SourceError('SOURCE_MALFORMED', source);
      return { transferred: told.data.transferred };
    },
    look: async () => {
      const receiver = typeof sides?.receiver === 'string' ? undefined : sides?.receiver;
      return {
        given: await movedSince(parts, sides?.sender, ({ gifted, donated }) => -(gifted + donated)),
        received: await movedSince(parts, receiver, ({ received }) => received),
      };
    },
  };
}

/** All that was to be sent: the Horde sends no part of it, and what says another number is no receipt of its own. */
const Transferred = z.object({ transferred: z.int() });

async function readSender(parts: Parts): Promise<FreshUser> {
  const self = await askSelf(parts.ask, parts.source, parts.key);
  const sender = self && (await parts.readFresh(self.id, 'holder'));
  if (sender === null) throw new SourceError('SOURCE_UNAUTHORIZED', parts.source);
  return sender;
}

/**
 * What the Horde would refuse, as far as it shows. Suspicion and what running requests hold does not. Whether there is enough it asks
 * only of what is no repetition, and the balance may be so low because the first one was carried out.
 */
function foreseeTransfer(
  source: string,
  { sender: { user: sender }, receiver }: Sides,
  amount: number,
  repeatKey: string | undefined,
): readonly Problem[] {
  const invalid = (field: string, message: string): readonly Problem[] => [{ kind: 'INVALID', field, message }];
  const clash = (message: string): readonly Problem[] => [{ kind: 'CONFLICT', fields: [], message }];
  if (sender.id === 0) return [{ kind: 'FORBIDDEN', source, message: 'The anonymous key has no kudos to send.' }];
  if (typeof receiver === 'string') return invalid('to', receiver);
  if (receiver.user.id === 0) return invalid('to', 'Anonymous takes no kudos.');
  if (receiver.user.id === sender.id) return invalid('to', 'Nobody can send kudos to themselves.');
  if (sender.flagged) return clash('The sending account is flagged.');
  if (sender.education) return clash('Education accounts cannot send kudos.');
  if (receiver.user.flagged) return clash('The receiving account is flagged.');
  if (sender.deleted || receiver.user.deleted) return clash('One of the accounts is marked for deletion.');
  if (repeatKey !== undefined) return [];
  const most = Math.max(0, sender.kudos - floorOf(sender));
  return amount > most ? invalid('amount', 'There is not so much to send: the account’s floor must stay.') : [];
}

const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
