import { floorOf } from './floor.ts';
import { isAfter, type Trial, wasNotReached } from './trial.ts';
import type { UserState } from './user-state.ts';

/** How many kudos this change has added so far; undefined where that cannot be told apart from what others do meanwhile. */
export function addedKudos(state: UserState, wanted: number, alsoPaid: number, trial: Trial, place: number): number | undefined {
  const { before } = trial;
  if (before === undefined || !isAfter(trial, state)) return 0;
  // Only admins move this statistic, and it takes the whole sum where the balance stops at its floor.
  const moved = state.user.kudos_details.admin - before.user.kudos_details.admin;
  if (moved !== wanted) return moved === 0 && wasNotReached(trial, place) ? 0 : undefined;
  if (before.user.kudos + wanted >= floorOf(state.user)) return wanted;
  return state.user.kudos - before.user.kudos - Math.max(0, alsoPaid);
}

/** By how much this change has moved the monthly sum so far. */
export function addedMonthlyKudos(state: UserState, wanted: number, trial: Trial, place: number): number | undefined {
  const { before } = trial;
  if (before === undefined || !isAfter(trial, state)) return 0;
  const [was, is] = [assignedKudos(before), assignedKudos(state)];
  if (was === undefined || is === undefined) return undefined;
  const moved = is - was;
  if (moved === wanted) return wanted;
  if (moved === 0 && wasNotReached(trial, place)) return 0;
  // The sum assigned stops at 0, and what sponsorships add to it is not shown apart.
  return trial.taken && wanted < moved && moved <= 0 ? moved : undefined;
}

const moderatorsShare = 300_000;

function assignedKudos({ user }: UserState): number | undefined {
  const amount = user.monthly_kudos?.amount;
  return amount === undefined ? undefined : amount - (user.moderator ? moderatorsShare : 0);
}
