import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before a twin and lets nothing through while it is shut. What it holds is let through when it opens. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  /** Requests that have come, and those of them whose sender has gone away since. */
  readonly came: number;
  readonly gone: number;
  shut(): void;
  /** What comes from now on passes; what is held stays. */
  ajar(): void;
  /** Lets through what is held, and all that comes. */
  open(): void;
  /** Resolves when so many have come, or gone, in all. */
  untilCame(count: number): Promise<void>;
  untilGone(count: number): Promise<void>;
}

export async function openGate(target: string): Promise<Gate> {
  const { origin, pathname } = new URL(target);
  let isShut = false;
  let came = 0;
  let gone = 0;
  const held: (() => void)[] = [];
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const look of watchers) look();
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  const server = createServer((incoming, outgoing) => {
    came += 1;
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone += 1;
      changed();
    });
    const pass = (): void => void forward(origin, incoming, outgoing).catch(() => outgoing.destroy());
    if (isShut) held.push(pass);
    else pass();
    changed();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    get came() {
      return came;
    },
    get gone() {
      return gone;
    },
    shut: () => {
      isShut = true;
    },
    ajar: () => {
      isShut = false;
    },
    open: () => {
      isShut = false;
      for (const pass of held.splice(0)) pass();
    },
    untilCame: (count) => until(() => came >= count),
    untilGone: (count) => until(() => gone >= count),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url, headers } = incoming;
  const body = await buffer(incoming);
  if (outgoing.destroyed) return;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${origin}${url}`, { method, headers }, resolve).once('error', reject).end(body);
  });
  const content = await buffer(answer);
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
}
