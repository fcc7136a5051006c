import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Order, Sample } from './orders.ts';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `rollcall serve` in a process of its own, on a free port. Disposing of it kills it. */
export interface ServerChild extends AsyncDisposable {
  readonly port: number;
  /** Lines of its log that are warnings or worse, or tell of a breaker, oldest first. */
  readonly lines: readonly LogLine[];
  stderr(): string;
  /** Milliseconds that its clock of the day is ahead. */
  shiftClock(ms: number): Promise<void>;
  sample(): Promise<Sample>;
  leak(): Promise<void>;
  /** Asks it to stop, and resolves to its exit code; null when it had to be killed. */
  stop(): Promise<number | null>;
}

export interface LogLine extends Readonly<Record<string, unknown>> {
  readonly level: string;
  readonly msg: string;
}

export async function startServer(config: object): Promise<ServerChild> {
  const cwd = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  // JSON is YAML.
  await writeFile(join(cwd, 'rollcall.yaml'), JSON.stringify(config));
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', fileOf('./preload.ts'), fileOf('../../../src/main.ts'), 'serve'],
    { cwd, env: { PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines: LogLine[] = [];
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const port = await Promise.race([
    listening(child, lines),
    exited.then((code) => Promise.reject(new Error(`the server ended with ${code}: ${stderr}`))),
  ]);
  const tell = tellTo(child);
  return {
    port,
    lines,
    stderr: () => stderr,
    shiftClock: async (ms) => void (await tell({ do: 'shift clock', ms })),
    sample: async () => (await tell({ do: 'sample' })).sample,
    leak: async () => void (await tell({ do: 'leak' })),
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(cwd, { recursive: true });
    },
  };
}

/** Resolves to the port. Operations that went well are not looked at further: there are hundreds a second. */
function listening(child: ChildProcess, lines: LogLine[]): Promise<number> {
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (text) => {
      if (text.includes('"msg":"operation"')) return;
      const line: LogLine = JSON.parse(text);
      lines.push(line);
      if (line.msg === 'serving') resolve(Number(new URL(String(line.graphql)).port));
    });
  });
}

type Unsigned = Order extends infer Each ? (Each extends Order ? Omit<Each, 'id'> : never) : never;

function tellTo(child: ChildProcess) {
  const waiting = new Map<number, (told: { readonly sample: Sample }) => void>();
  child.on('message', (told: { readonly id: number; readonly sample: Sample }) => {
    waiting.get(told.id)?.(told);
    waiting.delete(told.id);
  });
  let last = 0;
  return (order: Unsigned): Promise<{ readonly sample: Sample }> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, resolve);
      child.send({ id: last, ...order }, (error) => error && reject(error));
    });
}
