import { hasPermission } from './permissions.ts';
import { openSession } from './sessions.ts';
import type { TwinState } from './state.ts';

/** Credentials for a test or a demonstration to call with. */
export interface OpenWebUIKeys {
  /** The primary admin's API key. Empty in a world without users. */
  readonly admin: string;
  /** The primary admin's token. Empty in a world without users. */
  readonly adminToken: string;
  /** The user's API key, made when first asked for; undefined where the server would not let them use one. */
  of(userId: string): string | undefined;
  /** A fresh token for the user; undefined when there is no such user. */
  tokenOf(userId: string): string | undefined;
}

export function createKeys(state: TwinState): OpenWebUIKeys {
  const { world } = state;
  const of = (userId: string): string | undefined => {
    const user = world.users.get(userId);
    if (!user || (user.role !== 'admin' && !hasPermission(world, userId, 'features.api_keys'))) return undefined;
    const key = world.apiKeys.of(userId) ?? world.newApiKey();
    if (world.apiKeys.of(userId) === undefined) world.apiKeys.set(userId, key);
    return key;
  };
  const tokenOf = (userId: string): string | undefined =>
    world.users.get(userId) ? openSession(state, userId).token : undefined;
  const primary = world.users.ordered('created_at', 'asc')[0]?.id ?? '';
  return { admin: of(primary) ?? '', adminToken: tokenOf(primary) ?? '', of, tokenOf };
}
