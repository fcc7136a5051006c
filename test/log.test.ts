import { execFile, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inBatches } from '../src/log.ts';

const src = (file: string): string => JSON.stringify(fileURLToPath(new URL(`../src/${file}`, import.meta.url)));

/** Logs 300 lines, and ends as this says. */
const scriptOf = (ending: string): string => `
  const { createLogger } = await import(${src('log.ts')});
  const { createRedaction } = await import(${src('redaction.ts')});
  const log = createLogger('info', createRedaction([]));
  for (let line = 1; line <= 300; line += 1) log.info({ line }, 'told');
  ${ending}
`;

/** What such a process logs, its streams being pipes. */
function logOf(ending: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', scriptOf(ending)], (_error, stdout) => resolve(stdout));
  });
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test.each([
  ['by itself', ''],
  ['by process.exit', 'process.exit(0);'],
  ['by an error that nobody catches', 'throw new Error("no");'],
  ['in another turn', 'setTimeout(() => process.exit(1));'],
])('a process that ends %s has written every line, in order', async (_name, ending) => {
  const lines = (await logOf(ending)).trim().split('\n');

  expect(lines.map((line) => JSON.parse(line).line)).toEqual(numbers(300));
});

test('a process that ends by itself waits for a line that came soon after another, and for those of its end', async () => {
  const stdout = await logOf(`
    setTimeout(() => log.info({ line: 301 }, 'told'), 4);
    process.once('beforeExit', () => log.info({ line: 302 }, 'told'));
  `);
  const lines = stdout.trim().split('\n');

  expect(lines.slice(-3).map((line) => JSON.parse(line).line)).toEqual([300, 301, 302]);
});

test('what a slow reader has not taken when the process exits is written nevertheless', async () => {
  // Looking at standard output makes its pipe one that does not wait.
  const script = scriptOf(`process.stdout.isTTY; log.info({ much: 'x'.repeat(500_000) }, 'told'); process.exit(0);`);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const texts: string[] = [];
  // Not for anything to happen: the reader is that slow.
  await pause(500);
  for await (const text of child.stdout.setEncoding('utf8')) texts.push(text);
  const lines = texts.join('').trim().split('\n');

  expect(lines.map((line) => JSON.parse(line).line ?? JSON.parse(line).much.length)).toEqual([...numbers(300), 500_000]);
});

test('a line after a quiet while is written at the end of its turn, with all others of that turn', async () => {
  const written: string[] = [];
  const destination = inBatches({ write: (text) => void written.push(text) });

  destination.write('a\n');
  destination.write('b\n');
  expect(written).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));

  expect(written).toEqual(['a\nb\n']);
});

test('lines that follow soon are written together, none is lost, and a fatal one at once', async () => {
  const written: string[] = [];
  const lastly = Promise.withResolvers<void>();
  const destination = inBatches({
    write: (text) => {
      written.push(text);
      if (text.includes('99')) lastly.resolve();
    },
  });

  // Each in a turn of its own, all within a few milliseconds.
  for (let line = 0; line < 100; line += 1) {
    destination.write(`${line}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await lastly.promise;
  destination.write('fatal\n');
  destination.flushSync();

  expect(written.join('').trim().split('\n')).toEqual([...Array.from({ length: 100 }, (_, line) => String(line)), 'fatal']);
  expect(written.length).toBeLessThan(50);
});
