import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Community, communityConfig, startCommunity } from '../../src/twins/community.ts';

/** What the server spent on something, beside the time that passed. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
  /** How far its memory rose meanwhile. */
  readonly megabytes: number;
}

/** What came back over a socket. */
export interface Reply {
  readonly status: number;
  /** Of the errors in the body; empty where the body is none of ours. */
  readonly codes: readonly unknown[];
  readonly text: string;
}

/** `rollcall serve` in a process of its own, over twins in this one. */
export interface AttackedServer extends AsyncDisposable {
  readonly url: string;
  readonly community: Community;
  /** Every line of its log so far. */
  logged(): string;
  post(body: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Reply>;
  /** Writes these bytes as they are, one after the other, and gives what comes back until the server hangs up or falls silent. */
  write(...pieces: readonly (string | Buffer | number)[]): Promise<Reply>;
  /** Measures what it costs the server. */
  measure<Result>(work: () => Promise<Result>): Promise<{ result: Result; spent: Spent }>;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export async function startAttackedServer(edge: object): Promise<AttackedServer> {
  const community = await startCommunity({ size: 24, horde: { limits: false }, mcsManager: { rateLimits: false } });
  const cwd = await mkdtemp(join(tmpdir(), 'rollcall-attacked-'));
  const { sources, ...common } = communityConfig(community);
  const config = {
    ...common,
    // The twins have no limits, and each attack is to reach them.
    sources: sources.map((source) => ({ ...source, quota: { enabled: false } })),
    cache: { enabled: false },
    server: { port: 0 },
    log: { level: 'trace' },
    edge,
  };
  // JSON is YAML.
  await writeFile(join(cwd, 'rollcall.yaml'), JSON.stringify(config));
  const child = spawn(process.execPath, ['--import', at('./measuring.ts'), at('../../src/main.ts'), 'serve'], {
    cwd,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      log += chunk;
    });
  }
  const exited = new Promise((resolve) => child.once('close', resolve));

  const url = await addressIn(() => log, exited);
  const { port } = new URL(url);

  const tell = (message: string): Promise<unknown> => {
    const answer = new Promise((resolve) => child.once('message', resolve));
    child.send(message);
    return answer;
  };

  return {
    url,
    community,
    logged: () => log,
    post: async (body, headers = {}, signal) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json', ...headers },
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      return toReply(response.status, await response.text());
    },
    write: (...pieces) => writeRaw(Number(port), pieces),
    measure: async (work) => {
      await tell('begin');
      const started = performance.now();
      const result = await work();
      const ms = performance.now() - started;
      // What `measuring.ts` sends.
      const { cpuMs, bytes } = (await tell('end')) as { cpuMs: number; bytes: number };
      return { result, spent: { ms, cpuMs, megabytes: bytes / 1e6 } };
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
      await community.close();
      await rm(cwd, { recursive: true });
    },
  };
}

async function addressIn(log: () => string, exited: Promise<unknown>): Promise<string> {
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  for (;;) {
    const found = /"graphql":"([^"]+)"/.exec(log())?.[1];
    if (found !== undefined) return found;
    if (isOver) throw new Error(`the server ended: ${log()}`);
    await sleep(20);
  }
}

/** Numbers are milliseconds to wait. */
function writeRaw(port: number, pieces: readonly (string | Buffer | number)[]): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const heard: Buffer[] = [];
    const finish = (): void => {
      socket.destroy();
      const [head = '', ...body] = Buffer.concat(heard).toString('latin1').split('\r\n\r\n');
      resolve(toReply(Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), body.join('\r\n\r\n')));
    };
    socket.on('data', (chunk) => {
      heard.push(chunk);
      // An answer that leaves the connection open is followed by nothing.
      socket.setTimeout(300, finish);
    });
    socket.on('error', () => {});
    socket.on('close', finish);
    void (async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        if (typeof piece === 'number') await sleep(piece);
        else if (!socket.write(piece)) await Promise.race([new Promise((done) => socket.once('drain', done)), sleep(2_000)]);
      }
    })();
  });
}

function toReply(status: number, text: string): Reply {
  const body = text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);
  return { status, codes: codesIn(body), text };
}

function codesIn(body: string): unknown[] {
  try {
    // Whatever came: only `errors[].extensions.code` is looked at, and only where it is there.
    const { errors = [] } = JSON.parse(body) as { errors?: { extensions?: { code?: unknown } }[] };
    return [...new Set(errors.map(({ extensions }) => extensions?.code))];
  } catch {
    return [];
  }
}
