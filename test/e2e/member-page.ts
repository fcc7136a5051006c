import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preview } from 'vite';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { listen } from '../federation/listening.ts';

const configFile = fileURLToPath(new URL('../../examples/apollo-client/vite.config.ts', import.meta.url));

/** The page of `examples/apollo-client` as it would be put on the web, served from one origin, and Rollcall over its twins on another. */
export interface ServedPage extends AsyncDisposable {
  readonly rollcall: Rollcall;
  /** Where the page is. */
  readonly address: string;
  /** Both origins. */
  readonly origins: readonly string[];
}

export interface ServedPageOptions {
  /** Of each source. */
  readonly deadlineMs: number;
}

export async function servePage({ deadlineMs }: ServedPageOptions): Promise<ServedPage> {
  await using parts = new AsyncDisposableStack();
  // Each has to know the other’s address, so Rollcall’s port is there before Rollcall.
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end();
  const port = parts.use(await listen((request, response) => handle(request, response)));
  const outDir = parts.adopt(await mkdtemp(join(tmpdir(), 'rollcall-page-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  );
  await buildPage(outDir, `${port.url}/graphql`);
  const site = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: { port: 0, strictPort: false } });
  parts.defer(() => site.close());
  const address = site.resolvedUrls?.local[0] ?? '';
  const origin = new URL(address).origin;
  const rollcall = parts.use(
    await startRollcall({
      size: 60,
      config: ({ links, sources }) => ({
        links,
        sources: sources.map((source) => ({ ...source, http: { deadlineMs } })),
        edge: { corsOrigins: [origin] },
      }),
    }),
  );
  handle = rollcall.app.handle;
  const started = parts.move();
  return { rollcall, address, origins: [origin, port.url], [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** In a process of its own, as a reader would: what vitest says of the environment would make it a page for development. */
async function buildPage(outDir: string, rollcall: string): Promise<void> {
  const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
  const environment = { PATH: process.env.PATH, VITE_ROLLCALL: rollcall };
  await promisify(execFile)(process.execPath, [vite, 'build', '--config', configFile, '--outDir', outDir], { env: environment });
}
