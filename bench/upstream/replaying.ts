import { createServer, type Server, type Socket } from 'node:net';
import type { Recordings } from './recordings.ts';

export interface Replayer {
  readonly server: Server;
  readonly requests: () => number;
  /** Requests that nobody made while recording was on. They are answered with 500 and spoil the measurement. */
  readonly unrecorded: () => number;
}

const unknown = Buffer.from('HTTP/1.1 500 Not Recorded\r\ncontent-length: 0\r\n\r\n');
const endOfHead = '\r\n\r\n';

/**
 * Writes recorded bytes. Looks up a request by its head as it came, so that one which came before costs a look into a map:
 * `node:http` would parse it first, and take as long for an answer as the servers that are measured here.
 */
export function replayer(recordings: Recordings, latencyMs: () => number): Replayer {
  const byHead = new Map<string, Buffer>();
  let requests = 0;
  let unrecorded = 0;

  const reply = (socket: Socket, head: string): void => {
    requests += 1;
    const answer = byHead.get(head);
    if (answer !== undefined) send(socket, answer);
    else void replyFirst(socket, head);
  };

  async function replyFirst(socket: Socket, head: string): Promise<void> {
    const answer = await recordings.answerTo(head);
    if (answer === undefined) unrecorded += 1;
    else byHead.set(head, answer);
    send(socket, answer ?? unknown);
  }

  function send(socket: Socket, answer: Buffer): void {
    const wait = latencyMs();
    if (wait === 0) socket.write(answer);
    else setTimeout(() => socket.write(answer), wait);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let pending = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf(endOfHead); end >= 0; end = pending.indexOf(endOfHead)) {
        const head = pending.slice(0, end + endOfHead.length);
        pending = pending.slice(head.length);
        reply(socket, head);
      }
    });
  });
  return { server, requests: () => requests, unrecorded: () => unrecorded };
}
