import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Which connections go on after an answer. Whoever is told that one closes may send on it what it has already begun to send, and
 * must be able to rely on it that nothing of that is carried out (RFC 9112, section 9.6): nobody would hear what came of it.
 */
export interface Connections {
  /** Keeps from `handle` what comes behind an answer that closes its connection. */
  readonly guard: (handle: RequestListener) => RequestListener;
  /** Before the headers of an answer are written: it closes its connection where all are to end, unless others wait behind it. */
  readonly answering: (response: ServerResponse) => void;
  /** Before the headers of an answer are written: it closes its connection. */
  readonly close: (response: ServerResponse) => void;
  /** From now on all are to end. */
  readonly stop: () => void;
  readonly isStopping: () => boolean;
}

export function createConnections(): Connections {
  let isStopping = false;
  /** Those on which the last request was sent before another was answered. */
  const pipelining = new WeakSet<Socket>();
  let hasPipelined = false;
  /** Those of which it was said that they close. Empty nearly always, so that a request costs no look into it. */
  const closing = new Set<Socket>();

  function close(response: ServerResponse): void {
    const { socket } = response.req;
    response.shouldKeepAlive = false;
    if (closing.has(socket) || socket.closed) return;
    closing.add(socket);
    socket.once('close', () => closing.delete(socket));
  }

  return {
    guard: (handle) => (request, response) => {
      // Node gives the socket to an answer when it is its turn.
      if (response.socket === null) {
        pipelining.add(request.socket);
        hasPipelined = true;
      } else if (hasPipelined) pipelining.delete(request.socket);
      // Read and thrown away: to hang up on what is unread would take from the client the answers that are on their way to it.
      if (closing.size > 0 && closing.has(request.socket)) return void request.resume();
      // The last one of its connection, whatever is before it.
      if (isStopping) close(response);
      handle(request, response);
    },
    answering: (response) => {
      if (isStopping && !pipelining.has(response.req.socket)) close(response);
    },
    close,
    stop: () => {
      isStopping = true;
    },
    isStopping: () => isStopping,
  };
}
