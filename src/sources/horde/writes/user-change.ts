import { z } from 'zod';
import type { HordeUserWishes } from '../../../domain/accounts/horde-writes.ts';
import { formatAccountId } from '../../../domain/user.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { PartRefusal } from '../../../writing/refusals.ts';
import type { Parts } from './parts.ts';
import { describeRefusal, type Refused, refusalOf } from './refusals.ts';
import { foreseeRights } from './rights.ts';
import type { Trial } from './trial.ts';
import { type UserField, userFields } from './user-fields.ts';
import { userGuards } from './user-guards.ts';
import { checkUserWishes } from './user-input.ts';
import { readUserState, type UserState } from './user-state.ts';

/**
 * Changes a user with one PUT. The Horde does it field by field, each for good, and answers several of them wrongly; so the values
 * it answers are not looked at where it took the request, and all is read back past its cache.
 */
export function changeUser(parts: Parts, operation: string, wishes: HordeUserWishes): Change<UserState> {
  const { id, names } = checkUserWishes(wishes);
  const trial: Trial = { taken: false };
  const planned = userFields.flatMap((field, place) => (names.includes(field.name) ? [{ field, place }] : []));
  const fields = planned.map(({ field, place }) => toWanted(field, place, wishes, trial));
  const guards = userGuards(wishes.ifUnchanged ?? {});
  const read = [...names, ...guards.map(({ name }) => name)];
  const wants = {
    own: read.includes('contact') || planned.some(({ field }) => field.who === 'self'),
    publicWorkers: read.includes('publicWorkers'),
  };
  return {
    sort: 'change',
    operation,
    target: formatAccountId({ source: parts.source, nativeId: id }),
    // A moderator's key shows more of everybody.
    ...(names.includes('moderator') ? {} : { touches: [id] }),
    fields,
    guards,
    read: () => readUserState(parts, id, wants),
    foresee: (before, differing) => foreseeRights(parts, before, plannedOf(planned, differing)),
    send: async (sent, before) => {
      trial.before = before;
      parts.written.note(id);
      const put = planned.filter(({ field }) => sent.some(({ name }) => name === field.name));
      const json = Object.fromEntries(put.map(({ field }) => [field.wire, wishes[field.name]]));
      const reply = await parts.send({ method: 'PUT', path: `/v2/users/${id}`, json });
      if (reply.kind === 'refused') throw explainRefusal(parts.source, reply, put, trial);
      if (!Fields.safeParse(reply.body).success) throw new SourceError('SOURCE_MALFORMED', parts.source);
      trial.taken = true;
    },
  };
}

/** What each field has come to, some of it wrong. Of what no GET shows it is all the word there is, so it must be the Horde’s own. */
const Fields = z.record(z.string(), z.unknown());

export interface Planned {
  readonly field: UserField;
  readonly place: number;
}

function toWanted(field: UserField, place: number, wishes: HordeUserWishes, trial: Trial): WantedField<UserState> {
  // Only fields that were given are planned, and none of them as null.
  const wanted = wishes[field.name] as FieldValue;
  const { name, facet, mustSend, matches, shortfall } = field;
  return {
    name,
    wanted,
    ...(facet === undefined ? {} : { facet }),
    current: (state) => field.current(state, { wishes, trial, place }),
    ...(mustSend === undefined ? {} : { mustSend: (before) => mustSend(before, wishes) }),
    ...(matches === undefined ? {} : { matches: (current) => matches(current, wanted) }),
    ...(shortfall === undefined ? {} : { shortfall: (current) => shortfall(current, wanted, { wishes, trial, place }) }),
  };
}

const plannedOf = (planned: readonly Planned[], wanted: readonly WantedField<UserState>[]): UserField[] =>
  planned.map(({ field }) => field).filter((field) => wanted.some(({ name }) => name === field.name));

/** A refusal ends the request at one field: those before it are done for good, those behind it were not come to. */
function explainRefusal(source: string, refused: Refused, put: readonly Planned[], trial: Trial): Error {
  const stop = placeOfRefusal(refused, put);
  if (stop !== undefined) trial.refusedAt = stop;
  if (stop === put[0]?.place) return refusalOf(source, refused);
  return new PartRefusal(describeRefusal(source, refused));
}

/** Which field the code is about. Undefined for a code that may have come at any of them. */
function placeOfRefusal({ status, rc = '' }: Refused, put: readonly Planned[]): number | undefined {
  const first = (wanted: (field: UserField) => boolean): number | undefined => put.find(({ field }) => wanted(field))?.place;
  const named = about[rc];
  if (named !== undefined) return first(({ wire }) => wire === named);
  if (rc === 'NotAdmin') return first(({ who }) => who === 'admin');
  if (rc === 'NotModerator') return first(({ who }) => who === 'moderator') ?? first(({ who }) => who === 'self');
  if (rc === 'AnonForbiddenUserMod') return first(({ who }) => who === 'self');
  // These come before any field: the schema's faults, which have no code, the key's, and an unknown user.
  return status === 401 || status === 404 || rc === '' || rc === 'NulByteInPayload' || put.length === 1
    ? put[0]?.place
    : undefined;
}

const about: Readonly<Record<string, string>> = {
  ProfaneAdminComment: 'admin_comment',
  ProfaneUserName: 'username',
  TooLongUserName: 'username',
  ProfaneUserContact: 'contact',
  NonServiceForbidden: 'generate_proxy_passkey',
  UserNotDeleted: 'undelete',
};
