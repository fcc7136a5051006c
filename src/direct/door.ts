import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Recognition } from '../access/recognising.ts';
import type { Deadlines } from '../deadlines.ts';
import { collectBody, putBack } from '../edge/body.ts';
import type { Connections } from '../edge/connections.ts';
import { isOver, whenLeft } from '../edge/departing.ts';
import { securityHeaders } from '../edge/security-headers.ts';
import { endOfTurn } from '../end-of-turn.ts';
import type { Callers } from '../plugins/use-caller.ts';
import type { OperationLog } from '../plugins/use-operation-log.ts';
import type { RateLimit, RateLimitHeaders } from '../plugins/use-rate-limit.ts';
import { type Answer, toAnswer, toBeRepeated, toResult } from './answer.ts';
import type { Arrival, Asked, Endpoint, InitialContext } from './endpoint.ts';
import { type LightRequest, lightRequest } from './light-request.ts';
import { type MediaType, plainPost } from './plain-posts.ts';
import { type ShareKey, shareKey } from './share-key.ts';
import { concernsTheFirstAlone, type Outcome, type Sharing, type Underway, waitBeyond } from './sharing.ts';
import { createWaiting } from './waiting.ts';

/** The duties that are the same for all endpoints, and for Yoga. */
export interface Duties {
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
  readonly log: OperationLog;
  readonly deadlines: Deadlines;
  readonly connections: Pick<Connections, 'answering'>;
  /** Null: every operation is executed by itself. */
  readonly sharing: Sharing | null;
  /** Whether pages of other origins may ask. Requests that name an origin are then Yoga's. */
  readonly cors: boolean;
}

type Recognised = Extract<Recognition, { is: 'recognised' }>;

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
 * Yoga, before anything has been done for it but to find out who sends it; so Yoga alone knows how to refuse.
 */
