import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before twins. A write whose answer it loses has been carried out, and nobody is told. */
export interface LosingDoor extends AsyncDisposable {
  /** The same address, through this door. */
  before(url: string): string;
  loseAnswersToWrites(): void;
  /** How many were lost. */
  lost(): number;
}

export async function openLosingDoor(): Promise<LosingDoor> {
  const origins: string[] = [];
  let isLosing = false;
  let lost = 0;

  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing).catch(() => outgoing.destroy()));

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, which = '', path = ''] = /^\/(\d+)(.*)$/s.exec(incoming.url ?? '') ?? [];
    const answer = await forward(`${origins[Number(which)]}${path}`, incoming, await buffer(incoming));
    if (isLosing && incoming.method !== 'GET') {
      lost += 1;
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    before: (url) => {
      const { origin, pathname } = new URL(url);
      origins.push(origin);
      return `http://127.0.0.1:${port}/${origins.length - 1}${pathname === '/' ? '' : pathname}`;
    },
    loseAnswersToWrites: () => {
      isLosing = true;
    },
    lost: () => lost,
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
