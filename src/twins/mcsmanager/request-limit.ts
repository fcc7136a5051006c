import type { SessionData } from './sessions.ts';

const REQUESTS = 8;
const WINDOW_MS = 1000;

/** Counts this request in its session. False: one too many, and not counted. */
export function countRequest(session: SessionData, now: number): boolean {
  const recent = (session.requestTimes ?? []).filter((time) => now - time < WINDOW_MS);
  if (recent.length >= REQUESTS) return false;
  session.requestTimes = [...recent, now];
  return true;
}
