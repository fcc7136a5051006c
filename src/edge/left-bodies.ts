import type { IncomingMessage, RequestListener } from 'node:http';
import { putBack } from './body.ts';
import { type BodyLimit, refuseBody } from './body-limit.ts';

/**
 * A body that another framework has read does not come again: what it has left in `body` is taken as if it had just come. Yoga would
 * take it too, but a form that was made an object of for JSON, which no page need ask before it sends.
 */
export function takeLeftBodies(handle: RequestListener, limit: BodyLimit): RequestListener {
  return (request, response) => {
    const { body: left }: IncomingMessage & { readonly body?: unknown } = request;
    // Of other methods no body is looked at.
    if (request.method !== 'POST' || (left === undefined && !request.readableEnded)) return handle(request, response);
    const bytes = request.readableEnded || !isEmpty(left) ? toBytes(left) : null;
    if (bytes === null && request.readableEnded) {
      limit.refuse(response, 500, alreadyRead);
      return response.end();
    }
    if (bytes !== null && bytes.length > limit.maxBytes) return refuseBody(request, response, limit);
    if (bytes !== null) putBack(request, bytes);
    return handle(request, response);
  };
}

const alreadyRead =
  'The body was read before Rollcall saw the request. Mount Rollcall before the body parser, or leave what was read in `body` of the request.';

/** As some parsers leave it of bodies that are not theirs to read. */
const isEmpty = (left: unknown): boolean => left == null || Object.keys(left).length === 0;

/** Null where nothing was left that can be written. */
function toBytes(left: unknown): Buffer | null {
  if (left == null) return null;
  if (left instanceof Uint8Array) return Buffer.from(left);
  try {
    const text: unknown = typeof left === 'string' ? left : JSON.stringify(left);
    return typeof text === 'string' ? Buffer.from(text) : null;
  } catch {
    return null;
  }
}
