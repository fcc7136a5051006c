import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that answers on a port of this machine. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
}

export async function listen(handle: RequestListener): Promise<Listening> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
