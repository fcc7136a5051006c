import type { IncomingMessage } from 'node:http';

/** Calls back with the whole body once it has come; never when the client breaks off before that. */
export function collectBody(request: IncomingMessage, take: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const [only] = chunks;
    take(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
  // A client that hangs up is an error of the stream, and of nobody here.
  request.once('error', () => undefined);
}

/** Lets Yoga read a body that has been read here: it takes what another framework has left in `body`. */
export function putBack(request: IncomingMessage, bytes: Buffer): void {
  const body = {
    bytes,
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
  Object.assign(request, { body });
}
