import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `node src/main.ts …`, or the program that is named, in an empty folder of its own and with no environment but what is given. Disposing of it kills it. */
export interface RollcallProcess extends AsyncDisposable {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

export interface RunOptions {
  /** The program when it is not that of the sources. */
  readonly program?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of its folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

export async function start(
  args: readonly string[],
  { program = main, environment = {}, files = {} }: RunOptions = {},
): Promise<RollcallProcess> {
  const cwd = await mkdtemp(join(tmpdir(), 'rollcall-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    heard.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    heard.stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    stdout: () => heard.stdout,
    stderr: () => heard.stderr,
    exited,
    signal: (name) => void child.kill(name),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(cwd, { recursive: true });
    },
  };
}

/** Runs one that ends by itself. */
export async function run(
  args: readonly string[],
  options?: RunOptions,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  await using child = await start(args, options);
  const code = await child.exited;
  return { code, stdout: child.stdout(), stderr: child.stderr() };
}

/** What was logged, one object a line. */
export const logOf = (child: RollcallProcess): Record<string, unknown>[] =>
  child
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

/** What `look` finds, as soon as it finds something; an error when the process ends before. */
export async function until<Found>(child: RollcallProcess, look: () => Found | undefined): Promise<Found> {
  let ended: number | null | undefined;
  void child.exited.then((code) => {
    ended = code;
  });
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (ended !== undefined) throw new Error(`it ended with ${ended}: ${child.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits for a server to say where it listens. */
export async function addressOf(child: RollcallProcess): Promise<string> {
  const line = await until(child, () => logOf(child).find(({ msg }) => msg === 'serving'));
  return String(line.graphql);
}

/** Asks a server that listens. */
export async function ask(address: string, query: string): Promise<{ data?: unknown; errors?: unknown }> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  // A server's own answer, which the tests look at.
  return (await response.json()) as { data?: unknown; errors?: unknown };
}
