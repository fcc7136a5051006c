import { expect, test } from 'vitest';
import { mergeKept } from '../../src/cache/kept-account.ts';
import { cacheKey } from '../../src/cache/key.ts';
import { createMemory } from '../../src/cache/memory.ts';

const service = { class: 'service', key: 'a key' } as const;
const account = (id: string) => cacheKey('webui', service, 'account', id);
const page = cacheKey('webui', service, 'page', 'first');

test('memory keeps to its bound, and lets the least lately used go', () => {
  const memory = createMemory(1_000_000);
  const text = 'x'.repeat(10_000);
  for (let id = 0; id < 500; id += 1) {
    memory.set(account(`${id}`), { value: { text: `${id}${text}` }, readAt: 0 }, memory.begin());
    memory.get(account('0'));
  }

  const kept = Array.from({ length: 500 }, (_, id) => `${id}`).filter((id) => memory.get(account(id)) !== undefined);

  expect(kept).toContain('0');
  expect(kept).toContain('499');
  expect(kept).not.toContain('1');
  expect(kept.length * text.length).toBeLessThan(1_000_000);
  expect(kept.length).toBeGreaterThan(80);
});

test('what is larger than the whole memory is not kept and pushes nothing out', () => {
  const memory = createMemory(1_000_000);
  memory.set(account('small'), { value: { text: 'x' }, readAt: 0 }, memory.begin());
  memory.set(account('large'), { value: { text: 'x'.repeat(2_000_000) }, readAt: 0 }, memory.begin());

  expect(memory.get(account('large'))).toBeUndefined();
  expect(memory.get(account('small'))).toBeDefined();
});

test('what is kept cannot be changed by whoever is given it', () => {
  const memory = createMemory(1_000_000);
  const value = { name: 'ada', groups: [{ id: 'crew' }] };
  memory.set(account('a'), { value, readAt: 0 }, memory.begin());

  expect(() => value.groups.push({ id: 'staff' })).toThrow(TypeError);
  expect(() => Object.assign(value.groups[0] ?? {}, { id: 'staff' })).toThrow(TypeError);
  expect(memory.get(account('a'))?.value).toEqual({ name: 'ada', groups: [{ id: 'crew' }] });
});

test('classes do not share, and a drop reaches all of them', () => {
  const memory = createMemory(1_000_000);
  const own = (holder: string) => cacheKey('webui', { class: 'caller', key: 'k', holder }, 'account', 'a');
  const none = cacheKey('webui', { class: 'none' }, 'account', 'a');
  const keys = [account('a'), own('one'), own('two'), none];
  for (const [index, key] of keys.entries()) memory.set(key, { value: index, readAt: 0 }, memory.begin());
  expect(keys.map((key) => memory.get(key)?.value)).toEqual([0, 1, 2, 3]);

  memory.invalidate({ source: 'webui', account: 'a' });

  expect(keys.map((key) => memory.get(key))).toEqual([undefined, undefined, undefined, undefined]);
});

test('dropping an account drops what is no account of its source too, and nothing else', () => {
  const memory = createMemory(1_000_000);
  const elsewhere = cacheKey('horde', service, 'account', 'a');
  for (const key of [account('a'), account('b'), page, elsewhere]) memory.set(key, { value: 1, readAt: 0 }, memory.begin());

  memory.invalidate({ source: 'webui', account: 'a' });
  expect([account('a'), account('b'), page, elsewhere].map((key) => memory.get(key)?.value)).toEqual([
    undefined,
    1,
    undefined,
    1,
  ]);

  memory.invalidate({ source: 'webui', account: null });
  expect([account('b'), elsewhere].map((key) => memory.get(key)?.value)).toEqual([undefined, 1]);
});

test('what was begun before a drop is not kept after it, however many accounts were dropped since', () => {
  const memory = createMemory(10_000_000);
  const begun = memory.begin();
  for (let id = 0; id <= 10_001; id += 1) memory.invalidate({ source: 'webui', account: `${id}` });

  for (const id of ['0', '10001', 'never dropped']) memory.set(account(id), { value: 1, readAt: 0 }, begun);
  expect(['0', '10001'].map((id) => memory.get(account(id)))).toEqual([undefined, undefined]);
  memory.set(account('0'), { value: 2, readAt: 0 }, memory.begin());
  expect(memory.get(account('0'))?.value).toBe(2);
});

test('of two layers each facet is taken from the newer one', () => {
  const layer = (readAt: number, facets: object, nothing: string[] = []) => ({
    readAt,
    lag: 0,
    facets,
    nothing: nothing as never[],
  });
  const merged = mergeKept(
    { layers: [layer(10, { kudos: 1, email: 'a' }, ['bio'])] },
    { layers: [layer(20, { kudos: 2 }), layer(5, { kudos: 0, info: {} })] },
  );

  expect(merged).toEqual({ layers: [layer(20, { kudos: 2 }), layer(10, { email: 'a' }, ['bio']), layer(5, { info: {} })] });
  expect(mergeKept(merged, { nobodyAt: 20 })).toEqual({ nobodyAt: 20 });
  expect(mergeKept({ nobodyAt: 30 }, merged)).toEqual({ nobodyAt: 30 });
  expect(mergeKept({ nobodyAt: 15 }, merged)).toEqual(merged);
});
