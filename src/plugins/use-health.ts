import type { Plugin } from 'graphql-yoga';
import type { Credential } from '../access/credential.ts';
import { SourceError, saysNothingOfReach } from '../errors.ts';
import type { ConnectedSource } from '../sources/connecting.ts';
import type { BreakerState } from '../steady/breaker.ts';

/** What `/readyz` says of one source. */
interface SourceState {
  readonly id: string;
  readonly kind: string;
  /** What was found last, where it cannot be asked just now for want of quota or a place. */
  readonly reachable: boolean;
  readonly problem: string | null;
  /** Whether it is asked at all for those without a key of their own: `OPEN` says that it is not for now, or not for all that they want. */
  readonly breaker: BreakerState;
}

/** What was found stands for so long, however often somebody probes. Milliseconds. */
const probeInterval = 2_000;

/** A usual probe gives up after a few seconds, and would take the whole process for gone with the one source that hangs. Milliseconds. */
const probeDeadline = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: what it can do now; 200 while any source answers or none is configured, 503 when all
 * are silent or the server is stopping. A source that is silent for two seconds is not waited for.
 */
export function useHealth(sources: readonly ConnectedSource[], isStopping: () => boolean): Plugin {
  const probes = sources.map(createProbe);
  return {
    onRequest: async ({ url, endResponse, fetchAPI }) => {
      if (url.pathname === '/healthz') return endResponse(fetchAPI.Response.json({ status: 'ok' }));
      if (url.pathname !== '/readyz') return;
      const states = isStopping() ? [] : await Promise.all(probes.map((probe) => probe()));
      const ready = !isStopping() && (sources.length === 0 || states.some(({ reachable }) => reachable));
      const body = { status: ready ? 'ready' : isStopping() ? 'stopping' : 'no source answers', sources: states };
      endResponse(fetchAPI.Response.json(body, { status: ready ? 200 : 503 }));
    },
  };
}

/** Asks whether the source answers. One that takes too long is asked on, and what comes of that is told to the next. */
function createProbe(connected: ConnectedSource): () => Promise<SourceState> {
  const { ask, giveUp } = createAsking(connected);
  let told: Promise<SourceState> | undefined;
  let staleAt = Number.POSITIVE_INFINITY;

  function begin(): Promise<SourceState> {
    staleAt = Number.POSITIVE_INFINITY;
    const { promise, resolve } = Promise.withResolvers<SourceState>();
    const deadline = setTimeout(() => resolve(giveUp()), probeDeadline);
    void ask().then((state) => {
      clearTimeout(deadline);
      resolve(state);
      told = Promise.resolve(state);
      staleAt = performance.now() + probeInterval;
    });
    return promise;
  }

  return () => {
    if (told === undefined || performance.now() > staleAt) told = begin();
    return told;
  };
}

/** Liveness needs no key, so none is used for that. */
function createAsking({ source, service }: ConnectedSource) {
  const unnamed: Credential = { class: 'none' };
  let found: boolean | undefined;
  let hasAnswered = false;

  /** A refusal of our own is no word about the source, unless it comes of the source's failing. */
  function isReachable(error: unknown): boolean {
    const state = source.traffic?.stateFor(unnamed);
    if (error instanceof SourceError && saysNothingOfReach.has(error.code) && state?.breaker === 'CLOSED') {
      return found ?? state.latency !== null;
    }
    return error === null;
  }

  function tell(error: unknown): SourceState {
    found = isReachable(error);
    const problem = error === null ? null : error instanceof SourceError ? error.code : 'INTERNAL_SERVER_ERROR';
    const breaker = source.traffic?.stateFor(service).breaker ?? 'CLOSED';
    return { id: source.id, kind: source.kind, reachable: found, problem, breaker };
  }

  /**
   * A breaker of those who ask with the service's key closes by an answer to one of them only, and on an idle server nobody asks: what is told
   * of it would stay as it is. Whatever comes of it, the breaker knows.
   */
  async function tryKey(): Promise<void> {
    if (source.traffic?.stateFor(service).breaker !== 'HALF_OPEN') return;
    await source
      .open({ credential: service, signal: undefined })
      .self()
      .catch(() => undefined);
  }

  return {
    ask: async (): Promise<SourceState> => {
      hasAnswered = false;
      const session = source.open({ credential: unnamed, signal: undefined });
      const error = await session.status().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      hasAnswered = error === null;
      if (hasAnswered) await tryKey();
      return tell(error);
    },
    /** What is to be said before it has answered. What still waits for its turn has not been kept waiting by the source. */
    giveUp: (): SourceState => {
      if (hasAnswered) return tell(null);
      const state = source.traffic?.stateFor(unnamed);
      const isUnasked = state !== undefined && state.waiting > 0 && state.running === 0;
      return tell(new SourceError(isUnasked ? 'SOURCE_OVERLOADED' : 'SOURCE_TIMEOUT', source.id));
    },
  };
}
