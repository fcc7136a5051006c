import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/**
 * Stands before a twin and hands on what comes, unless told to be late: then what it was sent is carried out after whoever sent
 * it has given up, as behind a slow proxy. A twin by itself drops what nobody waits for any more.
 */
export interface LateDoor extends AsyncDisposable {
  /** The same address, through this door. */
  before(url: string): string;
  /** Holds back the next matching request. */
  hold(isMatching: (method: string, path: string) => boolean, ms: number, onHeld: () => void): void;
  /** Holds nothing back any more, and resolves when all that was held has been carried out. */
  release(): Promise<void>;
}

export async function openLateDoor(): Promise<LateDoor> {
  let origin = '';
  let holding: { isMatching: (method: string, path: string) => boolean; ms: number; onHeld: () => void } | undefined;
  const held = new Set<Promise<void>>();

  const server = createServer((incoming, outgoing) => void take(incoming, outgoing).catch(() => outgoing.destroy()));

  async function take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const body = await buffer(incoming);
    const handOn = (): Promise<void> => forward(`${origin}${url}`, incoming, body, outgoing);
    if (holding === undefined || !holding.isMatching(method, url)) return handOn();
    const { ms, onHeld } = holding;
    holding = undefined;
    onHeld();
    const late = new Promise((resolve) => setTimeout(resolve, ms)).then(handOn);
    held.add(late);
    return late;
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
    hold: (isMatching, ms, onHeld) => {
      holding = { isMatching, ms, onHeld };
    },
    release: async () => {
      holding = undefined;
      await Promise.all(held);
      held.clear();
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Resolves when the twin has answered, whoever still hears it. */
function forward(url: string, { method, headers }: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const breakOff = (): void => {
      outgoing.destroy();
      resolve();
    };
    const sending = request(url, { method, headers }, (answer) => {
      if (outgoing.destroyed) {
        answer.on('close', resolve).resume();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      pipeline(answer, outgoing, (error) => {
        if (error) outgoing.destroy();
        resolve();
      });
    });
    sending.on('error', breakOff);
    sending.end(body);
  });
}
