import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { byTheTurn } from '../src/log.ts';

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

test('the lines of one turn are written together, and no later than at its end', async () => {
  const written: string[] = [];
  const destination = byTheTurn({ write: (text) => void written.push(text) });

  destination.write('a\n');
  destination.write('b\n');
  expect(written).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  destination.write('c\n');
  destination.flushSync();

  expect(written).toEqual(['a\nb\n', 'c\n']);
});
