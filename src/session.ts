import { permitFor } from './access/asking.ts';
import type { Caller } from './access/caller.ts';
import type { Identities } from './domain/user.ts';
import type { Context, OpenSource } from './graph/context.ts';
import type { ConnectedSource } from './sources/connecting.ts';
import type { SourceSession } from './sources/contract.ts';
import { createAccountLoader } from './sources/loading.ts';
import type { WriteRunner } from './writing/running.ts';

/** Opens every source for one operation of one caller. Nothing is asked by that. */
export function openContext(
  sources: readonly ConnectedSource[],
  identities: Identities,
  caller: Caller,
  request: Pick<Request, 'headers' | 'signal'>,
  writes: WriteRunner,
): Context {
  const open = ({ source, service }: ConnectedSource): OpenSource => {
    const permit = permitFor(caller, source, service, request.headers);
    const session = source.open({ credential: permit.credential, signal: request.signal });
    const loader = createAccountLoader(session, source.id);
    const own = permit.credential.class === 'caller' ? permit.credential : service;
    // Whoever calls this has looked at the scopes. Half a write because somebody closed a window helps nobody: no signal.
    const openToWrite = (): SourceSession => source.open({ credential: own, signal: undefined });
    return { source, session, loader, permit, openToWrite };
  };
  const byId = new Map(sources.map((connected) => [connected.source.id, connected]));
  const opened = new Map([...byId].map(([id, connected]) => [id, open(connected)]));
  const renew = (id: string): OpenSource => {
    const connected = byId.get(id);
    if (connected === undefined) throw new Error(`no source is called ${id}`);
    const fresh = open(connected);
    opened.set(id, fresh);
    return fresh;
  };
  return { sources: opened, identities, caller, writes, renew };
}
