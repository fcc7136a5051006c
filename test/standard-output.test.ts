import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createOutput } from '../src/standard-output.ts';

const full = (): never => {
  throw Object.assign(new Error('full'), { code: 'EAGAIN' });
};

/** Takes so many bytes for each turn that it is given, and else nothing. */
function reader() {
  const taken: string[] = [];
  let room = 0;
  return {
    taken: () => taken.join(''),
    give: (bytes: number) => {
      room += bytes;
    },
    take: (bytes: Uint8Array): number => {
      if (room === 0) full();
      const part = bytes.subarray(0, room);
      taken.push(Buffer.from(part).toString('latin1'));
      room -= part.length;
      return part.length;
    },
  };
}

const isNobodyTold = (): never => {
  throw new Error('nothing is lost here');
};

test('what a reader takes in parts comes whole and in order', async () => {
  const { give, take, taken } = reader();
  const output = createOutput({ take, onLost: isNobodyTold });

  output.write('first line\nsecond line\n');
  output.write('third line\n');
  expect(taken()).toBe('');
  for (const bytes of [3, 9, 1, 100]) {
    give(bytes);
    const before = taken();
    await expect.poll(taken).not.toBe(before);
  }

  expect(taken()).toBe('first line\nsecond line\nthird line\n');
});

test('what there is no room for is left out by whole texts, and told once there is', async () => {
  const { give, take, taken } = reader();
  const lost: number[] = [];
  const output = createOutput({ take, most: 4, onLost: (lines) => lost.push(lines) });

  for (const text of ['a\nb\n', 'c\nd\n', 'e\n']) output.write(text);
  expect(lost).toEqual([]);
  give(100);
  await expect.poll(() => lost).toEqual([3]);
  output.write('f\n');

  expect(taken()).toBe('a\nb\nf\n');
  expect(lost).toEqual([3]);
});

test('what there is no room for is told also at the end, where the reader comes back for it', () => {
  const { give, take, taken } = reader();
  const lost: number[] = [];
  const output = createOutput({ take, most: 4, onLost: (lines) => lost.push(lines) });
  for (const text of ['a\nb\n', 'c\n']) output.write(text);

  give(100);
  output.flushSync();

  expect([taken(), lost]).toEqual(['a\nb\n', [1]]);
});

test('a hundred thousand texts that waited are taken in a few pieces', () => {
  const pieces: number[] = [];
  let isFull = true;
  const output = createOutput({
    take: (bytes) => {
      if (isFull) full();
      pieces.push(bytes.length);
      return bytes.length;
    },
    onLost: isNobodyTold,
  });
  for (let line = 0; line < 100_000; line += 1) output.write('told\n');

  isFull = false;
  output.flushSync();

  expect(pieces.reduce((sum, length) => sum + length)).toBe(500_000);
  expect(pieces.length).toBeLessThan(5);
});

test('a disk that was full is written on where it stopped', () => {
  const taken: string[] = [];
  let isFull = false;
  const output = createOutput({
    take: (bytes) => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      isFull = true;
      taken.push(Buffer.from(bytes.subarray(0, 3)).toString());
      return 3;
    },
    onLost: isNobodyTold,
  });

  output.write('abcdef');
  isFull = false;
  output.flushSync();

  expect(taken).toEqual(['abc', 'def']);
});

test('who reads no more holds nothing up', () => {
  const output = createOutput({
    take: () => {
      throw Object.assign(new Error('gone'), { code: 'EPIPE' });
    },
    onLost: isNobodyTold,
  });

  output.write('a\n');
  output.flushSync();
});

const logging = ['log.ts', 'redaction.ts'].map((file) =>
  JSON.stringify(fileURLToPath(new URL(`../src/${file}`, import.meta.url))),
);

/** Logs 6,000 lines, some in each turn, of which a pipe holds some hundreds, and ends as this says. */
const scriptOf = (ending: string): string => `
  const { createLogger } = await import(${logging[0]});
  const { createRedaction } = await import(${logging[1]});
  const log = createLogger('info', createRedaction([]));
  let line = 0;
  const turns = setInterval(() => {
    for (let more = 0; more < 400; more += 1) log.info({ line: (line += 1), pad: 'é'.repeat(60) }, 'told');
    if (line < 6000) return;
    clearInterval(turns);
    ${ending}
  }, 12);
`;

/** By Node it gets a socket, behind a shell a pipe. */
const starts = {
  socket: (script: string) => spawn(process.execPath, ['--input-type=module', '-e', script]),
  pipe: (script: string) => {
    const environment = { ...process.env, NODE: process.execPath, SCRIPT: script };
    return spawn('sh', ['-c', '"$NODE" --input-type=module -e "$SCRIPT" | (sleep 1; cat)'], { env: environment });
  },
};

const endings = {
  'by itself': '',
  'by process.exit': 'process.exit(0);',
  'by an error that nobody catches': 'throw new Error("no");',
  'by process.exit in an exit listener, where it logs once more':
    'process.once("exit", () => log.info({ line: 6001 }, "told")); process.exit(0);',
};

test.each(Object.keys(starts).flatMap((to) => Object.entries(endings).map(([how, ending]) => [to, how, ending] as const)))(
  'into a %s with a slow reader a process that ends %s has written every line whole',
  async (to, _how, ending) => {
    const child = starts[to as keyof typeof starts](scriptOf(ending));
    child.stderr.resume();
    const texts: Buffer[] = [];
    // Not for anything to happen: the reader is that slow.
    if (to === 'socket') await pause(1_000);
    for await (const text of child.stdout) texts.push(text);

    const lines = Buffer.concat(texts).toString().trim().split('\n');

    const count = ending.includes('6001') ? 6_001 : 6_000;
    expect(lines.map((line) => JSON.parse(line).line)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  },
  20_000,
);

test.each(['by itself', 'by process.exit'] as const)(
  'whoever takes nothing does not keep a process from ending %s',
  async (how) => {
    const child = starts.socket(scriptOf(endings[how]));
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stderr.resume();

    // Nobody reads what it writes.
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
  },
  20_000,
);
