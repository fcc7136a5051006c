import type { JsonObject } from './json.ts';

export type KudosBucket = 'accumulated' | 'gifted' | 'donated' | 'admin' | 'received' | 'recurring' | 'awarded' | 'styled';

export type Role = 'moderator' | 'trusted' | 'flagged' | 'customizer' | 'vpn' | 'service' | 'education' | 'special';

export type Roles = Record<Role, boolean>;

/** Amounts; `megapixelsteps` absent means no image was ever counted, which is written differently from 0.0. */
export interface Things {
  megapixelsteps?: number;
  tokens: number;
}

export interface Counts {
  image: number;
  text: number;
  interrogation: number;
}

/** A user as the server's database holds it. Times are milliseconds since 1970. */
export interface HordeUser {
  readonly id: number;
  readonly apiKey: string;
  alias: string;
  createdAt: number;
  lastActiveAt: number;
  kudos: number;
  evaluatingKudos: number;
  /** Promised to running requests, so not to be sent away. */
  heldKudos: number;
  /** A bucket that is absent was never touched, which is written differently from 0.0. */
  kudosDetails: Partial<Record<KudosBucket, number>>;
  /** `entitled` comes from sponsorships; the moderators' share is added when the user is shown. */
  monthlyKudos: { assigned: number; entitled: number; lastReceivedAt: number | null };
  concurrency: number;
  workerInvited: number;
  usageMultiplier: number;
  roles: Roles;
  publicWorkers: boolean;
  pseudonymous: boolean;
  /** Marked for deletion; a wiped user is not in the world at all. */
  deleted: boolean;
  suspicions: number;
  contact: string | null;
  adminComment: string | null;
  proxyPasskey: string | null;
  activeGenerations: { text: string[]; image: string[] };
  records: { usage: Things; contribution: Things; fulfillment: Counts; request: Counts; style: Counts };
}

export interface HordeWorker {
  readonly id: string;
  readonly type: 'image' | 'text' | 'interrogation';
  readonly ownerId: number;
  name: string;
  info: string | null;
  online: boolean;
  nsfw: boolean;
  maintenance: boolean;
  paused: boolean;
  threads: number;
  uptime: number;
  requestsFulfilled: number;
  kudosRewards: number;
  performance: string;
  models: string[];
  teamId: string | null;
  bridgeAgent: string;
  address: string;
  suspicions: number;
}

export interface HordeStyle {
  readonly id: string;
  readonly type: 'image' | 'text';
  readonly ownerId: number;
  name: string;
  info: string;
  prompt: string;
  params: JsonObject;
  public: boolean;
  nsfw: boolean;
  tags: string[];
  models: string[];
  useCount: number;
  sharedKeyId: string | null;
}

export interface HordeSharedKey {
  readonly id: string;
  readonly ownerId: number;
  name: string | null;
  /** What is left; -1 is unlimited. */
  kudos: number;
  expiresAt: number | null;
  utilized: number;
  maxImagePixels: number;
  maxImageSteps: number;
  maxTextTokens: number;
}

export interface HordeTeam {
  readonly id: string;
  readonly creatorId: number;
  name: string;
  info: string;
  requestsFulfilled: number;
  kudos: number;
  uptime: number;
}
