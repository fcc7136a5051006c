import type { Language } from './sentences.ts';

/** What the panel knows. Tests read the truth here and change it; what they change counts as saved to disk. */
export interface PanelWorld {
  /** By uuid, in the order in which the panel lists them. */
  readonly users: Map<string, PanelUser>;
  /** By uuid. */
  readonly daemons: Map<string, Daemon>;
  readonly settings: PanelSettings;
  /** Oldest first. */
  readonly auditLog: AuditEntry[];
  /** What the file of a user still says, for users whose last change was never saved. A restart goes back to it. */
  readonly staleFiles: Map<string, PanelUser>;
}

export interface PanelSettings {
  language: Language;
  enableApiKey: boolean | 'ONLY_ADMIN';
}

/** `unknown` stands where the panel stores what an admin sends without looking at it. */
export interface PanelUser {
  readonly uuid: string;
  userName: unknown;
  /** In the clear; the real panel keeps a hash. Never sent. */
  password: string;
  /** 1: bcrypt, 0: the MD5 of old panels. */
  passWordType: 0 | 1;
  permission: unknown;
  registerTime: unknown;
  loginTime: unknown;
  instances: InstanceRef[];
  apiKey: unknown;
  isInit: boolean;
  secret: string;
  open2FA: boolean;
  ssoSub: string;
  ssoBound: boolean;
}

export interface InstanceRef {
  readonly instanceUuid: string;
  readonly daemonId: string;
}

/** away: the panel knows that it is gone. hanging: connected and silent. */
export type DaemonState = 'connected' | 'hanging' | 'away';

export interface Daemon {
  readonly uuid: string;
  ip: string;
  port: number;
  prefix: string;
  remarks: string;
  state: DaemonState;
  readonly instances: Map<string, Instance>;
}

/** -1 busy, 0 stopped, 1 stopping, 2 starting, 3 running. */
export type InstanceStatus = -1 | 0 | 1 | 2 | 3;

/** The part of an instance that differs from one to the next; the rest of its configuration is the panel's default. */
export interface Instance {
  readonly uuid: string;
  nickname: string;
  type: string;
  status: InstanceStatus;
  startCommand: string;
  stopCommand: string;
  cwd: string;
  /** Epoch milliseconds; `endTime` 0 means none. */
  createDatetime: number;
  lastDatetime: number;
  endTime: number;
  tag: string[];
  basePort: number;
  /** How often it was started since the daemon came up. */
  started: number;
  /** Empty: RCON is off. */
  rconPassword: string;
  openFrpToken: string;
  /** `NAME=value` of its container; empty for a process on the host. */
  dockerEnv: string[];
  dockerImage: string;
  players: { online: number; max: number; version: string };
}

export interface AuditEntry {
  readonly type: string;
  readonly operation_id: string;
  /** Epoch milliseconds, as text. */
  readonly operation_time: string;
  readonly operation_level: 'info' | 'warning';
  readonly operator_ip: string;
  readonly operator_name: unknown;
  readonly target_user_name: unknown;
}

export function createWorld(settings: Partial<PanelSettings> = {}): PanelWorld {
  return {
    users: new Map(),
    daemons: new Map(),
    settings: { language: settings.language ?? 'en_us', enableApiKey: settings.enableApiKey ?? true },
    auditLog: [],
    staleFiles: new Map(),
  };
}

/** Adds a user at the end of the list; what is not given is as a panel would set it for a new user. */
export function addUser(world: PanelWorld, given: Pick<PanelUser, 'uuid' | 'userName'> & Partial<PanelUser>): PanelUser {
  const user: PanelUser = {
    password: '',
    passWordType: 1,
    permission: 1,
    registerTime: '',
    loginTime: '',
    instances: [],
    apiKey: '',
    isInit: false,
    secret: '',
    open2FA: false,
    ssoSub: '',
    ssoBound: false,
    ...given,
  };
  world.users.set(user.uuid, user);
  return user;
}
