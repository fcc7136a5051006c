import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inBatches } from '../src/log.ts';

const src = (file: string): string => JSON.stringify(fileURLToPath(new URL(`../src/${file}`, import.meta.url)));

/** What a process logs that ends as this says, its streams being pipes. */
function logOf(ending: string): Promise<string> {
  const script = `
    const { createLogger } = await import(${src('log.ts')});
    const { createRedaction } = await import(${src('redaction.ts')});
    const log = createLogger('info', createRedaction([]));
    for (let line = 1; line <= 300; line += 1) log.info({ line }, 'told');
    ${ending}
  `;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (_error, stdout) => resolve(stdout));
  });
}

test.each([
  ['by itself', ''],
  ['by process.exit', 'process.exit(0);'],
  ['by an error that nobody catches', 'throw new Error("no");'],
  ['in another turn', 'setTimeout(() => process.exit(1));'],
])('a process that ends %s has written every line, in order', async (_name, ending) => {
  const lines = (await logOf(ending)).trim().split('\n');

  expect(lines.map((line) => JSON.parse(line).line)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
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
