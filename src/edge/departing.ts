import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';

/** HTTP/2's is another one, which keeps that to its stream. */
type Answering = Pick<ServerResponse, 'destroyed'> & { readonly stream?: { readonly destroyed: boolean } };

/** Whether nothing can be written to the client any more. */
export const isOver = (response: Answering): boolean => (response.stream ?? response).destroyed;

/**
 * Calls `leave` when the client breaks off before it is answered. Over HTTP/2 such a response is told as finished, and has never
 * been ended; so what we have done with it is asked, and not what became of it.
 */
export function whenLeft(response: ServerResponse, leave: () => void): void {
  response.once('close', () => {
    if (!response.writableEnded) leave();
  });
}

/** What Yoga may listen to in place of the response: it says `close` where the client left, and nothing else. */
export function departing(response: ServerResponse): ServerResponse {
  const told = new EventEmitter();
  const leave = (): void => void told.emit('close');
  whenLeft(response, leave);
  response.once('error', leave);
  // It asks for a whole response, and takes nothing of it but these events.
  return told as ServerResponse;
}
