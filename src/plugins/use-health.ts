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

/** Sources are asked at most this often, however often somebody probes. Milliseconds. */
const probeInterval = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: what it can do now; 200 while any source answers or none is configured, 503 when all
 * are silent or the server is stopping.
 */
export function useHealth(sources: readonly ConnectedSource[], isStopping: () => boolean): Plugin {
  const probes = sources.map(createProbe);
  let probed: { at: number; states: Promise<SourceState[]> } | undefined;
  const probe = (): Promise<SourceState[]> => {
    if (probed === undefined || performance.now() - probed.at > probeInterval) {
      probed = { at: performance.now(), states: Promise.all(probes.map((each) => each())) };
    }
    return probed.states;
  };
  return {
    onRequest: async ({ url, endResponse, fetchAPI }) => {
      if (url.pathname === '/healthz') return endResponse(fetchAPI.Response.json({ status: 'ok' }));
      if (url.pathname !== '/readyz') return;
      const states = isStopping() ? [] : await probe();
      const ready = !isStopping() && (sources.length === 0 || states.some(({ reachable }) => reachable));
      const body = { status: ready ? 'ready' : isStopping() ? 'stopping' : 'no source answers', sources: states };
      endResponse(fetchAPI.Response.json(body, { status: ready ? 200 : 503 }));
    },
  };
}

/** Asks whether the source answers. Liveness needs no key, so none is used. */
function createProbe({ source, service }: ConnectedSource): () => Promise<SourceState> {
  const unnamed: Credential = { class: 'none' };
  let found: boolean | undefined;

  /** A refusal of our own is no word about the source, unless it comes of the source's failing. */
  function isReachable(error: unknown): boolean {
    const state = source.traffic?.stateFor(unnamed);
    if (error instanceof SourceError && saysNothingOfReach.has(error.code) && state?.breaker === 'CLOSED') {
      return found ?? state.latency !== null;
    }
    return error === null;
  }

  return async () => {
    const error = await source
      .open({ credential: unnamed, signal: undefined })
      .status()
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    found = isReachable(error);
    const problem = error === null ? null : error instanceof SourceError ? error.code : 'INTERNAL_SERVER_ERROR';
    const breaker = source.traffic?.stateFor(service).breaker ?? 'CLOSED';
    return { id: source.id, kind: source.kind, reachable: found, problem, breaker };
  };
}
