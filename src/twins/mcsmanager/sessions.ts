import { createHmac } from 'node:crypto';

/** All of a session travels in its cookie, the times of the last requests too: whoever stores no cookie is never limited. */
export interface SessionData {
  login?: boolean | null;
  userName?: unknown;
  uuid?: string | null;
  token?: string | null;
  requestTimes?: number[];
}

export interface Sessions {
  /** The session of this Cookie header; a new one when there is none, or when it was signed by another run of the panel. */
  open(cookieHeader: string | undefined): SessionData;
  /** The Set-Cookie values that carry this session. */
  write(session: SessionData): string[];
}

/** The name and the signing key are new at every start of the panel. */
export function createSessions(name: string, signingKey: string): Sessions {
  const sign = (value: string): string => createHmac('sha256', signingKey).update(`${name}=${value}`).digest('base64url');
  return {
    open: (cookieHeader = '') => {
      const cookies = new Map(cookieHeader.split(';').map(toPair));
      const value = cookies.get(name);
      if (value === undefined || cookies.get(`${name}.sig`) !== sign(value)) return {};
      // The signature says that `write` made it.
      return JSON.parse(Buffer.from(value, 'base64url').toString()) as SessionData;
    },
    write: (session) => {
      const value = Buffer.from(JSON.stringify(session)).toString('base64url');
      return [`${name}=${value}; path=/; httponly`, `${name}.sig=${sign(value)}; path=/; httponly`];
    },
  };
}

export function logOut(session: SessionData): void {
  session.login = null;
  session.userName = null;
  session.uuid = null;
  session.token = null;
}

function toPair(cookie: string): [string, string] {
  const at = cookie.indexOf('=');
  return [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()];
}
