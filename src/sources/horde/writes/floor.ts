import type { HordeUser } from '../wire.ts';

/** Where a balance stops sinking, and what of it cannot be sent away. */
export function floorOf(user: Pick<HordeUser, 'id' | 'pseudonymous'>): number {
  if (user.id === 0) return -50;
  return user.pseudonymous ? 14 : 25;
}