export function openDirectDoor(
  endpoints: ReadonlyMap<string, Endpoint>,
  { callers, rateLimit, log, deadlines, connections, sharing, cors }: Duties,
  otherwise: RequestListener,
): RequestListener {
  async function take(visit: Visit, body: Buffer): Promise<void> {
    const { incoming, response, request } = visit;
    const recognising = callers.recognise(request);
    const recognition = recognising instanceof Promise ? await recognising : recognising;
    const arrival = { request, req: incoming, res: response };
    const asked = recognition.is === 'recognised' ? understand(visit, body, arrival) : null;
    if (recognition.is !== 'recognised' || asked === null) return handOver(visit, body, recognition);
    const key = sharing && asked.isQuery ? keyOf(visit, recognition, asked, sharing.epoch) : null;
    const finding = key === null ? undefined : sharing?.find(key);
    // Their time runs meanwhile.
    if (finding instanceof Promise) request.waiting.begin(deadlines);
    const underway = finding instanceof Promise ? await finding : finding;
    if (underway !== undefined && (await join(visit, recognition, asked, underway))) return;
    return lead(visit, asked, { ...arrival, params: asked.params }, key);
  }

  function handOver({ incoming, response, request }: Visit, body: Buffer, recognition: Recognition): void {
    callers.handOver(request, incoming, recognition);
    putBack(incoming, body);
    void otherwise(incoming, response);
  }

  async function lead(visit: Visit, asked: Asked, initial: InitialContext, key: ShareKey | null): Promise<void> {
    const { endpoint, type, request } = visit;
    const { waiting } = request;
    const { promise: outcome, resolve, reject } = Promise.withResolvers<Outcome>();
    const withdraw = key === null ? undefined : sharing?.offer(key, request, { waiting, outcome });
    const stopClock = waiting.begin(deadlines);
    leaveWithClient(visit, waiting.leave);
    if (waiting.hasLeft()) {
      stopClock();
      return callers.release(request);
    }
    try {
      const result = await endpoint.execute(asked, initial).catch(toResult);
      const made = toAnswer(result, type, endpoint.yoga.fetchAPI);
      const answer = made instanceof Promise ? await made : made;
      // What waited for its turn is among V8's old objects by now, which keep all they lead to long after they are done with: so the
      // data is let go, and the answer told only where somebody else may want it.
      result.data = null;
      if (withdraw !== undefined) resolve({ answer, failures: log.failuresOf(initial), ...waitBeyond(waiting, result) });
      // Not waited for here: what follows belongs to the turn in which it is answered.
      return send(visit, answer);
    } catch (error) {
      // Perhaps nobody has joined.
      outcome.catch(() => undefined);
      reject(error);
      throw error;
    } finally {
      stopClock();
      // Where all of it is at hand it is over at once, and yet others have asked in the same turn of the event loop.
      if (withdraw !== undefined) setImmediate(withdraw);
    }
  }

  /** Whether that was all. If not, the other one had too little time, and who waited goes on by themselves with what they have left. */
  async function join(visit: Visit, { caller }: Recognised, { params }: Asked, underway: Underway): Promise<boolean> {
    const { incoming, request, type, endpoint } = visit;
    const { cameAt: started, isGone } = request;
    const name = params.operationName ?? null;
    const stopClock = request.waiting.begin(deadlines);
    underway.waiting.join();
    const leave = leaveWithClient(visit, underway.waiting.leave);
    const charged = { caller, sources: underway.context.sources, request, req: incoming };
    const refusal = rateLimit.charge(charged, underway.points);
    if (refusal !== null) {
      stopClock();
      leave();
      log.note({ name, caller, started, shared: false }, { [String(refusal.extensions.code)]: 1 });
      await send(visit, await toAnswer({ errors: [refusal] }, type, endpoint.yoga.fetchAPI));
      return true;
    }
    const told = await underway.told();
    const isTheirs = told !== null && !concernsTheFirstAlone(told, request.waiting);
    if (!isGone() && !isTheirs && request.waiting.hasTime()) return false;
    const { answer, failures } = told ?? (await underway.outcome);
    stopClock();
    // As for those who are executed, there is no line for a client that has left.
    if (isGone()) callers.release(request);
    else {
      log.note({ name, caller, started, shared: true }, failures);
      await send(visit, toBeRepeated(answer));
    }
    return true;
  }

  /**
   * All answers of a turn are written in a row: whoever takes them on this machine goes to sleep between two that come singly, and to
   * wake them takes longer than to write.
   */
  async function send({ response, request }: Visit, { status, headers, body, encoding }: Answer): Promise<void> {
    callers.release(request);
    await endOfTurn();
    if (isOver(response)) return;
    connections.answering(response);
    response.writeHead(status, [...headers, ...always, ...toList(rateLimit.headersFor(request))]);
    if (typeof body === 'string') response.end(body, encoding);
    else response.end(body);
  }

  return (incoming, response) => {
    const path = incoming.url ?? '';
    const endpoint = endpoints.get(path);
    const type = endpoint === undefined || (cors && incoming.headers.origin !== undefined) ? null : plainPost(incoming);
    if (endpoint === undefined || type === null) return otherwise(incoming, response);
    collectBody(incoming, (body) => {
      const visit = { endpoint, path, type, incoming, response, request: lightRequest(incoming, response, createWaiting()) };
      // All that have come are read from their sockets first. What is thrown here is our own fault, and Yoga's way of telling the client
      // would be to tell them all of it.
      endOfTurn()
        .then(() => take(visit, body))
        .catch(() => response.destroy());
    });
  };
}

const always = Object.entries(securityHeaders).flat();

const toList = (standing: RateLimitHeaders | null): readonly string[] =>
  standing === null ? [] : ['ratelimit-policy', standing['ratelimit-policy'], 'ratelimit', standing.ratelimit];

const keyOf = ({ path, type, request }: Visit, recognised: Recognised, { wording }: Asked, epoch: number): ShareKey =>
  shareKey(recognised, { endpoint: path, type, wording: wording(), headers: request.headers, epoch });

/** Null for whatever is thrown: Yoga will come upon the same, and knows what to say. */
function understand({ endpoint }: Visit, body: Buffer, arrival: Arrival): Asked | null {
  try {
    return endpoint.understand(body, arrival);
  } catch {
    return null;
  }
}

/** Calls `leave` once: when the client breaks off, or when the returned function is called. */
function leaveWithClient({ response }: Visit, leave: () => void): () => void {
  let isThere = true;
  const go = (): void => {
    if (isThere) leave();
    isThere = false;
  };
  whenLeft(response, go);
  if (isOver(response)) go();
  return go;
}
