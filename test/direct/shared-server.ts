import { type Community, type CommunityOptions, communityConfig, startCommunity } from '../../src/twins/community.ts';
import { post } from './corpus.ts';
import { type Gate, openGate } from './gate.ts';
import { type Heard, openDoor } from './two-doors.ts';

/** A server that shares operations, with a gate before its Open WebUI. */
export interface SharedServer extends AsyncDisposable {
  readonly community: Community;
  readonly gate: Gate;
  readonly door: Awaited<ReturnType<typeof openDoor>>;
  ask(asked: Asked): Promise<Heard>;
  /** The lines that the log has of operations. */
  noted(): readonly { readonly ms: number; readonly shared?: boolean; readonly errors?: Readonly<Record<string, number>> }[];
}

export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

export async function startSharing(config: object = {}, options: CommunityOptions = {}): Promise<SharedServer> {
  const community = await startCommunity({ size: 24, ...options });
  const gate = await openGate(community.openWebUI.apiUrl);
  const { sources, links } = communityConfig(community);
  // No deadline of a source ends what a test is about.
  const http = { deadlineMs: 120_000 };
  const gated = sources.map((source) => ({ ...source, http, ...(source.id === 'webui' ? { url: gate.url } : {}) }));
  // What is kept would be shared as well.
  const door = await openDoor(community, { sources: gated, links, cache: { enabled: false }, ...config }, true);
  return {
    community,
    gate,
    door,
    ask: ({ headers, path, ...body }) => door.write(...post(JSON.stringify(body), headers, path)),
    noted: () => door.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation'),
    [Symbol.asyncDispose]: async () => {
      gate.open();
      await door.close();
      await gate[Symbol.asyncDispose]();
      await community.close();
    },
  };
}
