import { Client, type Dispatcher } from 'undici';

/** Asks one source by undici's lowest door, over connections of which each serves one request at a time. */
export interface Door {
  get(path: string): Promise<Answer>;
}

export interface Answer {
  /** Of the JSON that the source is documented to send. */
  readonly body: Buffer;
  /** Its clock. */
  readonly date: number;
}

export function openDoor(url: string, headers: Readonly<Record<string, string>>, connections: number): Door {
  const { origin, pathname } = new URL(url);
  const prefix = pathname === '/' ? '' : pathname;
  const free = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  const waiting: ((client: Client) => void)[] = [];

  const release = (client: Client): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(client);
    else next(client);
  };

  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        const options = { method: 'GET', path: prefix + path, headers } as const;
        const ask = (client: Client): void => {
          client.dispatch(
            options,
            collector(
              (answer) => {
                release(client);
                resolve(answer);
              },
              (error) => {
                release(client);
                reject(error);
              },
            ),
          );
        };
        const client = free.pop();
        if (client === undefined) waiting.push(ask);
        else ask(client);
      }),
  };
}

function collector(done: (answer: Answer) => void, failed: (error: Error) => void): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let date = 0;
  return {
    onRequestStart: () => {},
    onResponseStart: (_controller, status, headers) => {
      if (status !== 200) throw new Error(`upstream said ${status}`);
      date = Date.parse(String(headers.date));
    },
    onResponseData: (_controller, chunk) => void chunks.push(chunk),
    onResponseEnd: () => {
      const [first] = chunks;
      done({ body: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks), date });
    },
    onResponseError: (_controller, error) => failed(error),
  };
}
