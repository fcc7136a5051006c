import { permitFor } from './access/asking.ts';
import type { Caller } from './access/caller.ts';
import type { Credential } from './access/credential.ts';
import { type Cache, createCache } from './cache/cache.ts';
import type { Demand } from './cache/shelf.ts';
import type { ShelfLife } from './cache/shelf-life.ts';
import type { Identities } from './domain/user.ts';
import type { RequestHeaders } from './edge/request-headers.ts';
import type { Context, OpenSource } from './graph/context.ts';
import { openLazily } from './opening.ts';
import type { ConnectedSource } from './sources/connecting.ts';
import type { ListedAccount, SourceSession } from './sources/contract.ts';
import { keepLists } from './sources/keeping.ts';
import { createAccountLoader } from './sources/loading.ts';
import type { Need } from './sources/planning.ts';
import type { Refresher } from './sources/refreshing.ts';
import type { Watching } from './sources/watching.ts';
import type { WriteRunner } from './writing/running.ts';

/** What outlives operations. */
export interface Keeping {
  readonly cache: Cache;
  readonly refresher: Refresher;
}

const nothingKept: Keeping = {
  cache: createCache({ enabled: false, maxMegabytes: 0, now: Date.now }),
  refresher: { refresh: () => undefined, close: async () => undefined },
};

/** Opens every source for one operation of one caller. Nothing is asked by that. */
export function openContext(
  sources: readonly ConnectedSource[],
  identities: Identities,
  caller: Caller,
  request: {
    readonly headers: RequestHeaders;
    readonly signal: AbortSignal;
    readonly until?: number;
    /** Absent: nobody asks, and nothing waits. */
    readonly lane?: string;
    /** Is told of all that the answer holds. */
    readonly life?: ShelfLife | undefined;
  },
  writes: WriteRunner,
  { cache, refresher }: Keeping = nothingKept,
  watching?: Watching,
): Context {
  const demand: Demand = { maxAge: undefined };
  const { until, lane = 'nobody' } = request;
  // Hardly any operation spares one.
  let spared: Map<string, Error> | undefined;
  const clock = cache.clock();
  const open = (connected: ConnectedSource): OpenSource => {
    const { source, service, ages, experience } = connected;
    const { signal, life } = request;
    const permit = permitFor(caller, source, service, request.headers);
    const { credential } = permit;
    return openLazily(source, permit, () => {
      const shelf = cache.shelf(source.id, credential, ages, demand, { clock, life });
      const maxAgeMs = demand.maxAge === undefined ? undefined : 1_000 * demand.maxAge;
      const asking = source.open({ credential, signal, until, maxAgeMs, lane });
      const openSession = (): SourceSession => keepLists(asking, shelf, () => spared?.get(source.id));
      const loader = createAccountLoader(asking, source.id, {
        shelf,
        refresh: (needs, listed) =>
          refresher.refresh({ source: source.id, credential, needs, read: readAnew(connected, credential, cache, listed) }),
        company: {
          experience,
          credential,
          signal,
          maxAgeMs,
          open: (own) => source.open({ credential, signal: own, maxAgeMs, lane }),
          watch: watching?.(source.id, permit),
        },
      });
      const own = credential.class === 'caller' ? credential : service;
      // Whoever calls this has looked at the scopes. Half a write because somebody closed a window helps nobody: no signal.
      // What a write compares and merges must not have been asked before it.
      const openToWrite = (): SourceSession => source.open({ credential: own, signal: undefined, maxAgeMs: 0, lane });
      return { openSession, loader, openToWrite };
    });
  };
  const opened = new Map<string, OpenSource>();
  for (const connected of sources) opened.set(connected.source.id, open(connected));
  const renew = (id: string): OpenSource => {
    const connected = sources.find(({ source }) => source.id === id);
    if (connected === undefined) throw new Error(`no source is called ${id}`);
    connected.experience.sweeps.forget();
    const fresh = open(connected);
    opened.set(id, fresh);
    return fresh;
  };
  const demandNewer = (maxAge: number): void => {
    demand.maxAge = maxAge;
  };
  const spareLists = (source: string, reason: Error): void => {
    spared = (spared ?? new Map<string, Error>()).set(source, reason);
  };
  const onlyForNow = (): void => request.life?.end();
  const maxAge = (): number | undefined => demand.maxAge;
  const close = (): void => {
    for (const source of opened.values()) source.close();
  };
  return { sources: opened, identities, caller, lane, until, writes, renew, demandNewer, maxAge, spareLists, onlyForNow, close };
}

/** For refreshing: asks past what is kept, with a session that no client can end. */
function readAnew({ source, ages }: ConnectedSource, credential: Credential, cache: Cache, listed: readonly ListedAccount[]) {
  return (needs: readonly Need[], signal: AbortSignal): Promise<unknown>[] => {
    const shelf = cache.shelf(source.id, credential, ages, { maxAge: 0 });
    const session = source.open({ credential, signal });
    const loader = createAccountLoader(session, source.id, { shelf, refresh: () => undefined });
    for (const account of listed) loader.prime(account);
    return needs.map(({ id, facet }) => loader.load(id, facet));
  };
}
