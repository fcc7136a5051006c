import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { refuseExpectations } from '../../src/edge/expectations.ts';
import { onlyLocalNames } from '../../src/edge/local-names.ts';
import { serverLimits } from '../../src/edge/server-limits.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Community, type CommunityOptions, communityConfig, startCommunity } from '../../src/twins/community.ts';

/** Pieces of a request as they go over the wire; numbers are milliseconds to wait between them, null hangs up. */
export type Pieces = readonly (string | Buffer | number | null)[];

/** One server that listens, with its plain POSTs past Yoga or through it. */
export interface Door {
  readonly app: App;
  readonly port: number;
  readonly logged: readonly string[];
  /** Resolves when so many requests have come whole, in all, and the server has had a turn to look at the last. */
  untilTaken(count: number): Promise<void>;
  /** Resolves when so many clients have left before they were answered. */
  untilLeft(count: number): Promise<void>;
  /** Everything that comes back until the server hangs up or falls silent. */
  write(...pieces: Pieces): Promise<Heard>;
}

export interface Heard {
  /** As `HTTP/1.1 200 OK`; empty where nothing came. */
  readonly status: string;
  /** In the order in which they came, without the clock's. */
  readonly headers: readonly string[];
  readonly body: string;
  /** The one header of which `headers` holds only a part. */
  readonly ratelimit: string;
}

/** The same configuration and the same twins behind two doors. */
export interface TwoDoors extends AsyncDisposable {
  readonly community: Community;
  readonly direct: Door;
  readonly yoga: Door;
}

export async function openTwoDoors(
  config: Parameters<typeof openDoor>[1] = {},
  options: CommunityOptions = {},
): Promise<TwoDoors> {
  const community = await startCommunity({ size: 24, horde: { limits: false }, mcsManager: { rateLimits: false }, ...options });
  const [direct, yoga] = await Promise.all([openDoor(community, config, true), openDoor(community, config, false)]);
  return {
    community,
    direct,
    yoga,
    [Symbol.asyncDispose]: async () => {
      await direct.close();
      await yoga.close();
      await community.close();
    },
  };
}

export async function openDoor(
  community: Community,
  { edge = {}, ...config }: { readonly edge?: object; readonly [section: string]: unknown },
  directPath: boolean,
): Promise<Door & { close(): Promise<void> }> {
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  const { sources, ...common } = communityConfig(community);
  // What one door was told, or has run into, must not change what the other is told.
  const forgetful = sources.map((source) => ({ ...source, http: { breaker: false }, quota: { enabled: false } }));
  const input = { ...common, sources: forgetful, cache: { enabled: false }, ...config, edge: { ...edge, directPath } };
  const parsed = parseConfig(input, kinds);
  const app = createApp(parsed, {
    log,
    refusing: (handle, refuse) => refuseExpectations(onlyLocalNames(handle, refuse), refuse),
  });
  const seen = { taken: 0, left: 0 };
  const watchers = new Set<() => void>();
  const note = (what: keyof typeof seen): void => {
    seen[what] += 1;
    for (const look of watchers) look();
  };
  const until = (what: keyof typeof seen, count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (seen[what] < count) return;
        watchers.delete(look);
        setImmediate(resolve);
      };
      watchers.add(look);
      look();
    });
  const server = createServer(serverLimits(parsed.edge.requestDeadlineMs), (incoming, outgoing) => {
    incoming.once('end', () => setImmediate(note, 'taken'));
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) setImmediate(note, 'left');
    });
    app.handle(incoming, outgoing);
  });
  server.on('checkExpectation', app.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    app,
    port,
    logged,
    untilTaken: (count) => until('taken', count),
    untilLeft: (count) => until('left', count),
    write: (...pieces) => writeRaw(port, pieces),
    close: async () => {
      await closeServer(server);
      await app.close();
    },
  };
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function writeRaw(port: number, pieces: Pieces): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => heard.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve(toHeard(Buffer.concat(heard).toString('latin1'))));
    void (async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        if (piece === null) socket.destroy();
        else if (typeof piece === 'number') await sleep(piece);
        else if (!socket.write(piece)) await Promise.race([new Promise((done) => socket.once('drain', done)), sleep(2_000)]);
      }
    })();
  });
}

function toHeard(text: string): Heard {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...headers] = head.split('\r\n');
  // Two answers in a row are compared whole, the second's clock left out.
  const rest = body.join('\r\n\r\n').replaceAll(/\r\nDate: [^\r]*/g, '');
  return {
    status,
    headers: headers.filter((line) => !line.startsWith('Date: ')).map(withoutStanding),
    body: withoutIds(rest).replaceAll(/r=\d+;t=\d+/g, 'r=…;t=…'),
    ratelimit: headers.find((line) => line.startsWith('ratelimit: ')) ?? '',
  };
}

/** How much of an allowance is left, and for how long, depends on the moment: a minute may end between the two doors. */
const withoutStanding = (line: string): string =>
  /^ratelimit: /i.test(line) ? line.replaceAll(/r=\d+;t=\d+/g, 'r=…;t=…') : line;

const withoutIds = (text: string): string => text.replaceAll(/"(fetchedAt|age|latency|ms)":("[^"]*"|[\d.]+)/g, '"$1":…');
