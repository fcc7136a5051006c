import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Connections } from './connections.ts';
import type { Refuse } from './refusing.ts';

export interface BodyLimit {
  readonly maxBytes: number;
  /** Keeps what was sent behind from being carried out, since it will not be answered. */
  readonly close: Connections['close'];
  readonly refuse: Refuse;
}

/**
 * Refuses bodies that are too large, the announced ones before a byte of them is read. Counted on the Node request, since a limiter
 * between it and the parser would pipe every small body through another stream.
 */
export function limitBodies(handle: RequestListener, limit: BodyLimit): RequestListener {
  return (request, response) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limit.maxBytes) return refuseBody(request, response, limit);
    if (request.headers['content-length'] === undefined) countChunks(request, response, limit);
    return handle(request, response);
  };
}

/** An announced length is held to by Node itself; a body without one is counted as it comes, in chunks or by HTTP/2. */
function countChunks(request: IncomingMessage, response: ServerResponse, limit: BodyLimit): void {
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    size += chunk?.length ?? 0;
    if (size <= limit.maxBytes) return push(chunk, encoding);
    if (!response.headersSent) refuseBody(request, response, limit);
    if (chunk === null) response.end();
    // Thrown away, so that more may come.
    return true;
  };
}

/** How long a client that was refused may go on sending. Milliseconds. */
const lingering = 1_000;

/** Whoever hangs up on a client that still writes takes the answer away from it, so what still comes is thrown away for a while. */
export function refuseBody(request: IncomingMessage, response: ServerResponse, { maxBytes, close, refuse }: BodyLimit): void {
  close(response);
  refuse(response, 413, `The body is larger than ${maxBytes} bytes.`);
  // Somebody else has read all of it.
  if (request.readableEnded) return void response.end();
  // The end of the answer is the end of the connection.
  const timer = setTimeout(() => response.end(), lingering);
  request.once('end', () => response.end());
  response.once('close', () => clearTimeout(timer));
  request.resume();
}
