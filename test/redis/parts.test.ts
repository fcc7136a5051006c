import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { createDebts } from '../../src/cache/redis/debts.ts';
import { fingerprint } from '../../src/cache/redis/fingerprints.ts';
import { fieldOf } from '../../src/cache/redis/names.ts';
import { createPutQueue } from '../../src/cache/redis/put-queue.ts';
import { late, patiently, within } from '../../src/cache/redis/within.ts';
import { horde } from './levels.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('invalidations that are owed', () => {
  test('are owed once, and until that very one is settled', () => {
    const debts = createDebts();
    const first = debts.owe({ source: 'horde', account: '7' });
    debts.owe({ source: 'horde', account: '7' });
    const other = debts.owe({ source: 'horde', account: '8' });

    debts.settle([first, other]);

    expect(debts.all()).toEqual([{ source: 'horde', account: '7' }]);
  });

  test('are put together to whole sources when there are too many', () => {
    const debts = createDebts();
    debts.owe({ source: 'webui', account: '1' });

    for (let index = 0; index < 1_000; index += 1) debts.owe({ source: 'horde', account: String(index) });

    expect(debts.all()).toEqual([
      { source: 'webui', account: null },
      { source: 'horde', account: null },
    ]);
  });
});

describe('what waits to be put', () => {
  test('goes together after the turn in which it came', async () => {
    const sent: number[][] = [];
    const queue = createPutQueue<number>(async (items) => void sent.push([...items]));

    queue.add([1]);
    queue.add([2, 3]);
    const atOnce = sent.length;
    await nextTurn();

    expect(atOnce).toBe(0);
    expect(sent).toEqual([[1, 2, 3]]);
  });

  test('is bounded while nothing comes back, and goes on afterwards', async () => {
    const answers: (() => void)[] = [];
    const sent: number[] = [];
    const queue = createPutQueue<number>((items) => {
      sent.push(items.length);
      return new Promise((resolve) => answers.push(resolve));
    });

    queue.add(Array.from({ length: 4_000 }, (_, index) => index));
    await expect.poll(() => sent).toEqual([1_000, 1_000, 1_000, 1_000]);
    queue.add(Array.from({ length: 50_000 }, (_, index) => index));
    await nextTurn();
    await nextTurn();
    expect(sent).toHaveLength(4);
    for (let round = 0; round < 14; round += 1) {
      await expect.poll(() => answers.length).toBeGreaterThan(0);
      answers.shift()?.();
    }

    await expect.poll(() => sent.reduce((sum, count) => sum + count, 0)).toBe(14_000);
    expect(answers).toHaveLength(0);
  });
});

describe('waiting for an answer', () => {
  test('ends when it takes too long', async () => {
    expect(await within(new Promise(() => undefined), 1)).toBe(late);
  });

  test('several steps are waited for though the process is busy between them, and not for ever', async () => {
    const busyTurn = async (): Promise<void> => {
      await nextTurn();
      const until = performance.now() + 20;
      while (performance.now() < until);
    };
    const steps = async (): Promise<string> => {
      for (let step = 0; step < 4; step += 1) await busyTurn();
      return 'done';
    };

    expect(await within(steps(), 30)).toBe(late);
    expect(await patiently(steps(), 30)).toBe('done');
    expect(await patiently(new Promise(() => undefined), 10)).toBe(late);
  });

  test('hears an answer that has arrived while the process itself was busy', async () => {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => port1.once('message', resolve));
    // From here the timers that are due come before what has arrived.
    await nextTurn();

    const waiting = within(answer, 5);
    port2.postMessage('here');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);

    expect(await waiting).toBe('here');
    port1.close();
  });
});

describe('a fingerprint', () => {
  test('is another in another release, which is told of the same invalidations', () => {
    const [one, other] = [fingerprint(horde, '1.0.0'), fingerprint(horde, '1.1.0')];

    expect(one.upstream).toBe(other.upstream);
    expect(fieldOf('none', one)).not.toBe(fieldOf('none', other));
    expect(fieldOf('none', one)).toBe(fieldOf('none', fingerprint({ ...horde }, '1.0.0')));
  });

  test('is that of this release when nothing is said', () => {
    expect(fingerprint(horde)).toEqual(fingerprint(horde, manifest.version));
  });
});
