import type { Credential } from '../../src/access/credential.ts';
import { createHttpClient, type HttpClient, type HttpOptions, type HttpSettings } from '../../src/http/client.ts';
import type { HttpAnswer, HttpRequest } from '../../src/http/exchange.ts';
import type { FaultRule } from '../../src/twins/faults.ts';
import { startTwinServer, type TwinReply, type TwinRequest, type TwinServer } from '../../src/twins/server.ts';

export const service: Credential = { class: 'service', key: 'the service’s' };
export const nobody: Credential = { class: 'none' };
export const caller = (holder: string): Credential => ({ class: 'caller', key: `key of ${holder}`, holder });

/** A server whose answers a test holds back, and a client of it. */
export interface Asked extends AsyncDisposable {
  readonly server: TwinServer;
  readonly client: HttpClient;
  /** Paths that have reached the server, in order. */
  readonly reached: readonly string[];
  /** Connections that are open at the server. */
  open(): number;
  /** Answers what is being held, and holds nothing any longer. */
  release(): void;
  /** Asks for this path as this one. */
  ask(path: string, as?: Credential, more?: Partial<HttpRequest>): Promise<HttpAnswer>;
}

export interface AskedOptions {
  readonly faults?: readonly FaultRule[];
  readonly http?: Partial<HttpSettings>;
  readonly options?: HttpOptions;
  /** Answers are held back until they are released. */
  readonly held?: boolean;
  readonly answer?: (request: TwinRequest) => TwinReply | Promise<TwinReply>;
}

export async function startAsked({ faults = [], http, options, held = false, answer }: AskedOptions = {}): Promise<Asked> {
  const gate = Promise.withResolvers<void>();
  if (!held) gate.resolve();
  const server = await startTwinServer(
    async (request) => {
      await gate.promise;
      return answer?.(request) ?? plain(request.path);
    },
    { faults },
  );
  const client = createHttpClient(
    'source',
    { url: server.url, headers: {}, deadlineMs: 5_000, connectMs: 1_000, maxBytes: 100_000, concurrency: 8, ...http },
    options,
  );
  return {
    server,
    client,
    get reached() {
      return server.requests.map(({ path }) => path);
    },
    open: () => server.open(),
    release: gate.resolve,
    ask: (path, credential = service, more = {}) => {
      const answer = client.send({ path, credential, route: 'thing', ...more });
      // A test may look at it later than it fails.
      answer.catch(() => undefined);
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await server.close();
    },
  };
}

export const plain = (body: string, status = 200, headers: Record<string, string> = {}): TwinReply => ({
  status,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
});

/** What became of each: the body of an answer, the code of an error, or whatever else it was rejected with. */
export async function outcomes(asked: readonly Promise<HttpAnswer>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(asked);
  return settled.map((each) => (each.status === 'fulfilled' ? each.value.body : (each.reason?.code ?? each.reason)));
}
