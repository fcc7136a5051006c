import type { Redis } from 'ioredis';
import type { RedisAddress } from './address.ts';
import { late, patiently, within } from './within.ts';

/** Milliseconds after which a Redis that does not answer has gone. */
export const patience = 3_000;

/** Milliseconds that its sockets have for parting in peace. */
const parting = 100;

/** Two connections that live and die together: one for commands, one that listens. */
export interface Connection {
  readonly commands: Redis;
  /** Which run of the server this is. Empty where it does not tell. */
  readonly run: string;
  /** Resolves when either of the two has ended, with what was wrong if that is known. */
  readonly lost: Promise<unknown>;
  /** Whether both answered, and after how many milliseconds the first did; null when they did not. */
  ping(): Promise<number | null>;
  /** Ends both, and resolves when their sockets are closed. `why` is what `lost` then tells. */
  end(why?: unknown): Promise<void>;
}

export interface ConnectionOptions {
  readonly address: RedisAddress;
  readonly channel: string;
  readonly hear: (message: string) => void;
  readonly signal: AbortSignal;
}

/** It listens before it resolves, and comes back by itself never. Rejects when there is no Redis that does as it is told. */
export async function connect({ address, channel, hear, signal }: ConnectionOptions): Promise<Connection> {
  const { Redis } = await import('ioredis');
  signal.throwIfAborted();
  const commands = new Redis(optionsFor(address));
  const listening = new Redis(optionsFor(address));
  const both = [commands, listening];
  let wrong: unknown;
  // An error that nobody listens to is printed with the address.
  for (const client of both) client.on('error', (error) => (wrong ??= error));
  const ends = both.map((client) => new Promise<void>((resolve) => client.once('end', resolve)));
  listening.on('message', (_channel, message) => hear(message));

  let ending: Promise<unknown> | undefined;
  const end = async (why?: unknown): Promise<void> => {
    wrong ??= why;
    if (ending === undefined) {
      ending = Promise.all(ends);
      // Once: to a socket that does not part, each disconnecting adds a listener.
      for (const client of both) client.disconnect();
    }
    await ending;
  };
  const ping = async (): Promise<number | null> => {
    const sent = performance.now();
    const first = commands.ping().then(() => performance.now() - sent);
    const all = await within(Promise.all([first, listening.ping()]), patience).catch(() => late);
    // Only `within` and its `catch` make a symbol.
    return typeof all === 'symbol' ? null : all[0];
  };

  const abort = (): void => void end();
  signal.addEventListener('abort', abort);
  try {
    const run = await patiently(introduce(commands, listening, channel), patience);
    if (run === late) throw new Error('LATE');
    return { commands, run, lost: Promise.race(ends).then(() => wrong), ping, end };
  } catch (error) {
    await end(error);
    throw wrong;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function introduce(commands: Redis, listening: Redis, channel: string): Promise<string> {
  await Promise.all([commands.connect(), listening.connect()]);
  // One that is still starting answers INFO already, and everything else with an error.
  const [info] = await Promise.all([
    commands.info('server').catch(withoutPermission),
    listening.subscribe(channel),
    commands.ping(),
  ]);
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
}

/** Where a user may not ask which run it is, what a crash brings back cannot be told from the rest; its age still bounds it. */
function withoutPermission(error: unknown): string {
  if (error instanceof Error && error.message.startsWith('NOPERM')) return '';
  throw error;
}

const optionsFor = ({ host, port, username, password, db, tls }: RedisAddress) => ({
  ...{ host, port, db, ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) },
  ...(tls ? { tls: {} } : {}),
  lazyConnect: true,
  // Coming back is our own affair: both connections together, and only after what was missed is made good.
  retryStrategy: () => null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableReadyCheck: false,
  disableClientInfo: true,
  connectTimeout: patience,
  disconnectTimeout: parting,
});
