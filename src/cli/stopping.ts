import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { App } from '../app.ts';

/** How long operations, and requests that are still being sent, may go on once the process was told to stop. Milliseconds. */
const grace = 10_000;

/** How often is looked for connections that idle meanwhile. Milliseconds. */
const interval = 100;

export interface Stoppable {
  readonly server: Server;
  /** No new connections; those that idle are closed, the others when they are done or their time is up. */
  stop(log: App['log']): Promise<void>;
}

/** Wants to see the server before its first connection. */
export function stoppable(server: Server): Stoppable {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  /** Those that were promised to go on, and on which nothing is asked or answered any more. */
  function closeIdle(): void {
    // Node takes an answer for over as soon as all of it was written, and would cut off what its client has yet to take.
    for (const { writableLength } of sockets) if (writableLength > 0) return;
    server.closeIdleConnections();
  }

  return {
    server,
    stop: (log) =>
      new Promise((resolve) => {
        const looking = setInterval(() => {
          closeIdle();
          // To Node they do not idle, since the time for their first request is running.
          for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
        }, interval);
        const timer = setTimeout(() => {
          log.warn({ seconds: grace / 1_000, connections: sockets.size }, 'connections cut off');
          server.closeAllConnections();
        }, grace);
        // The HTTP server's own would first close what idles, whether or not all of it has been taken.
        NetServer.prototype.close.call(server, () => {
          clearInterval(looking);
          clearTimeout(timer);
          resolve();
        });
        closeIdle();
      }),
  };
}
