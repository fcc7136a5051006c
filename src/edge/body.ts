import type { IncomingMessage } from 'node:http';

/** Calls back with the whole body once it has come; never when the client breaks off before that. */
export function collectBody(request: IncomingMessage, take: (body: Buffer) => void): void {
  const known = bodies.get(request);
  if (known !== undefined) return void take(known);
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const [only] = chunks;
    take(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
  // A client that hangs up is an error of the stream, and of nobody here.
  request.once('error', () => undefined);
}

/** Lets a body be read that has been read before: Yoga takes what another framework has left in `body`. */
export function putBack(request: IncomingMessage, bytes: Buffer): void {
  const body = {
    bytes,
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
  Object.assign(request, { body });
  bodies.set(request, bytes);
}

/** Those that were put back. */
const bodies = new WeakMap<IncomingMessage, Buffer>();
