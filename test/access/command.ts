import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandPlace {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `rollcall …` in a process of its own, which knows of nothing but this folder and environment, until it ends. */
export async function rollcall(args: readonly string[], { folder, environment = {} }: CommandPlace): Promise<Ended> {
  const child = start(args, { folder, environment });
  const [code, out, err] = await Promise.all([once(child, 'close'), textOf(child.stdout), textOf(child.stderr)]);
  return { code: code[0], out, err };
}

export interface Served extends AsyncDisposable {
  readonly graphql: string;
  /** Every line of its log so far. */
  readonly logged: readonly string[];
}

/** `rollcall serve`, once it listens. */
export async function serve(place: CommandPlace): Promise<Served> {
  const child = start(['serve'], { ...place, environment: { PORT: '0', ...place.environment } });
  const logged: string[] = [];
  const graphql = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`rollcall serve ended with ${code}: ${logged.join('')}`)));
    child.stderr.on('data', (chunk: Buffer) => void logged.push(String(chunk)));
    child.stdout.on('data', (chunk: Buffer) => {
      logged.push(...String(chunk).split('\n'));
      const address = logged.map((line) => /"graphql":"([^"]+)"/.exec(line)?.[1]).find((found) => found !== undefined);
      if (address !== undefined) resolve(address);
    });
  });
  return {
    graphql,
    logged,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const start = (args: readonly string[], { folder, environment = {} }: CommandPlace) =>
  spawn(process.execPath, [main, ...args], { cwd: folder, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return String(Buffer.concat(chunks));
}
