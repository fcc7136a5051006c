/**
 * Every facet that any source can read, by name. The shared ones stand here; each source's own are added by
 * `accounts/<source>.ts`, which shared code never names. Times are `Date`s; `null` is "known to be absent".
 */
export interface Facets {
  identity: Identity;
  avatar: Avatar;
  /** Where the source guarantees an address, else free text. */
  email: string | null;
  role: RoleClaim;
  registration: Registration;
  presence: Presence;
  /** The balance: whole, though a float upstream. Negative only for the Horde's anonymous user. */
  kudos: number;
  kudosDetails: KudosDetails;
  monthlyKudos: MonthlyKudos;
  records: Records;
  activeGenerations: ActiveGenerations;
  permissions: PermissionSet;
  /** What the user set for the pages they use, secrets already masked. Null when never saved. */
  settings: UserSettings | null;
}

export type FacetName = keyof Facets;

export interface Identity {
  /** What the source calls the user by; not unique on every source. */
  readonly username: string;
  readonly displayName: string | null;
}

export interface Avatar {
  /** As the source gives it: an absolute address, a path on the source, or a `data:` address. */
  readonly url: string | null;
}

export const roles = ['BANNED', 'PENDING', 'GUEST', 'USER', 'MODERATOR', 'ADMIN', 'UNKNOWN'] as const;
export type Role = (typeof roles)[number];

export interface RoleClaim {
  readonly role: Role;
  /** The source's own word or number, as text. */
  readonly nativeRole: string;
  /** True when the role passes every check, whatever the grants say, but for what `whenBypassed` says of one. */
  readonly bypassesGrants: boolean;
  /** True when the source lets nobody of this role in: nothing that is granted to them is in effect. */
  readonly isShutOut: boolean;
}

export interface Registration {
  readonly createdAt: Date | null;
  /** The text the source sent, where it sent text; kept because it may not parse. */
  readonly text: string | null;
}

export interface Presence {
  readonly lastActiveAt: Date | null;
  readonly text: string | null;
  /** Null where the source cannot tell. */
  readonly isActive: boolean | null;
}

/** Running totals with sign: what left the account is negative. */
export interface KudosDetails {
  readonly accumulated: number;
  readonly gifted: number;
  readonly donated: number;
  readonly admin: number;
  readonly received: number;
  readonly recurring: number;
  readonly awarded: number;
  readonly styled: number;
}

export interface MonthlyKudos {
  readonly amount: number;
  readonly lastReceived: Date | null;
}

export interface Records {
  readonly usage: ThingRecords;
  readonly contribution: ThingRecords;
  readonly fulfillment: AmountRecords;
  readonly request: AmountRecords;
  readonly style: AmountRecords;
}

export interface ThingRecords {
  readonly megapixelsteps: number;
  readonly tokens: number;
}

export interface AmountRecords {
  readonly image: number;
  readonly text: number;
  readonly interrogation: number;
}

/** Ids of running requests. Null where the source never tells that sort. */
export interface ActiveGenerations {
  readonly text: readonly string[];
  readonly image: readonly string[];
  readonly alchemy: readonly string[] | null;
}

/** Everything the user may or may not do, by section and key, as the source names them. */
export interface PermissionSet {
  readonly grants: readonly PermissionGrant[];
}

export interface PermissionGrant {
  readonly section: string;
  readonly key: string;
  readonly allowed: boolean;
  /** What a role that bypasses grants has of it: true unless said, null where that cannot be told. */
  readonly whenBypassed?: boolean | null;
}

export interface UserSettings {
  /** The whole stored object, secrets masked. */
  readonly all: JsonObject;
  /** Its `ui` part, secrets masked. */
  readonly ui: JsonObject | null;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
