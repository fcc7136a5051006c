import type { HordeUser, KudosBucket } from './records.ts';

/** Where a balance stops sinking. A new account holds 0 until its first movement lifts it to this. */
export function floorOf(user: HordeUser): number {
  if (user.id === 0) return -50;
  return user.pseudonymous ? 14 : 25;
}

/** Changes the balance down to its floor; the bucket takes the whole amount all the same. */
export function moveKudos(user: HordeUser, amount: number, bucket: KudosBucket): void {
  user.kudos = Math.max(floorOf(user), user.kudos + amount);
  user.kudosDetails[bucket] = (user.kudosDetails[bucket] ?? 0) + amount;
}

export const spendableKudos = (user: HordeUser): number => user.kudos - floorOf(user) - user.heldKudos;

export const isSuspicious = (user: HordeUser): boolean => !user.roles.trusted && user.suspicions >= 5;
