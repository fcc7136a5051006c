import type { Facets } from '../../domain/facets.ts';
import { parseDate } from './dates.ts';
import type { Tellings } from './map.ts';
import type { HordeUserRow } from './wire.ts';

/** What the answer tells beyond the public: nothing for a stranger, most for a moderator. */
export const privateTellings = {
  // The one private facet that a user may open to everybody.
  hordeWorkerIds: (user) => user.worker_ids ?? undefined,
  activeGenerations: (user) => (privilegeOf(user) >= 1 ? toGenerations(user) : undefined),
  hordePrivate: (user) => (privilegeOf(user) >= 1 ? toPrivate(user) : undefined),
  hordePrivileged: (user) => (privilegeOf(user) === 2 ? toPrivileged(user) : undefined),
  monthlyKudos: (user) => (privilegeOf(user) === 2 ? toMonthlyKudos(user) : undefined),
} satisfies Tellings;

/** At which privilege the Horde answered: 0 a stranger, 1 the owner, 2 a moderator. It shows only in what was sent. */
export function privilegeOf(user: HordeUserRow): 0 | 1 | 2 {
  if (isTold(user.evaluating_kudos)) return 2;
  return isTold(user.vpn) ? 1 : 0;
}

/** Absent at this privilege means that nothing runs. Alchemy stands in the model and is never filled. */
function toGenerations({ active_generations: running }: HordeUserRow): Facets['activeGenerations'] {
  return { text: running?.text ?? [], image: running?.image ?? [], alchemy: null };
}

function toPrivate({ contact, vpn, special, sharedkey_ids: ids }: HordeUserRow): Facets['hordePrivate'] | undefined {
  if (!isTold(vpn) || !isTold(special) || !isTold(ids)) return undefined;
  return { contact: contact ?? null, vpn, special, sharedKeyIds: ids };
}

function toPrivileged(user: HordeUserRow): Facets['hordePrivileged'] | undefined {
  const { evaluating_kudos: evaluatingKudos, suspicious } = user;
  if (!isTold(evaluatingKudos) || !isTold(suspicious)) return undefined;
  return {
    evaluatingKudos,
    suspicious,
    adminComment: user.admin_comment ?? null,
    hasProxyPasskey: user.proxy_passkey === true,
  };
}

function toMonthlyKudos({ monthly_kudos: monthly }: HordeUserRow): Facets['monthlyKudos'] | undefined {
  return isTold(monthly) ? { amount: monthly.amount, lastReceived: parseDate(monthly.last_received) } : undefined;
}

const isTold = <Value>(value: Value): value is NonNullable<Value> => value !== undefined && value !== null;
