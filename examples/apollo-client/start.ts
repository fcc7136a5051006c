import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer } from 'vite';

/** Rollcall over its twins on port 4000, and the page on 5173. Both end together. */
const project = join(import.meta.dirname, '../..');
const configuration = join(import.meta.dirname, 'rollcall.yaml');

const rollcall = spawn(process.execPath, [join(project, 'src/main.ts'), 'serve', '--config', configuration], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
// Also when there is no port for the page.
process.once('exit', () => rollcall.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
rollcall.once('exit', () => process.exit());

// Its log tells when it serves; the page would find nobody before.
for await (const line of createInterface({ input: rollcall.stdout })) if (line.includes('"msg":"serving"')) break;
rollcall.stdout.resume();

const page = await createServer({ configFile: join(import.meta.dirname, 'vite.config.ts') });
await page.listen();
page.printUrls();
