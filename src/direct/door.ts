import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Recognition } from '../access/recognising.ts';
import type { Callers } from '../plugins/use-caller.ts';
import type { OperationLog } from '../plugins/use-operation-log.ts';
import type { RateLimit } from '../plugins/use-rate-limit.ts';
import { securityHeaders } from '../plugins/use-security-headers.ts';
import { type Answer, inBytes, toAnswer, toResult } from './answer.ts';
import { collectBody, putBack } from './body.ts';
import type { Deadlines } from './deadlines.ts';
import type { Endpoint } from './endpoint.ts';
import { type LightRequest, lightRequest } from './light-request.ts';
import { readParams } from './params.ts';
import { type MediaType, plainPost } from './plain-posts.ts';
import { type ShareKey, shareKey } from './share-key.ts';
import { type Outcome, type Sharing, type Underway, wasCutShort } from './sharing.ts';
import { createWaiting } from './waiting.ts';

/** The duties that are the same for all endpoints, and for Yoga. */
export interface Duties {
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
  readonly log: OperationLog;
  readonly deadlines: Deadlines;
  /** Null: every operation is executed by itself. */
  readonly sharing: Sharing | null;
  /** Whether pages of other origins may ask. Requests that name an origin are then Yoga's. */
  readonly cors: boolean;
}

type Recognised = Extract<Recognition, { is: 'recognised' }>;
type Params = GraphQLParams & { readonly query: string };

/** One plain POST, on its way through. */
interface Visit {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly type: MediaType;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: LightRequest;
}

/**
 * Takes plain POSTs of operations past Yoga's request layer. What is odd about one in any way is handed on to `otherwise`, which is
 * Yoga, before anything has been done for it; so Yoga alone knows how to refuse.
 */
