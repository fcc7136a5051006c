import { connect, type Socket } from 'node:net';

/** One connection that is kept, with one request under way at a time. Reads no more of HTTP than servers here write. */
export interface Client {
  /** Resolves to the body of the answer; rejects when the connection ends or the status is not 200. */
  ask(request: Buffer, done: (body: Buffer) => void): void;
  close(): void;
}

export function openClient(port: number, failed: (error: Error) => void): Promise<Client> {
  return new Promise((resolve, reject) => {
    let done: ((body: Buffer) => void) | undefined;
    let pending: Buffer = empty;
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });

    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', failed);
      // Servers close what has been idle for seconds, which is no fault.
      socket.on('close', () => done && failed(new Error('the server closed a connection')));
      resolve({
        ask: (request, then) => {
          done = then;
          socket.write(request);
        },
        close: () => {
          done = undefined;
          socket.destroy();
        },
      });
    });
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const answer = readAnswer(pending);
      if (answer === null) return;
      pending = empty;
      const then = done;
      done = undefined;
      if (answer.status !== 200) failed(new Error(`status ${answer.status}: ${answer.body.toString('utf8', 0, 300)}`));
      else then?.(answer.body);
    });
  });
}

const empty = Buffer.alloc(0);
const endOfHead = Buffer.from('\r\n\r\n');

/** Null while there is more to come. */
export function readAnswer(bytes: Buffer): { readonly status: number; readonly body: Buffer } | null {
  const end = bytes.indexOf(endOfHead);
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + endOfHead.length;
  const length = /\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const stop = start + Number(length);
    return bytes.length < stop ? null : { status, body: bytes.subarray(start, stop) };
  }
  const body = readChunks(bytes.subarray(start));
  return body === null ? null : { status, body };
}

function readChunks(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const stop = line + 2 + size;
    if (bytes.length < stop + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(line + 2, stop));
    at = stop + 2;
  }
}

/** The bytes of a POST that sends JSON. */
export function formatRequest(path: string, headers: Readonly<Record<string, string>>, json: object): Buffer {
  const body = Buffer.from(JSON.stringify(json));
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    'accept: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}
