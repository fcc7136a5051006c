import type { Call, Route } from './call.ts';
import { notFound, type Outcome, refused } from './outcome.ts';
import { say } from './panel.ts';
import { isAjax } from './request-parts.ts';
import { logOut } from './sessions.ts';
import type { PanelUser, PanelWorld } from './world.ts';

const ADMIN = 10;
const KEY = /^[A-Za-z0-9_-]+$/;

/** The refusal this caller gets on this route, or undefined. A key decides alone; without one, the session does. */
export function refuse(call: Call, route: Route): Outcome | undefined {
  const key = headerKey(call) || call.query.get('apikey');
  return key ? refuseKey(call, route, key) : refuseSession(call, route);
}

/** The uuid of who is calling, empty when nobody. The key in the query wins here, though the one in the header opened the door. */
export function callerUuid(call: Call): string {
  const key = call.query.get('apikey') || headerKey(call);
  return key ? (holderOf(call.panel.world, key)?.uuid ?? '') : (call.session.uuid ?? '');
}

export function caller(call: Call): PanelUser | undefined {
  return call.panel.world.users.get(callerUuid(call));
}

/** Compares as JavaScript does, so the text "10" passes and "boss" does not. */
export function reaches(user: PanelUser, level: number): boolean {
  return Number(user.permission) >= level;
}

export const isAdmin = (user: PanelUser): boolean => reaches(user, ADMIN);

function refuseKey({ panel }: Call, route: Route, key: string): Outcome | undefined {
  const { enableApiKey } = panel.world.settings;
  const user = KEY.test(key) ? holderOf(panel.world, key) : undefined;
  if (enableApiKey === false) return refused(403, say(panel, 'keysOff'));
  if (enableApiKey === 'ONLY_ADMIN' && !(user && isAdmin(user))) return refused(403, say(panel, 'keysOff'));
  if (user === undefined || !reaches(user, route.level ?? 0)) return refused(403, say(panel, 'wrongKey'));
  return undefined;
}

function refuseSession({ panel, request, query, session }: Call, route: Route): Outcome | undefined {
  if (route.token) {
    if (!isAjax(request)) return refused(403, say(panel, 'notAjax'));
    if (query.get('token') !== (session.token ?? undefined)) return refused(403, say(panel, 'wrongToken'));
  }
  if (route.level === null) return undefined;
  const user = session.login === true ? panel.world.users.get(session.uuid ?? '') : undefined;
  if (user !== undefined && Number(user.permission) < 0) {
    logOut(session);
    return notFound;
  }
  if (user !== undefined && reaches(user, route.level)) return undefined;
  panel.run.counts.illegalAccess += 1;
  return refused(403, say(panel, 'forbidden'));
}

/** Whose key it is. Nobody's when two users share it. */
function holderOf(world: PanelWorld, key: string): PanelUser | undefined {
  let holder: PanelUser | undefined;
  for (const user of world.users.values()) {
    if (user.apiKey !== key) continue;
    if (holder !== undefined) return undefined;
    holder = user;
  }
  return holder;
}

function headerKey(call: Call): string | undefined {
  const key = call.request.headers['x-request-api-key'];
  return typeof key === 'string' ? key : key?.join(',');
}
