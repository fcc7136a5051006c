import type { HordeKudosGift } from '../../../domain/accounts/horde-writes.ts';
import { formatAccountId } from '../../../domain/user.ts';
import type { WantedField } from '../../../writing/change.ts';
import { type Fault, InvalidInputError } from '../../../writing/refusals.ts';
import { type Check, whole } from './checks.ts';
import { parseRecipient, type Recipient } from './recipient.ts';

/** How the two sides' statistics moved; undefined where that cannot be told. */
export interface Traces {
  readonly given: number | undefined;
  readonly received: number | undefined;
}

/** What went in, as it was found when somebody looked. Only an exact fit is evidence, for others may move kudos meanwhile. */
export function giftFields({ to, amount }: HordeKudosGift, { kind }: Recipient): readonly WantedField<Traces>[] {
  const arrived = ({ received }: Traces): string | undefined => (received === amount ? to : undefined);
  return [
    // The id of a shared key is good for spending with it.
    { name: 'to', wanted: to, secret: kind === 'shared key', facet: 'identity', current: arrived },
    { name: 'amount', wanted: amount, facet: 'kudos', current: ({ given }) => (given === amount ? amount : undefined) },
  ];
}

export const transferable: Check = whole(1, Number.MAX_SAFE_INTEGER);

const awardable = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const awarded: Check = (value) => (value === 0 ? 'Not 0.' : awardable(value));

/** Throws for what cannot be sent. */
export function checkGift({ to, amount }: HordeKudosGift, check: Check, keysToo: boolean): Recipient {
  const recipient = parseRecipient(to, keysToo);
  const message = check(amount);
  const faults: Fault[] = message === undefined ? [] : [{ field: 'amount', message }];
  if (!('kind' in recipient)) throw new InvalidInputError([recipient, ...faults]);
  if (faults.length > 0) throw new InvalidInputError(faults);
  return recipient;
}

/** For messages and the audit, where a shared key's id must not stand. */
export const nameRecipient = (source: string, recipient: Recipient): string =>
  recipient.kind === 'user' ? formatAccountId({ source, nativeId: recipient.id }) : 'shared key';
