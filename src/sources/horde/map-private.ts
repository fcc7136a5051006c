import type { AccountRecord } from '../contract.ts';
import { parseDate } from './dates.ts';
import type { HordeUserRow } from './wire.ts';

/** What the answer tells beyond the public: nothing for a stranger, most for a moderator. */
export function toPrivateRecord(user: HordeUserRow): AccountRecord {
  const privilege = privilegeOf(user);
  return {
    // The one private facet that a user may open to everybody.
    ...(user.worker_ids ? { hordeWorkerIds: user.worker_ids } : {}),
    ...(privilege >= 1 ? forOwner(user) : {}),
    ...(privilege === 2 ? forModerator(user) : {}),
  };
}

/** At which privilege the Horde answered: 0 a stranger, 1 the owner, 2 a moderator. It shows only in what was sent. */
export function privilegeOf(user: HordeUserRow): 0 | 1 | 2 {
  if (isTold(user.evaluating_kudos)) return 2;
  return isTold(user.vpn) ? 1 : 0;
}

function forOwner(user: HordeUserRow): AccountRecord {
  const running = user.active_generations;
  return {
    // Absent at this privilege means that nothing runs. Alchemy stands in the model and is never filled.
    activeGenerations: { text: running?.text ?? [], image: running?.image ?? [], alchemy: null },
    ...(isTold(user.vpn) && isTold(user.special) && isTold(user.sharedkey_ids)
      ? {
          hordePrivate: {
            contact: user.contact ?? null,
            vpn: user.vpn,
            special: user.special,
            sharedKeyIds: user.sharedkey_ids,
          },
        }
      : {}),
  };
}

function forModerator(user: HordeUserRow): AccountRecord {
  const monthly = user.monthly_kudos;
  return {
    ...(isTold(monthly) ? { monthlyKudos: { amount: monthly.amount, lastReceived: parseDate(monthly.last_received) } } : {}),
    ...(isTold(user.evaluating_kudos) && isTold(user.suspicious)
      ? {
          hordePrivileged: {
            evaluatingKudos: user.evaluating_kudos,
            suspicious: user.suspicious,
            adminComment: user.admin_comment ?? null,
            hasProxyPasskey: user.proxy_passkey === true,
          },
        }
      : {}),
  };
}

const isTold = <Value>(value: Value): value is NonNullable<Value> => value !== undefined && value !== null;
