import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export const noRedis =
  'The tests of the shared cache are skipped: there is no redis-server here. Install it, or name one in REDIS_SERVER.';

const program = process.env.REDIS_SERVER ?? 'redis-server';

export const hasRedis = spawnSync(program, ['--version']).status === 0;

/** A real redis-server on a free port of loopback, with a folder of its own. Disposing of it kills it. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** A connection for looking at it and for spoiling it. It is made anew after a restart. */
  redis(): Redis;
  /** Ends it without a word, as a crash does. */
  kill(): Promise<void>;
  /** The same port and folder; resolves when it answers. */
  restart(): Promise<void>;
  /** Stops it in its tracks: connections stay and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

export async function startRedis(options: { readonly password?: string } = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-redis-'));
  const port = await freePort();
  const password = options.password === undefined ? [] : ['--requirepass', options.password];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--daemonize', 'no', ...password];
  let child: ChildProcess;
  let looking: Redis | undefined;

  const redis = (): Redis => {
    looking ??= new Redis({ host: '127.0.0.1', port, ...(options.password === undefined ? {} : { password: options.password }) });
    return looking;
  };
  const start = async (): Promise<void> => {
    child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      let heard = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk) => {
        heard += chunk;
        if (heard.includes('Ready to accept connections')) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${heard}`)));
    });
  };
  const kill = async (): Promise<void> => {
    looking?.disconnect();
    looking = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `redis://${options.password === undefined ? '' : `:${encodeURIComponent(options.password)}@`}127.0.0.1:${port}`,
    port,
    redis,
    kill,
    restart: start,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
