import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { App } from '../../src/app.ts';
import { serverLimits } from '../../src/edge/server-limits.ts';

/** An app behind a real socket, asked as if by `app.fetch`. */
export interface DirectDoor {
  readonly fetch: App['fetch'];
  readonly url: string;
  close(): Promise<void>;
}

/** With `ROLLCALL_TEST_DOOR=direct` every test asks through this: a listening server takes plain POSTs past Yoga. */
export async function listenDirectly(app: App): Promise<DirectDoor> {
  const server = createServer(serverLimits(15_000), app.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    fetch: (given) => send(url, given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** By `node:http`, which, unlike the global fetch, sends every header that it is told to. */
async function send(url: string, given: Request): Promise<Response> {
  const { pathname, search } = new URL(given.url);
  const body = given.body === null ? undefined : Buffer.from(await given.arrayBuffer());
  given.signal.throwIfAborted();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...Object.fromEntries(given.headers), ...(body === undefined ? {} : { 'content-length': body.length }) };
    const sending = request(`${url}${pathname}${search}`, { method: given.method, headers }, resolve);
    sending.on('error', () => reject(given.signal.aborted ? given.signal.reason : new Error('the server hung up')));
    given.signal.addEventListener('abort', () => sending.destroy());
    sending.end(body);
  });
  // What the connection adds, `app.fetch` does not have.
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    connectionHeaders.has(name) ? [] : values.map((value): [string, string] => [name, value]),
  );
  const status = answer.statusCode ?? 500;
  const streams = /^(multipart|text\/event-stream)/.test(answer.headers['content-type'] ?? '');
  const init = { status, headers };
  if (status === 204 || status === 304) return new Response(null, init);
  // Parts are read as they come. That a Node stream is one of WHATWG's bodies, Node knows and the types do not.
  return new Response(streams ? (Readable.toWeb(answer) as BodyInit) : await buffer(answer), init);
}

const connectionHeaders: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);
