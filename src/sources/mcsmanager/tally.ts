/** Numbers for estimates, as last seen by anybody; nothing about any user. Lives as long as the source. */
export interface Tally {
  users: number | undefined;
  /** About how many a daemon has, by daemon id. */
  readonly instances: Map<string, number>;
}

export const createTally = (): Tally => ({ users: undefined, instances: new Map() });

/** Where nobody has counted yet. */
export const usersGuessed = 1_000;
export const instancesGuessed = 10;
