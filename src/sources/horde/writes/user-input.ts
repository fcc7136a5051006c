import type { HordeUserRef, HordeUserWishes } from '../../../domain/accounts/horde-writes.ts';
import { nullFaults } from '../../../writing/expectations.ts';
import { type Fault, InvalidInputError } from '../../../writing/refusals.ts';
import { canonicalUserId } from '../ids.ts';
import { type Check, chars, flag, number, whole } from './checks.ts';
import { type UserFieldName, userFields } from './user-fields.ts';
import { mayBeAbsent } from './user-guards.ts';

/** What the Horde takes, where it takes more than it can keep, less. */
const checks: Readonly<Record<UserFieldName, Check>> = {
  addKudos: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  addMonthlyKudos: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  usageMultiplier: number(0.1, 10),
  moderator: flag,
  concurrency: whole(0, 500),
  // Its column holds 32 bits, and what is larger ends the request half way.
  workerInvited: whole(-2_147_483_648, 2_147_483_647),
  trusted: flag,
  flagged: flag,
  customizer: flag,
  vpn: flag,
  service: flag,
  education: flag,
  special: flag,
  resetSuspicion: flag,
  adminComment: chars(5, 500),
  publicWorkers: flag,
  username: chars(3, 30),
  // The Horde says 500, and fails half way above 50.
  contact: chars(5, 50),
  generateProxyPasskey: flag,
  undelete: flag,
};

/** Things to be done rather than values to be set: the Horde does them whenever they are named, with false too. */
const deeds: ReadonlySet<UserFieldName> = new Set(['resetSuspicion', 'generateProxyPasskey', 'undelete']);

export interface ReadyWishes {
  readonly id: string;
  /** What is to be changed, in the Horde's order. */
  readonly names: readonly UserFieldName[];
}

/** Throws, with all faults at once, for what cannot be sent. */
export function checkUserWishes(wishes: HordeUserWishes): ReadyWishes {
  const given = userFields.map(({ name }) => name).filter((name) => isGiven(name, wishes));
  const faults = given.flatMap((name): Fault[] => {
    const message = checks[name](wishes[name]);
    return message === undefined ? [] : [{ field: name, message }];
  });
  if (given.length === 0) faults.push({ field: 'input', message: 'Name at least one field to change.' });
  faults.push(...nullFaults(wishes.ifUnchanged, mayBeAbsent));
  if (faults.length > 0) throw new InvalidInputError(faults);
  return { id: userIdOf(wishes), names: given };
}

function isGiven(name: UserFieldName, wishes: HordeUserWishes): boolean {
  const wish = wishes[name];
  return wish != null && !(wish === false && deeds.has(name));
}

export function userIdOf({ nativeId }: HordeUserRef): string {
  const canonical = canonicalUserId(nativeId);
  if (canonical === null) throw new InvalidInputError([{ field: 'id', message: 'The number of a user.' }]);
  return canonical;
}
