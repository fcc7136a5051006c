import type { UserState } from './user-state.ts';

/** What is known of the one PUT of a change, for telling what was read back from it. */
export interface Trial {
  /** How the user was; absent until it is sent. */
  before?: UserState;
  /** True: the Horde took all of it. */
  taken: boolean;
  /** The place, in the Horde's order of fields, of the one that it refused: those before it are done, those behind it not begun. */
  refusedAt?: number;
}

export const isAfter = (trial: Trial, state: UserState): boolean => trial.before !== undefined && state !== trial.before;

/** True when the field at this place was for certain not come to. */
export const wasNotReached = ({ refusedAt }: Trial, place: number): boolean => refusedAt !== undefined && refusedAt <= place;
