import { connect, type Socket } from 'node:net';
import type { RollcallProcess } from './rollcall-process.ts';
import { logOf } from './rollcall-process.ts';

/** A server that would keep idle connections for an hour: what ends sooner has not waited for that. */
export const patient = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    import { Server } from 'node:net';
    const { listen } = Server.prototype;
    Server.prototype.listen = function (...args) {
      this.keepAliveTimeout = 3_600_000;
      return listen.apply(this, args);
    };
  `)}`,
};

export interface HttpAnswer {
  readonly status: number;
  readonly connection: string | undefined;
  readonly body: string;
}

/** One connection, written to by hand. */
export interface Connection {
  readonly socket: Socket;
  readonly write: (...pieces: readonly string[]) => void;
  /** The whole answers that have come so far. */
  readonly answers: () => HttpAnswer[];
  /** What went wrong with it, or null, when it has ended. */
  readonly ended: Promise<string | null>;
}

export async function open(address: string): Promise<Connection> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  const heard: Buffer[] = [];
  let fault: string | null = null;
  socket.on('data', (chunk) => heard.push(chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    fault = error.code ?? error.message;
  });
  const ended = new Promise<string | null>((resolve) => socket.once('close', () => resolve(fault)));
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    write: (...pieces) => void socket.write(pieces.join('')),
    answers: () => answersIn(Buffer.concat(heard)),
    ended,
  };
}

function answersIn(heard: Buffer): HttpAnswer[] {
  const end = heard.indexOf('\r\n\r\n');
  if (end < 0) return [];
  const head = heard.toString('latin1', 0, end);
  const rest = heard.subarray(end + 4);
  // The last chunk may be the first, too: then the end of the head is before it.
  const last = '\r\n0\r\n\r\n';
  const isChunked = /^transfer-encoding: chunked$/im.test(head);
  const lastAt = heard.indexOf(last, end + 2);
  if (isChunked && lastAt < 0) return [];
  const length = isChunked ? lastAt + last.length - end - 4 : Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
  if (rest.length < length) return [];
  const connection = /^connection: (.*)$/im.exec(head)?.[1];
  const answer = { status: Number(head.split(' ')[1]), connection, body: rest.toString('utf8', 0, length) };
  return [answer, ...answersIn(rest.subarray(length))];
}

const host = 'Host: 127.0.0.1\r\n';

export const get = (path: string, ...headers: readonly string[]): string =>
  `GET ${path} HTTP/1.1\r\n${host}${headers.map((each) => `${each}\r\n`).join('')}\r\n`;

export function post(query: string, ...headers: readonly string[]): string {
  const body = JSON.stringify({ query });
  const all = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers];
  return `POST /graphql HTTP/1.1\r\n${host}${all.map((each) => `${each}\r\n`).join('')}\r\n${body}`;
}

export const hasBegunToStop = (child: RollcallProcess): boolean => logOf(child).some(({ msg }) => msg === 'stopping');

export const wasCutOff = (child: RollcallProcess): boolean => logOf(child).some(({ msg }) => msg === 'connections cut off');
