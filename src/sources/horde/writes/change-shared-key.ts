import type { HordeSharedKeyRef, HordeSharedKeyWishes } from '../../../domain/accounts/horde-writes.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { saysGone } from '../../../writing/failures.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { HordeSharedKeyDetails } from '../wire.ts';
import { findOwnKey, foreseeOwner, type Ownership, tellUnknown } from './own-keys.ts';
import type { Parts } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { askSharedKey, nameSharedKey, sharedKeyIdOf } from './shared-key.ts';
import { checkSharedKey, type SharedKeyField, toBody } from './shared-key-fields.ts';
import { unlessSilent } from './unless-silent.ts';

interface KeyState extends Pick<Ownership, 'foreign'> {
  /** As a GET shows it after the change; it may be up to a minute old. */
  readonly shown?: HordeSharedKeyDetails | undefined;
  /** As the PATCH was answered. */
  readonly told?: HordeSharedKeyDetails | undefined;
}

/**
 * Changes a shared key of whoever asks. What a GET shows is kept for a minute and no change empties that, so it is not asked before
 * the change: else it would show the same afterwards. Everything wanted is sent, therefore, whether it differs or not.
 */
export function changeSharedKey(
  parts: Parts,
  operation: string,
  input: HordeSharedKeyRef & HordeSharedKeyWishes,
): Change<KeyState> {
  const id = sharedKeyIdOf(input);
  const fields = checkSharedKey(input);
  if (fields.length === 0) throw new InvalidInputError([{ field: 'input', message: 'Name at least one field to change.' }]);
  let sent = false;
  let unknown = false;
  let told: HordeSharedKeyDetails | undefined;
  return {
    sort: 'change',
    operation,
    target: nameSharedKey(id),
    fields: fields.map((field) => toWanted(field, input)),
    read: async () => {
      if (!sent) return findOwnKey(parts, id);
      // For a minute a GET still shows it.
      if (unknown) return null;
      const shown = await unlessSilent(() => askSharedKey(parts, id));
      return { foreign: false, shown: shown ?? undefined, told };
    },
    foresee: async (before) => foreseeOwner(parts.source, before),
    send: async () => {
      sent = true;
      const reply = await parts.send({ method: 'PATCH', path: `/v2/sharedkeys/${id}`, json: toBody(fields, input) });
      if (reply.kind === 'refused') {
        const reason = reply.status === 401 ? await tellUnknown(parts) : refusalOf(parts.source, reply);
        unknown = saysGone(reason);
        throw reason;
      }
      told = HordeSharedKeyDetails.safeParse(reply.body).data;
      // What a GET shows may be from before, so the answer may be all there is: one that is no key’s is none.
      if (told === undefined) throw new SourceError('SOURCE_MALFORMED', parts.source);
    },
  };
}

function toWanted(field: SharedKeyField, wishes: HordeSharedKeyWishes): WantedField<KeyState> {
  // Every field that was given has passed its check.
  const wanted = wishes[field.name] as string | number;
  const isWanted = (value: FieldValue): boolean => field.matches(value, wanted);
  return {
    name: field.name,
    wanted,
    facet: 'hordeSharedKey',
    matches: isWanted,
    current: ({ shown, told }) => {
      const [seen, said] = [shown, told].map((details) => details && field.current(details));
      if (seen !== undefined && isWanted(seen)) return seen;
      // What is seen may be from before. Only the answer itself can say that it came out otherwise.
      return said !== undefined && !isWanted(said) ? said : undefined;
    },
  };
}
