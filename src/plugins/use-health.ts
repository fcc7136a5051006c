import type { Plugin } from 'graphql-yoga';
import { SourceError } from '../errors.ts';
import type { ConnectedSource } from '../sources/connecting.ts';
import type { BreakerState } from '../steady/breaker.ts';

/** What `/readyz` says of one source. */
interface SourceState {
  readonly id: string;
  readonly kind: string;
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
  let probed: { at: number; states: Promise<SourceState[]> } | undefined;
  const probe = (): Promise<SourceState[]> => {
    if (probed === undefined || Date.now() - probed.at > probeInterval) {
      probed = { at: Date.now(), states: Promise.all(sources.map(probeSource)) };
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

/** Liveness needs no key, so none is used. */
async function probeSource({ source, service }: ConnectedSource): Promise<SourceState> {
  const session = source.open({ credential: { class: 'none' }, signal: undefined });
  const problem = await session.status().then(
    () => null,
    (error: unknown) => (error instanceof SourceError ? error.code : 'INTERNAL_SERVER_ERROR'),
  );
  const breaker = source.traffic?.stateFor(service).breaker ?? 'CLOSED';
  return { id: source.id, kind: source.kind, reachable: problem === null, problem, breaker };
}
