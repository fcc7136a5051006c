declare module '../facets.ts' {
  interface Facets {
    /** The instances a user may use, as references. */
    instanceRefs: readonly InstanceRef[];
    /** Keyed by `<daemon id>/<instance id>`. While its daemon is away there is no instance to show, only an error. */
    instance: Instance;
    /** Keyed by daemon id. Only an administrator's key reads it. */
    daemon: Daemon;
    mcsManagerSecurity: McsManagerSecurity;
    /** Only the panel's list shows these. */
    mcsManagerSignIn: McsManagerSignIn;
  }
}

export interface InstanceRef {
  readonly daemonId: string;
  readonly instanceId: string;
}

export const instanceStatuses = ['RUNNING', 'STARTING', 'STOPPING', 'STOPPED', 'BUSY', 'UNKNOWN'] as const;
export type InstanceStatus = (typeof instanceStatuses)[number];

export interface Instance extends InstanceRef {
  readonly nickname: string;
  readonly status: InstanceStatus;
  /** The panel's number as text. */
  readonly nativeStatus: string;
  readonly type: string | null;
  readonly tags: readonly string[];
  readonly processType: string | null;
  readonly createdAt: Date | null;
  /** Null: never started. */
  readonly lastStartedAt: Date | null;
  /** When the right to use it ends; null: never. */
  readonly endsAt: Date | null;
  readonly autoStart: boolean | null;
  readonly autoRestart: boolean | null;
  /** Players and version are null while the game server does not answer the daemon's ping. */
  readonly currentPlayers: number | null;
  readonly maxPlayers: number | null;
  readonly version: string | null;
  /** Since its daemon came up. */
  readonly startedCount: number | null;
}

export interface Daemon {
  readonly daemonId: string;
  /** What the operator calls it; null when it has no name. */
  readonly name: string | null;
  /** Whether the panel is connected to it; a daemon that hangs counts as connected. */
  readonly available: boolean;
}

export interface McsManagerSecurity {
  readonly hasApiKey: boolean;
  readonly isInit: boolean;
  readonly open2FA: boolean;
}

export interface McsManagerSignIn {
  /** 1 bcrypt, 0 the old MD5. */
  readonly passWordType: number;
  /** Null before the releases that know single sign-on. */
  readonly ssoBound: boolean | null;
}
