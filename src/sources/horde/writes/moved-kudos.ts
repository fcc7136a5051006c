import type { HordeUser } from '../wire.ts';
import type { FreshUser } from './fresh-user.ts';
import type { Parts } from './parts.ts';
import { unlessSilent } from './unless-silent.ts';

/** One of a user's running totals. */
export type Statistic = (details: HordeUser['kudos_details']) => number;

/** By how much the total has moved since the user was read; undefined where that cannot be told. Others may have moved it too. */
export async function movedSince(parts: Parts, before: FreshUser | undefined, total: Statistic): Promise<number | undefined> {
  if (before === undefined) return undefined;
  const after = await unlessSilent(() => parts.readFresh(String(before.user.id), 'holder'));
  return after == null ? undefined : total(after.user.kudos_details) - total(before.user.kudos_details);
}
