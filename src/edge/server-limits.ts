import type { ServerOptions } from 'node:http';

/** How often Node looks for requests whose time is up. Milliseconds. */
const leastInterval = 100;

/**
 * A client that sends slowly holds a socket, and nothing else, until its time is up. Node looks for such clients every half minute
 * unless told otherwise, whatever their time.
 */
export function serverLimits(requestDeadlineMs: number): ServerOptions {
  return {
    requestTimeout: requestDeadlineMs,
    headersTimeout: requestDeadlineMs,
    connectionsCheckingInterval: Math.max(leastInterval, Math.min(5_000, Math.floor(requestDeadlineMs / 4))),
    // Of two `authorization` headers Node would keep the first and say nothing of the other.
    joinDuplicateHeaders: true,
  };
}
