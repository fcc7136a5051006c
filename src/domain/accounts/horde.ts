declare module '../facets.ts' {
  interface Facets {
    /** Roles and counts that the Horde shows to anybody. */
    hordeStanding: HordeStanding;
    /** Styles the user made: the public ones, and to the owner's or a moderator's key the private ones too. */
    hordeStyleRefs: readonly HordeStyleRef[];
    /** Worker ids: the owner's, a moderator's, or anybody's where the user made workers public. */
    hordeWorkerIds: readonly string[];
    /** What the owner and moderators see. */
    hordePrivate: HordePrivate;
    /** What moderators see. */
    hordePrivileged: HordePrivileged;
    /** Keyed by worker id. */
    hordeWorker: HordeWorker;
    /** Keyed by style id, in two reads by type: `image/<id>` or `text/<id>`. */
    hordeStyle: HordeStyle;
    /** Keyed by shared key id. */
    hordeSharedKey: HordeSharedKey;
  }
}

export interface HordeStanding {
  readonly userId: number;
  readonly trusted: boolean;
  readonly flagged: boolean;
  readonly moderator: boolean;
  readonly customizer: boolean;
  readonly service: boolean;
  readonly education: boolean;
  readonly deleted: boolean;
  readonly pseudonymous: boolean;
  /** How many requests may wait or run at once. */
  readonly concurrency: number;
  /** How many workers the user may add. */
  readonly workerInvited: number;
  /** Image and text workers; alchemists are not counted. */
  readonly workerCount: number;
  /** Seconds since the account was made, as of the answer. */
  readonly accountAge: number;
  /** Obsolete upstream; its values have been null ever since records replaced it. */
  readonly usage: { readonly megapixelsteps: number | null; readonly requests: number | null };
  readonly contributions: { readonly megapixelsteps: number | null; readonly fulfillments: number | null };
}

export interface HordeStyleRef {
  readonly id: string;
  /** `image`, `text`, or a word of a later release. */
  readonly type: string;
  /** `alias#id::style::name`. */
  readonly name: string;
}

export interface HordePrivate {
  readonly contact: string | null;
  readonly vpn: boolean;
  readonly special: boolean;
  readonly sharedKeyIds: readonly string[];
}

export interface HordePrivileged {
  readonly evaluatingKudos: number;
  readonly suspicious: number;
  readonly adminComment: string | null;
  /** Whether a proxy passkey exists; the passkey itself goes nowhere. */
  readonly hasProxyPasskey: boolean;
}

export interface HordeWorker {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly online: boolean;
  readonly trusted: boolean | null;
  readonly flagged: boolean | null;
  readonly maintenanceMode: boolean | null;
  readonly nsfw: boolean | null;
  readonly info: string | null;
  readonly models: readonly string[];
  readonly bridgeAgent: string | null;
  readonly threads: number | null;
  /** Seconds. */
  readonly uptime: number | null;
  readonly requestsFulfilled: number | null;
  readonly uncompletedJobs: number | null;
  readonly kudosRewards: number | null;
  readonly performance: string | null;
  readonly maxPixels: number | null;
  readonly maxLength: number | null;
  readonly maxContextLength: number | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
}

export interface HordeStyle {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly info: string | null;
  readonly prompt: string | null;
  readonly public: boolean | null;
  readonly nsfw: boolean | null;
  readonly tags: readonly string[];
  readonly models: readonly string[];
  readonly useCount: number | null;
}

export interface HordeSharedKey {
  readonly id: string;
  readonly name: string | null;
  /** What is left; -1 unlimited. */
  readonly kudos: number;
  readonly utilized: number;
  /** Null: never. */
  readonly expiry: Date | null;
  readonly maxImagePixels: number;
  readonly maxImageSteps: number;
  readonly maxTextTokens: number;
}
