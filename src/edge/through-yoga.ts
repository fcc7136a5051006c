import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import { departing } from './departing.ts';
import { type Mounted, pathOf, targetOf, toPlace } from './places.ts';
import type { Refuse } from './refusing.ts';

/** As much of a Yoga as is needed here, whatever its contexts are. */
interface Server {
  handleNodeRequestAndResponse(request: IncomingMessage, response: ServerResponse, context: object): Promise<Response> | Response;
  fetch(request: Request): Promise<Response> | Response;
}

interface Around {
  readonly refuse: Refuse;
  /** Is told of what was thrown. */
  readonly onBug: (error: unknown) => void;
}

type ServerAt = (path: string) => Server;

export const fetchThroughYoga =
  (serverAt: ServerAt) =>
  async (request: Request): Promise<Response> => {
    const placed = toPlace(request);
    return serverAt(new URL(placed.url).pathname).fetch(placed);
  };

/** Hands requests to Yoga. Its own listener writes what is thrown before or after an execution to the client, with the stack. */
export function throughYoga(serverAt: ServerAt, { refuse, onBug }: Around): RequestListener {
  async function answer(request: Mounted, response: ServerResponse): Promise<void> {
    const target = targetOf(request);
    // Yoga reads these, and that at once. A framework may want to read them after us.
    const putBack = overlay(request, { originalUrl: target, query: undefined });
    const making = serverAt(pathOf(target)).handleNodeRequestAndResponse(request, departing(response), {
      req: request,
      res: response,
    });
    putBack();
    await sendNodeResponse(await making, response, request, true);
  }

  function giveUp(response: ServerResponse, error: unknown): void {
    try {
      // What was to be sent may be what is at fault.
      for (const name of response.headersSent ? [] : response.getHeaderNames()) response.removeHeader(name);
      if (!response.headersSent) refuse(response, 500, 'Unexpected error.');
      response.end();
    } catch {
      response.destroy();
    }
    onBug(error);
  }

  return (request, response) => {
    answer(request, response)
      .catch((error: unknown) => giveUp(response, error))
      // A host's log that fails is not told of in that log.
      .catch(() => undefined);
  };
}

/** Has an object hold other values until the returned function is called, whether it has its own or ones that cannot be assigned to. */
function overlay(target: object, values: Readonly<Record<string, unknown>>): () => void {
  const former = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    for (const [name, descriptor] of former) {
      if (descriptor === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, descriptor);
    }
  };
}
