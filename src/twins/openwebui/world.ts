import { createRandom } from '../random.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import { createGroupStore, type GroupStore } from './group-store.ts';
import type { JsonObject } from './json.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { builtInPermissions } from './permission-defaults.ts';
import { type Capabilities, capabilitiesOf, type Release } from './releases.ts';
import { freshConfig, type ServerConfig } from './server-config.ts';
import { createUserStore, type UserStore } from './user-store.ts';

/** All that a server remembers. Reading it tells the truth; changing it changes what the twin answers from then on. */
export interface OpenWebUIWorld {
  readonly release: Release;
  readonly can: Capabilities;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly channels: Map<string, ChannelRecord>;
  readonly passwords: Passwords;
  readonly apiKeys: ApiKeys;
  /** By user id. */
  readonly oauthSessions: Map<string, readonly OAuthSession[]>;
  /** By user id. Nobody but the user ever sees them. */
  readonly variables: Map<string, Readonly<Record<string, string>>>;
  /** Chat id to the id of its owner, for the ids `shared-<chat id>`. */
  readonly sharedChats: Map<string, string>;
  readonly config: ServerConfig;
  /** As stored, which the server's own schema may show differently. */
  defaultPermissions: JsonObject;
  readonly builtInPermissions: JsonObject;
  /** Whether a sign-in asks for a second step; known from 0.12 on. */
  multiFactor: boolean;
  newId(kind: IdKind): string;
  /** Something invented that nobody should see, with the canary in it. */
  newSecret(prefix: string): string;
  /** `sk-` and 32 hex digits, or the canary before them. */
  newApiKey(): string;
}

export type IdKind = 'user' | 'group' | 'channel' | 'token' | 'session';

/** Members matter to the types `group` and `dm`, access to the others. Times are epoch nanoseconds. */
export interface ChannelRecord {
  readonly id: string;
  readonly user_id: string;
  readonly type: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly members: readonly string[];
  /** Null: open to everybody. */
  readonly access: { readonly users: readonly string[]; readonly groups: readonly string[] } | null;
  readonly created_at: bigint;
  readonly updated_at: bigint;
}

/** A session with a sign-in provider, its tokens in clear. Times are epoch seconds. */
export interface OAuthSession {
  readonly id: string;
  readonly user_id: string;
  readonly provider: string;
  readonly token: JsonObject;
  readonly expires_at: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface EmptyWorldOptions {
  readonly release: Release;
  readonly seed?: number;
  readonly canary?: string;
  /** Where ids come from; absent: invented from the seed. */
  readonly newId?: (kind: IdKind) => string;
}

/** A server on its first day: nobody there, sign-up open. */
export function createEmptyWorld(options: EmptyWorldOptions): OpenWebUIWorld {
  const random = createRandom(options.seed ?? 1);
  const canary = options.canary ?? '';
  const can = capabilitiesOf(options.release);
  const builtIn = builtInPermissions(options.release);
  return {
    release: options.release,
    can,
    users: createUserStore(),
    groups: createGroupStore(),
    channels: new Map(),
    passwords: createPasswords(),
    apiKeys: createApiKeys(),
    oauthSessions: new Map(),
    variables: new Map(),
    sharedChats: new Map(),
    config: freshConfig(can),
    defaultPermissions: builtIn,
    builtInPermissions: builtIn,
    multiFactor: false,
    newId: options.newId ?? (() => random.uuid()),
    newSecret: (prefix) => `${prefix}${canary}${random.hex(24)}`,
    newApiKey: () => `sk-${canary}${random.hex(32)}`,
  };
}
