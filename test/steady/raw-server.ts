import { createServer, type Socket } from 'node:net';
import { createHttpClient, type HttpClient, type HttpOptions, type HttpSettings } from '../../src/http/client.ts';

/** For what no proper server would send: each request's path, and the socket to write to. */
export async function startRaw(
  answer: (socket: Socket, path: string) => void,
  options: HttpOptions = {},
  more: Partial<HttpSettings> = {},
): Promise<Raw> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const path = text.split(' ')[1] ?? '';
        text = text.slice(end + 4);
        answer(socket, path);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  const url = `http://127.0.0.1:${address.port}`;
  const http = { url, headers: {}, deadlineMs: 5_000, connectMs: 1_000, maxBytes: 100_000, concurrency: 8, ...more };
  const client = createHttpClient('source', http, options);
  return {
    client,
    connections: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Raw extends AsyncDisposable {
  readonly client: HttpClient;
  /** Since the start. */
  connections(): number;
}