export function openDirectDoor(
  endpoints: ReadonlyMap<string, Endpoint>,
  { callers, rateLimit, log, deadlines, sharing, cors }: Duties,
  otherwise: RequestListener,
): RequestListener {
  async function take(visit: Visit, body: Buffer): Promise<void> {
    const { incoming, response, request } = visit;
    const recognising = callers.recognise(request);
    const recognition = recognising instanceof Promise ? await recognising : recognising;
    const params = recognition.is === 'recognised' ? understand(visit, body) : null;
    if (recognition.is !== 'recognised' || params === null) return handOver(visit, body);
    const key = sharing && keyOf(visit, recognition, params, sharing.epoch);
    const underway = key === null ? undefined : sharing?.find(key);
    if (underway !== undefined && (await join(visit, recognition, params, underway))) return;
    const context = { request, params, req: incoming, res: response };
    const document = prepare(visit, params, context);
    if (document === null) return handOver(visit, body);
    return lead(visit, params, document, context, isQuery(document, params) ? key : null);
  }

  function handOver({ incoming, response, request }: Visit, body: Buffer): void {
    callers.release(request);
    putBack(incoming, body);
    void otherwise(incoming, response);
  }

  async function lead(
    visit: Visit,
    params: Params,
    document: DocumentNode,
    context: object,
    key: ShareKey | null,
  ): Promise<void> {
    const { endpoint, type, request } = visit;
    const { waiting } = request;
    const initial = { ...context, request };
    const executing = async (): Promise<Outcome> => {
      const result = await endpoint.execute(document, params, initial).catch(toResult);
      return { answer: await toAnswer(result, type, endpoint.yoga.fetchAPI), failures: log.failuresOf(initial) };
    };
    const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
    const withdraw = key === null ? undefined : sharing?.offer(key, request, { waiting, outcome });
    const stopClock = waiting.begin(deadlines);
    leaveWithClient(visit, waiting.leave);
    const ending = executing().finally(() => {
      stopClock();
      // Where all of it is at hand it is over at once, and yet others have asked in the same turn of the event loop.
      if (withdraw !== undefined) setImmediate(withdraw);
    });
    resolve(ending);
    const { answer } = await ending;
    send(visit, answer);
  }

  /** Whether that was all. If not, the other one's time was up first, and who waited goes on by themselves with what they have left. */
  async function join(visit: Visit, { caller }: Recognised, params: Params, underway: Underway): Promise<boolean> {
    const started = performance.now();
    const { incoming, request, type, endpoint } = visit;
    const name = params.operationName ?? null;
    const stopClock = request.waiting.begin(deadlines);
    underway.waiting.join();
    const leave = leaveWithClient(visit, underway.waiting.leave);
    const charged = { caller, sources: underway.context.sources, request, req: incoming };
    const refusal = await rateLimit.charge(charged, underway.points);
    if (refusal !== null) {
      stopClock();
      leave();
      log.note({ name, caller, started, shared: false }, { [String(refusal.extensions.code)]: 1 });
      send(visit, await toAnswer({ errors: [refusal] }, type, endpoint.yoga.fetchAPI));
      return true;
    }
    const told = await Promise.race([underway.outcome, underway.waiting.timeUp]);
    const isGone = (): boolean => visit.response.destroyed;
    if (!isGone() && (told === null || wasCutShort(told)) && request.waiting.hasTime()) return false;
    const { answer, failures } = await underway.outcome;
    stopClock();
    // As for those who are executed, there is no line for a client that has left.
    if (isGone()) callers.release(request);
    else {
      log.note({ name, caller, started, shared: true }, failures);
      send(visit, inBytes(answer));
    }
    return true;
  }

  function send({ response, request }: Visit, { status, headers, body }: Answer): void {
    callers.release(request);
    if (response.destroyed) return;
    const standing = rateLimit.headersFor(request);
    response.writeHead(status, [...headers, ...always, ...(standing === null ? [] : Object.entries(standing).flat())]);
    response.end(body);
  }

  return (incoming, response) => {
    const path = incoming.url ?? '';
    const endpoint = endpoints.get(path);
    const type = endpoint === undefined || (cors && incoming.headers.origin !== undefined) ? null : plainPost(incoming);
    if (endpoint === undefined || type === null) return otherwise(incoming, response);
    collectBody(incoming, (body) => {
      const visit = { endpoint, path, type, incoming, response, request: lightRequest(incoming, createWaiting()) };
      // What is thrown here is our own fault, and Yoga's way of telling the client would be to tell them all of it.
      take(visit, body).catch(() => response.destroy());
    });
  };
}

const always = Object.entries(securityHeaders).flat();

function understand({ endpoint, request }: Visit, body: Buffer): Params | null {
  if (endpoint.admits?.(body, request) === false) return null;
  const params = readParams(body);
  return params && unlessRefused(() => endpoint.resolve(params, request));
}

function prepare({ endpoint }: Visit, params: Params, context: { readonly request: LightRequest }): DocumentNode | null {
  const document = unlessRefused(() => endpoint.prepare(params, context));
  const operation = document && getOperationAST(document, params.operationName);
  return operation == null || operation.operation === 'subscription' ? null : document;
}

const isQuery = (document: DocumentNode, { operationName }: Params): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';

const keyOf = ({ path, type, request }: Visit, recognised: Recognised, params: Params, epoch: number): ShareKey => {
  const { query, operationName, variables } = params;
  return shareKey(recognised, { endpoint: path, type, query, operationName, variables, headers: request.headers, epoch });
};

/** Null for whatever is thrown: Yoga will come upon the same, and knows what to say. */
function unlessRefused<Value>(tell: () => Value): Value | null {
  try {
    return tell();
  } catch {
    return null;
  }
}

/** Calls `leave` once: when the client breaks off, or when the returned function is called. */
function leaveWithClient({ response }: Visit, leave: () => void): () => void {
  let isThere = true;
  const go = (): void => {
    if (isThere && !response.writableFinished) leave();
    isThere = false;
  };
  response.once('close', go);
  return go;
}
