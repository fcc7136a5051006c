import { isLoopback } from '../edge/loopback.ts';
import type { AccessSettings } from './settings.ts';

/** Why a server must not listen on this host, and what to do about it; null when it may. */
export function whyNotServe(host: string, { allowAnonymous, keys, keysFile, jwt }: AccessSettings): string | null {
  if (isLoopback(host) || allowAnonymous || keys.length > 0 || keysFile !== null || jwt !== null) return null;
  return `Rollcall does not listen on ${host}, where others reach it, while it knows no caller: configure access.keys, access.keysFile or access.jwt, set access.allowAnonymous to true if anybody may ask, or set server.host to 127.0.0.1.`;
}
