import { once } from 'node:events';
import { createServer, type Socket, connect as tcpConnect } from 'node:net';

/** Stands between a process and its Redis, to see and to delay what goes by. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** Connections that are open now. */
  readonly open: () => number;
  /** And how many there ever were. */
  readonly seen: () => number;
  /** Answers are held back until this text has gone by so many times, in any letters, on its way to Redis. */
  holdAnswersUntil(text: string, times: number): void;
  /** Holds back answers, but not messages of invalidations, until `release` is called. */
  hold(): { readonly held: () => number; release(): void };
  /** Breaks all connections and takes no new one, until it is mended. */
  cut(): void;
  mend(): void;
}

export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let open = 0;
  let seen = 0;
  let waitingFor = { text: 'nothing yet', times: 0 };

  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const redis = tcpConnect(port, '127.0.0.1');
    open += 1;
    seen += 1;
    for (const socket of [client, redis]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    let end = '';
    let isListening = false;
    client.on('data', (data) => {
      // A word may be cut in two by the end of a chunk.
      const words = (end + data.toString('latin1').toLowerCase()).split(waitingFor.text);
      waitingFor.times -= words.length - 1;
      isListening ||= data.includes('subscribe');
      end = (words.at(-1) ?? '').slice(1 - waitingFor.text.length);
      redis.write(data);
      if (waitingFor.times <= 0) for (const release of held.splice(0)) release();
    });
    redis.on('data', (data) => {
      if (waitingFor.times > 0 && !isListening) held.push(() => client.write(data));
      else client.write(data);
    });
    client.on('close', () => {
      open -= 1;
      redis.destroy();
    });
    redis.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    open: () => open,
    seen: () => seen,
    holdAnswersUntil: (text, times) => {
      waitingFor = { text: text.toLowerCase(), times };
    },
    hold: () => {
      waitingFor = { text: 'never said', times: 1 };
      return {
        held: () => held.length,
        release: () => {
          waitingFor.times = 0;
          for (const release of held.splice(0)) release();
        },
      };
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
