import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contender, Files } from '../contenders/contender.ts';
import type { Setup } from '../contenders/setup.ts';
import { onServerCore } from './cores.ts';

/** A contender's process. */
export interface Server extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** Why it is no longer there; undefined while it is. */
  readonly ended: () => string | undefined;
  /** Tells it to stop, and waits until it has. */
  end(): Promise<void>;
}

/** A folder for what servers are told, which goes when it is disposed of. */
export async function createFolder(setup: Setup): Promise<Files & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const file = join(folder, 'setup.json');
  await writeFile(file, JSON.stringify(setup));
  // A run that is told to stop disposes of nothing.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    setup: file,
    write: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(content));
      return path;
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', remove);
      remove();
    },
  };
}

/** Production settings, the core for servers, the log to nowhere. `node` are arguments for Node itself. */
export async function startServer(contender: Contender, files: Files, node: readonly string[] = []): Promise<Server> {
  const port = await freePort();
  const [command, ...args] = onServerCore([process.execPath, ...node, ...contender.command(files, port)]);
  const child = spawn(command, args, {
    env: { NODE_ENV: 'production', PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const ended = (): string | undefined => {
    if (child.exitCode === null && child.signalCode === null) return undefined;
    return `${contender.name} ended with ${child.exitCode ?? child.signalCode}: ${complaint}`;
  };
  endWithUs(child);
  if (child.pid === undefined) throw new Error(`${contender.name} could not be started`);
  return { pid: child.pid, port, ended, end: () => stop(child, 'SIGTERM'), [Symbol.asyncDispose]: () => stop(child, 'SIGKILL') };
}

const running = new Set<ChildProcess>();

/** Whatever ends this process, no server is left behind on its core. */
function endWithUs(child: ChildProcess): void {
  if (running.size === 0) process.once('exit', killAll);
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
  });
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const given = new Set<number>();

/** Below those that systems give out by themselves: between now and the server's listening nobody comes by it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
