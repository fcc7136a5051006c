/** So many requests in so many seconds, as a source counts them. */
export interface RouteLimit {
  readonly requests: number;
  readonly seconds: number;
  /** `address`: whoever asks from here counts together. `credential`: each key by itself. */
  readonly countedBy: 'address' | 'credential';
  /** Each address below the route is counted by itself: each user, for example. */
  readonly eachPath?: true;
}

/** By route. A route that is missing has no limit that is known. */
export type RouteLimits = Readonly<Record<string, readonly RouteLimit[]>>;

/** What the configuration says of a source's quota. */
export interface QuotaSettings {
  /** False: what the kind says of its limits is not counted. What the source itself says is obeyed all the same. */
  readonly enabled: boolean;
  /** Of each limit by address, where others ask from the same one: 0.5 is half. */
  readonly share: number;
  /** Requests of all kinds in a minute, on top of the limits of routes. */
  readonly perMinute?: number | undefined;
}

export const noQuota: QuotaSettings = { enabled: false, share: 1 };
