import type { Route } from './call.ts';

type Own = Pick<Route, 'method' | 'path' | 'answer'> & Partial<Route>;

/** For admins: never limited. */
export const adminRoute = (own: Own): Route => ({ level: 10, token: true, limited: false, failsWith: 500, ...own });

/** For every user who is neither banned nor a guest. */
export const userRoute = (own: Own): Route => ({ level: 1, token: true, limited: true, failsWith: 500, ...own });

/** For everybody; a key that comes along is checked all the same. */
export const publicRoute = (own: Own): Route => ({ level: null, token: false, limited: true, failsWith: 500, ...own });
