import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isWrite } from '../app/random-faults.ts';

/** How far one write comes before everything stands still. */
export type Moment =
  /** Rollcall is looking at what is there, and has sent nothing. */
  | 'looking'
  /** The source has the request and does not act on it. */
  | 'received'
  /** The source has acted, and its answer is on the way. */
  | 'acted'
  /** The source has answered, and Rollcall is looking at what came of it. */
  | 'answered';

/** Stands before a twin. Hands on what comes, until one write is to stand still at some moment. */
export interface StoppingDoor extends AsyncDisposable {
  readonly url: string;
  /** Writes that the twin was given. */
  readonly written: number;
  /** Resolves when the next write has come that far. Nothing goes through any more. */
  stopAt(moment: Moment): Promise<void>;
  /** Hands on what comes from now on. What was held stays, for a twin that acts late. */
  open(): void;
  /** The twin acts on the write that it has had all the time, though nobody hears of it any more. */
  actLate(): Promise<void>;
}

export async function openStoppingDoor(target: string): Promise<StoppingDoor> {
  const { origin, pathname } = new URL(target);
  let stop: { readonly moment: Moment; readonly reached: () => void } | undefined;
  let isShut = false;
  let written = 0;
  let held: (() => Promise<void>) | undefined;

  const shut = (): void => {
    isShut = true;
    stop?.reached();
  };

  async function take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const body = await buffer(incoming);
    const writes = isWrite(method, url);
    const handOn = async (): Promise<Reply> => {
      if (writes) written += 1;
      return forward(`${origin}${url}`, incoming, body);
    };
    if (isShut) return;
    if (stop !== undefined && !writes && stop.moment === 'looking') return shut();
    if (stop !== undefined && !writes && stop.moment === 'answered' && written > 0) return shut();
    if (stop !== undefined && writes && stop.moment === 'received') {
      held = async () => void (await handOn());
      return shut();
    }
    const { status, headers, body: told } = await handOn();
    if (stop !== undefined && writes && stop.moment === 'acted') return shut();
    outgoing.writeHead(status, headers).end(told);
  }

  const server = createServer((incoming, outgoing) => void take(incoming, outgoing).catch(() => outgoing.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    get written() {
      return written;
    },
    stopAt: (moment) => new Promise((reached) => (stop = { moment, reached })),
    open: () => {
      stop = undefined;
      isShut = false;
    },
    actLate: async () => held?.(),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function forward(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers }, (answer) => {
      buffer(answer).then((told) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: told }), reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
