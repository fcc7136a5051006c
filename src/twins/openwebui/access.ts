import type { TwinRequest } from '../server.ts';
import { hasPermission } from './permissions.ts';
import { Refusal, says, Unhandled } from './refusal.ts';
import type { Capabilities } from './releases.ts';
import type { TwinState } from './state.ts';
import type { UserRecord } from './user-store.ts';
import type { OpenWebUIWorld } from './world.ts';

/** Who makes a request, and by what. */
export interface Caller {
  readonly user: UserRecord;
  readonly credential: string;
  readonly from: 'header' | 'cookie' | 'x-api-key';
  /** Epoch seconds; null: never, as with an API key. */
  readonly expiresAt: number | null;
}

/** The caller, or the refusal the server has for this sort of fault. */
export function identify(state: TwinState, request: TwinRequest): Caller {
  const found = credentialOf(request, state.world.can);
  if (!found) throw new Refusal(401, says.notAuthenticated);
  if (isApiKey(found.credential))
    return { ...found, expiresAt: null, user: holderOf(state.world, found.credential, request.path) };
  const session = state.tokens.read(found.credential);
  if (!session) throw new Refusal(401, says.unauthorized);
  const user = state.world.users.get(session.userId);
  if (!user) throw new Refusal(401, says.invalidToken);
  return { ...found, expiresAt: session.expiresAt, user };
}

/** Before 0.9 a key is held to its paths at the door, so even where nobody need sign in. */
export function refuseKeyAtTheDoor({ world }: TwinState, request: TwinRequest): void {
  const [, credential = ''] = (request.headers.authorization ?? '').split(' ');
  if (world.can.keyPathsCheckedOnRoutes || !isApiKey(credential)) return;
  if (!mayUsePath(world, request.path)) throw new Refusal(403, says.keyNotForThisPath);
}

export const isApiKey = (credential: string): boolean => credential.startsWith('sk-');

/** The gates in the server's order: switch, key, permission, path. */
function holderOf(world: OpenWebUIWorld, key: string, path: string): UserRecord {
  if (!world.config.ENABLE_API_KEYS) throw new Refusal(403, says.keysOff);
  const user = world.users.get(world.apiKeys.holder(key) ?? '');
  if (!user) throw new Refusal(401, says.invalidToken);
  if (user.role !== 'admin' && !hasPermission(world, user.id, 'features.api_keys')) throw new Refusal(403, says.keysOff);
  if (!mayUsePath(world, path)) throw new Refusal(403, says.accessProhibited);
  return user;
}

function mayUsePath({ config }: OpenWebUIWorld, path: string): boolean {
  if (!config.ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS) return true;
  const entries = config.API_KEYS_ALLOWED_ENDPOINTS.split(',').map((entry) => entry.trim());
  return entries.some((entry) => entry !== '' && (path === entry || path.startsWith(`${entry.replace(/\/$/, '')}/`)));
}

type Credential = Pick<Caller, 'credential' | 'from'>;

/** The header, else the cookie, else the key header. */
function credentialOf({ headers }: TwinRequest, can: Capabilities): Credential | undefined {
  const bearer = headers.authorization === undefined ? undefined : bearerOf(headers.authorization, can);
  if (bearer) return { credential: bearer, from: 'header' };
  const cookie = /(?:^|;\s*)token=([^;]*)/.exec(headers.cookie ?? '')?.[1];
  if (cookie) return { credential: cookie, from: 'cookie' };
  const key = headers['x-api-key'];
  return can.apiKeyHeader && typeof key === 'string' && key ? { credential: key, from: 'x-api-key' } : undefined;
}

function bearerOf(header: string, can: Capabilities): string | undefined {
  const [scheme = '', credential = '', ...rest] = header.split(' ');
  const isBearer = scheme.toLowerCase() === 'bearer';
  if (credential !== '' && rest.length === 0 && isBearer) return credential;
  if (can.strictAuthorizationHeader) throw new Refusal(401, says.unauthorized);
  if (credential === '' || rest.length > 0) throw new Unhandled('The header is not two words.');
  return undefined;
}
