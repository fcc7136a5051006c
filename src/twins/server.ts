import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaultScript, type Fault, type FaultRule, type FaultScript } from './faults.ts';

/** What reached the twin. `path` is the raw path without the query, `body` empty when there was none. */
export interface TwinRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The caller's address, as rate limits see it. */
  readonly address: string;
}

export interface TwinReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer;
}

/** One line of the request log: enough to count calls and to see with which credential they came. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

/** A running stand-in for an upstream. Closing it ends its connections. */
export interface TwinServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Every request since the start or the last `forget`, in order of arrival, faulty ones too. */
  readonly requests: readonly LoggedRequest[];
  readonly faults: FaultScript;
  /** How often it answered by itself with each status; what the fault script said is not in it. */
  readonly statuses: ReadonlyMap<number, number>;
  /** As when its machine goes down: connections end, and nobody listens on its port until it opens again. */
  shut(): Promise<void>;
  reopen(): Promise<void>;
  /** How many connections are open. */
  open(): number;
  forget(): void;
  close(): Promise<void>;
}

export interface TwinServerOptions {
  /** 0 or absent: a port that is free. */
  readonly port?: number;
  readonly faults?: readonly FaultRule[];
}

/** Listens on loopback and hands each request, after the fault script has had its say, to `answer`. */
export async function startTwinServer(
  answer: (request: TwinRequest) => TwinReply | Promise<TwinReply>,
  options: TwinServerOptions = {},
): Promise<TwinServer> {
  const faults = createFaultScript(options.faults);
  const requests: LoggedRequest[] = [];
  const statuses = new Map<number, number>();

  const sockets = new Set<unknown>();
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?');
    const method = incoming.method ?? 'GET';
    requests.push({ method, path, query, headers: incoming.headers, at: Date.now() });
    const fault = faults.take(method, path);
    if (fault?.kind === 'reset') return void incoming.socket.destroy();
    if (fault?.kind === 'hang') return;
    const body = await readBody(incoming);
    // What it asks for happens late too, even if whoever asked has left by then.
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'reply')
      return send(outgoing, { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' });
    const reply = await answer({
      method,
      path,
      query: new URLSearchParams(query),
      headers: incoming.headers,
      body,
      address: incoming.socket.remoteAddress ?? '',
    });
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
    if (fault?.kind === 'cut') return sendCut(outgoing, reply, fault);
    if (fault?.kind === 'flood') return send(outgoing, { ...reply, body: Buffer.alloc(fault.bytes, ' ') });
    send(outgoing, reply);
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(options.port ?? 0);
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    faults,
    statuses,
    shut: close,
    reopen: () => listen(port),
    open: () => sockets.size,
    forget: () => {
      requests.length = 0;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function send(outgoing: ServerResponse, reply: TwinReply): void {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  outgoing.writeHead(reply.status, { 'content-length': body.length, ...reply.headers });
  outgoing.end(body);
}

function sendCut(outgoing: ServerResponse, reply: TwinReply, fault: Extract<Fault, { kind: 'cut' }>): void {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  outgoing.write(body.subarray(0, Math.floor(body.length * fault.share)), () => outgoing.destroy());
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
