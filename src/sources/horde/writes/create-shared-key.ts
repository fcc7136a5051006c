import type { HordeSharedKeyWishes } from '../../../domain/accounts/horde-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Action, WantedField } from '../../../writing/change.ts';
import { HordeSharedKeyDetails } from '../wire.ts';
import { readOwnKeys } from './own-keys.ts';
import type { Parts } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { askSharedKey } from './shared-key.ts';
import { checkSharedKey, type SharedKeyField, toBody } from './shared-key-fields.ts';
import { unlessSilent } from './unless-silent.ts';

/** What the Horde gives when nothing is said; said all the same, so that there is something to compare. */
const usualKudos = 5_000;

/** The new key as read; undefined where it was not told which it is, or could not be read. */
interface Made {
  readonly details: HordeSharedKeyDetails | undefined;
}

/**
 * Makes a shared key on the account of whoever asks. It has no name that is its alone, so after a lost answer nobody can tell: one that
 * was not there before may be what somebody else made with the same key at that moment. Its id is a credential: it stands in the receipt,
 * which goes to the caller and nowhere else.
 */
export function createSharedKey(parts: Parts, operation: string, input: HordeSharedKeyWishes): Action {
  const wishes = { ...input, kudos: input.kudos ?? usualKudos };
  const fields = checkSharedKey(wishes);
  let madeId: string | undefined;
  return {
    sort: 'action',
    operation,
    target: 'new shared key',
    fields: fields.map((field) => toWanted(field, wishes)),
    repeatable: false,
    foresee: async () => {
      const { owner } = await readOwnKeys(parts);
      if (owner !== '0') return [];
      return [{ kind: 'FORBIDDEN', source: parts.source, message: 'The anonymous key has no shared keys.' }];
    },
    send: async () => {
      madeId = await make(parts, toBody(fields, wishes));
      return { sharedKeyId: madeId };
    },
    look: async (): Promise<Made> => ({ details: madeId === undefined ? undefined : await readMade(parts, madeId) }),
  };
}

async function make(parts: Parts, json: unknown): Promise<string> {
  const reply = await parts.send({ method: 'PUT', path: '/v2/sharedkeys', json });
  if (reply.kind === 'refused') throw refusalOf(parts.source, reply);
  const told = HordeSharedKeyDetails.safeParse(reply.body);
  if (!told.success) throw new SourceError('SOURCE_MALFORMED', parts.source);
  return told.data.id;
}

const readMade = async (parts: Parts, id: string): Promise<HordeSharedKeyDetails | undefined> =>
  (await unlessSilent(() => askSharedKey(parts, id))) ?? undefined;

function toWanted({ name, current, matches }: SharedKeyField, wishes: HordeSharedKeyWishes): WantedField<Made> {
  // Every field that was given has passed its check.
  const wanted = wishes[name] as string | number;
  return {
    name,
    wanted,
    facet: 'hordeSharedKey',
    current: ({ details }) => (details === undefined ? undefined : current(details)),
    matches: (shown) => matches(shown, wanted),
  };
}
