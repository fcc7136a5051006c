import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function printSchema(stdout: 'pipe' | number) {
  const child = spawn(process.execPath, [main, 'schema'], { env: {}, stdio: ['ignore', stdout, 'pipe'] });
  const told: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => told.push(text));
  return { child, ended: once(child, 'close').then(([code]) => [code, told.join('')]) };
}

test('whoever has read enough of what a command prints ends it without a word', async () => {
  const { child, ended } = printSchema('pipe');
  child.stdout?.once('data', () => child.stdout?.destroy());

  expect(await ended).toEqual([0, '']);
});

const fullDisk = '/dev/full';
const hasFullDisk = existsSync(fullDisk);
if (!hasFullDisk) console.warn(`There is no ${fullDisk} here: what commands say of a full disk is not tested.`);

test.skipIf(!hasFullDisk)('a command that cannot print says so in a line', async () => {
  const disk = openSync(fullDisk, 'w');
  const { ended } = printSchema(disk);
  closeSync(disk);

  expect(await ended).toEqual([1, 'rollcall: standard output takes nothing more: ENOSPC\n']);
});
