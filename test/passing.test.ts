import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createPassing } from '../src/passing.ts';

test('what stands under a key is found until it goes, and what takes its place is not dropped with it', () => {
  const passing = createPassing<string, object>();
  const [first, second] = [{}, {}];
  passing.set('a', first);
  const before = passing.get('a');
  passing.set('a', second);

  passing.drop('a', first);
  const between = passing.get('a');
  passing.drop('a', second);

  expect(before).toBe(first);
  expect(between).toBe(second);
  expect(passing.get('a')).toBeUndefined();
});

test('all of it goes at once, and what comes after that stays', () => {
  const passing = createPassing<number, string>();
  for (const key of [1, 2, 3]) passing.set(key, `before ${key}`);

  passing.clear();
  passing.set(2, 'after');

  expect([1, 2, 3].map((key) => passing.get(key))).toEqual([undefined, 'after', undefined]);
});

test('what has gone is collected with the young, where a map keeps it until the old are looked through', async () => {
  const passing = JSON.stringify(fileURLToPath(new URL('../src/passing.ts', import.meta.url)));
  const script = `
    const { createPassing } = await import(${passing});
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    // How many of 200 things of 8 kB are still in memory, of which four stood there at a time.
    async function left(things) {
      gc();
      await turn();
      const before = process.memoryUsage().heapUsed;
      const here = [];
      for (let key = 0; key < 200; key += 1) {
        here.push({ key, numbers: Array.from({ length: 1_000 }, () => key + 0.5) });
        things.set(key, here.at(-1));
        if (here.length > 3) things.drop(here[0].key, here.shift());
      }
      here.length = 0;
      for (const _ of [1, 2]) {
        await turn();
        gc({ type: 'minor' });
      }
      return (process.memoryUsage().heapUsed - before) / 8_000;
    }
    const map = new Map();
    const asMap = { set: (key, thing) => map.set(key, thing), drop: (key) => map.delete(key) };
    console.log(JSON.stringify([await left(asMap), await left(createPassing())]));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
  const [inMap, inPassing] = JSON.parse(stdout);

  expect(inMap).toBeGreaterThan(100);
  expect(inPassing).toBeLessThan(20);
});
