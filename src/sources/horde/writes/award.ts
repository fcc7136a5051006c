import { z } from 'zod';
import type { HordeKudosGift } from '../../../domain/accounts/horde-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Action, Problem } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { askSelf } from '../self.ts';
import type { FreshUser } from './fresh-user.ts';
import { awarded, checkGift, giftFields, nameRecipient } from './gift.ts';
import { movedSince } from './moved-kudos.ts';
import type { Parts } from './parts.ts';
import { findRecipient } from './recipient.ts';
import { refusalOf } from './refusals.ts';

/** The one account that may award, whatever roles others hold. */
const awarder = '1';

/** Awards kudos out of nothing, or takes some back. To a flagged account the Horde awards nothing and answers 200 all the same. */
export function awardKudos(parts: Parts, operation: string, gift: HordeKudosGift): Action {
  const { source } = parts;
  const recipient = checkGift(gift, awarded, false);
  let receiver: FreshUser | string | undefined;
  const look = async (): Promise<FreshUser | string> => {
    receiver ??= await findRecipient(parts, recipient);
    return receiver;
  };
  return {
    sort: 'action',
    operation,
    target: nameRecipient(source, recipient),
    fields: giftFields(gift, recipient),
    repeatable: false,
    noted: ['awarded'],
    foresee: async () => {
      const self = await askSelf(parts.ask, source, parts.key);
      return foreseeAward(source, self?.id, await look());
    },
    send: async () => {
      const found = await look();
      if (typeof found === 'string') throw new Refusal({ kind: 'INVALID', field: 'to', message: found });
      parts.written.note(recipient.id);
      const json = { username: recipient.id, amount: gift.amount };
      const reply = await parts.send({ method: 'POST', path: '/v2/kudos/award', json });
      if (reply.kind === 'refused') throw refusalOf(source, reply);
      if (Array.isArray(reply.body)) throw new Refusal(flagged);
      const told = Awarded.safeParse(reply.body);
      if (!told.success || told.data.awarded !== gift.amount) throw new SourceError('SOURCE_MALFORMED', source);
      return { awarded: told.data.awarded };
    },
    look: async () => {
      const before = typeof receiver === 'string' ? undefined : receiver;
      const moved = await movedSince(parts, before, (details) => details.awarded);
      return { given: moved, received: moved };
    },
  };
}

/** Whole kudos, and no more than can be shown: one that is otherwise is no receipt. */
const Awarded = z.object({ awarded: z.int() });

const flagged: Problem = { kind: 'CONFLICT', fields: [], message: 'The account is flagged: it was awarded nothing.' };

function foreseeAward(source: string, holder: string | undefined, receiver: FreshUser | string): readonly Problem[] {
  if (holder !== awarder) {
    return [{ kind: 'FORBIDDEN', source, message: 'Only the account with the number 1 awards kudos.' }];
  }
  if (typeof receiver === 'string') return [{ kind: 'INVALID', field: 'to', message: receiver }];
  if (receiver.user.id === 0) return [{ kind: 'INVALID', field: 'to', message: 'Anonymous is awarded nothing.' }];
  return receiver.user.flagged ? [flagged] : [];
}
