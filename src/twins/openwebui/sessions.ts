import type { JsonObject } from './json.ts';
import { effectivePermissions } from './permissions.ts';
import { pictureRoute } from './render-user.ts';
import type { TwinState } from './state.ts';
import type { UserRecord } from './user-store.ts';

/** A token for a user, when it ends (epoch seconds), and the cookie that carries it. */
export interface Session {
  readonly token: string;
  readonly expiresAt: number | null;
  readonly cookie: string;
}

export function openSession(state: TwinState, userId: string, { forEver = false } = {}): Session {
  const life = forEver ? 0 : secondsOf(state.world.config.JWT_EXPIRES_IN);
  const expiresAt = life > 0 ? state.seconds() + life : null;
  const token = state.tokens.issue(userId, expiresAt);
  return { token, expiresAt, cookie: sessionCookie(token, expiresAt) };
}

export function sessionCookie(token: string, expiresAt: number | null): string {
  const expires = expiresAt === null ? '' : `expires=${new Date(expiresAt * 1000).toUTCString()}; `;
  return `token=${token}; ${expires}HttpOnly; Path=/; SameSite=lax`;
}

/** The answer to a sign-in or a sign-up. */
export const sessionAnswer = (state: TwinState, user: UserRecord, session: Session): JsonObject => ({
  ...signedIn(state, user, session.token),
  expires_at: session.expiresAt,
  permissions: effectivePermissions(state.world, user.id),
});

/** The part that making an account for somebody else answers too. */
export const signedIn = ({ world }: TwinState, user: UserRecord, token: string): JsonObject => ({
  id: user.id,
  name: user.name,
  role: user.role,
  email: user.email,
  profile_image_url: world.can.sessionTellsPictureRoute ? pictureRoute(user.id) : user.profile_image_url,
  token,
  token_type: 'Bearer',
});

/** `4w`, `1d12h`, `30m`; `0` and `-1` stand for no end. */
function secondsOf(duration: string): number {
  const parts = duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g);
  return Array.from(parts, ([, count, unit]) => Number(count) * (lengths[unit ?? ''] ?? 0)).reduce((sum, part) => sum + part, 0);
}

const lengths: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
