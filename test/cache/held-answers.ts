import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before a twin. An answer that is held back tells what was true when the twin gave it, however late it comes. */
export interface AnswerDoor extends AsyncDisposable {
  /** The same address, through this door. */
  before(url: string): string;
  /** Holds back the twin's answer to the next matching request until it is let go. */
  hold(isMatching: (method: string, path: string) => boolean): Held;
}

export interface Held {
  /** Resolves when the twin has answered. */
  readonly answered: Promise<void>;
  letGo(): void;
}

export async function openAnswerDoor(): Promise<AnswerDoor> {
  let origin = '';
  let holding: { isMatching: (method: string, path: string) => boolean; answered: () => void; open: Promise<void> } | undefined;

  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing).catch(() => outgoing.destroy()));

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const meant = holding?.isMatching(method, url) ? holding : undefined;
    if (meant !== undefined) holding = undefined;
    const { status, headers, body } = await forward(`${origin}${url}`, incoming, await buffer(incoming));
    meant?.answered();
    await meant?.open;
    outgoing.writeHead(status, headers).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    before: (url) => {
      const target = new URL(url);
      origin = target.origin;
      return `http://127.0.0.1:${port}${target.pathname === '/' ? '' : target.pathname}`;
    },
    hold: (isMatching) => {
      const answered = Promise.withResolvers<void>();
      const open = Promise.withResolvers<void>();
      holding = { isMatching, answered: answered.resolve, open: open.promise };
      return { answered: answered.promise, letGo: open.resolve };
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(url: string, { method, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const sending = request(url, { method, headers }, (answer) => {
      buffer(answer).then((whole) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: whole }), reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
