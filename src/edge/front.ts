import type { RequestListener } from 'node:http';
import { type BodyLimit, limitBodies } from './body-limit.ts';
import { takeLeftBodies } from './left-bodies.ts';
import { refuseOddHosts } from './odd-hosts.ts';

/** What every request of `handle` passes before anybody looks at what it asks for. */
export const behindFront = (handle: RequestListener, limit: BodyLimit): RequestListener =>
  refuseOddHosts(limitBodies(takeLeftBodies(handle, limit), limit), limit.refuse);
