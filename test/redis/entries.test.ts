import { stringify } from 'devalue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { longestEntry } from '../../src/cache/redis/entry.ts';
import { account, caller, type Process, page, startProcess } from './levels.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

describe.skipIf(!hasRedis)('what stands in Redis', () => {
  let server: RedisServer;
  let one: Process;
  beforeEach(async () => {
    server = await startRedis();
    one = await startProcess(server.url);
  });
  afterEach(async () => {
    await one?.level.close();
    await server?.[Symbol.asyncDispose]();
  });

  /** Puts a text where the entry of account 7 stands. */
  async function spoil(change: (entry: string) => string): Promise<void> {
    await one.keep(account('7'), 'kept');
    const [name = ''] = await server.redis().keys('*:account:*');
    const [[field = '', text = ''] = []] = Object.entries(await server.redis().hgetall(name));
    await server.redis().hset(name, field, change(text));
  }

  const unflattened = (text: string, change: object): string => {
    // `one.keep` wrote it: an object of four parts.
    const [{ stamp, until }, ...values] = JSON.parse(text);
    return stringify({ stamp: values[stamp - 1], until: values[until - 1], readAt: 1, value: 'kept', ...change });
  };

  test('an entry that is written again as it should be is read', async () => {
    await spoil((text) => unflattened(text, { value: 'other' }));

    expect(await one.look(account('7'))).toBe('other');
  });

  test.for([
    ['nothing', () => ''],
    ['no JSON', () => '{"value":'],
    ['JSON of another form', () => '{"value":"evil","readAt":1}'],
    ['half of an entry', (text: string) => text.slice(0, text.length / 2)],
    ['bytes', () => '\u0000\uFFFF'],
    ['an entry under another stamp', (text: string) => unflattened(text, { stamp: 'another' })],
    ['an entry without a time', (text: string) => unflattened(text, { readAt: undefined })],
    ['an entry with a time that is none', (text: string) => unflattened(text, { readAt: Number.NaN })],
    ['an entry from before 1970', (text: string) => unflattened(text, { readAt: -1 })],
    ['an entry whose end is a text', (text: string) => unflattened(text, { until: '9999999999999' })],
    ['an entry with more in it', (text: string) => unflattened(text, { more: 1 })],
    ['a pattern', (text: string) => unflattened(text, { value: { pattern: /(a+)+$/ } })],
    ['a map', (text: string) => unflattened(text, { value: new Map([['a', 1]]) })],
    ['a time that is none', (text: string) => unflattened(text, { value: [new Date(Number.NaN)] })],
    ['a circle', (text: string) => unflattened(text, { value: circle() })],
    ['something deep', (text: string) => unflattened(text, { value: nested(100) })],
    ['something long', (text: string) => unflattened(text, { value: 'x'.repeat(longestEntry) })],
  ] as const)('%s is as good as no entry', async ([, change]) => {
    await spoil(change);

    expect(await one.look(account('7'))).toBeUndefined();
    await one.keep(account('7'), 'new');
    expect(await one.look(account('7'))).toBe('new');
  });

  test('something of another sort under our names is as good as no entry', async () => {
    await one.keep(account('7'), 'kept');
    const names = await server.redis().keys('*');
    for (const name of names) await server.redis().del(name);
    for (const name of names) await server.redis().lpush(name, 'garbage');

    expect(await one.look(account('7'))).toBeUndefined();
    await one.keep(account('7'), 'new');
    expect(await one.look(account('7'))).toBeUndefined();
    expect(one.logged.at(-1)).toMatchObject({ level: 'warn', reason: 'something else stands under its names' });
  });

  test('a prototype cannot be slipped in', async () => {
    await spoil((text) => {
      const [{ stamp, until }, ...values] = JSON.parse(text);
      return `[{"stamp":1,"until":2,"readAt":2,"value":3},${JSON.stringify(values[stamp - 1])},${values[until - 1]},{"__proto__":4},{"admin":5},true]`;
    });

    const value = await one.look(account('7'));

    expect(value).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  test.for([
    ['too long', 'x'.repeat(longestEntry)],
    ['of a class', { error: new URLSearchParams() }],
    ['a function', { call: () => 1 }],
  ] as const)('what is %s is not kept, and what is put with it is', async ([, value]) => {
    const { ticket } = (await one.level.fetch([account('7')]))[0] ?? { ticket: '' };

    one.level.put([
      { key: account('7'), kept: { value, readAt: 1 }, ticket, forMs: 60_000 },
      { key: account('8'), kept: { value: 'fine', readAt: 1 }, ticket, forMs: 60_000 },
    ]);
    await new Promise((resolve) => setImmediate(resolve));

    expect(await one.look(account('8'))).toBe('fine');
    expect(await one.look(account('7'))).toBeUndefined();
    expect(await server.redis().keys('*:account:*')).toHaveLength(1);
  });

  test('what is large and not too long is kept', async () => {
    const value = Array.from({ length: 3_000 }, (_, index) => ({ id: index, name: `somebody ${index}`, since: new Date(index) }));

    await one.keep(page('1'), value);

    expect(await one.look(page('1'))).toEqual(value);
  });

  test('no key, no hash of a key, no id and no address stand there or go by', async () => {
    const seen: string[] = [];
    // What another connection says while it is being made comes between the monitor and its own first answer.
    await server.redis().ping();
    const monitor = await server.redis().monitor();
    monitor.on('monitor', (_time, args: string[]) => seen.push(args.join(' ')));
    const keys = [account('native-7'), account('native-7', caller('ada')), page('search for grace')];
    for (const key of keys) await one.keep(key, 'kept');

    const all = await server.redis().keys('*');
    const held = await Promise.all(all.map(async (name) => JSON.stringify(await server.redis().dumpBuffer(name))));

    await expect.poll(() => seen.filter((line) => line.startsWith('evalsha'))).toHaveLength(3);
    monitor.disconnect();
    const text = [...all, ...held, ...seen].join('\n');
    expect(text).toContain('test:1:');
    for (const secret of ['in-clear', 'holder-ada', 'native-7', 'grace', 'horde.example']) expect(text).not.toContain(secret);
  });

  test.for([
    ['no JSON', 'garbage'],
    ['another form', '{"source":"horde","account":"7"}'],
    ['an unknown source', '{"by":"x","upstream":"unknown","account":null}'],
    ['a list', '[]'],
    ['an account that is a number', '{"by":"x","upstream":"unknown","account":7}'],
  ] as const)('a message that is %s is not listened to', async ([, message]) => {
    await using other = await startProcess(server.url);

    await server.redis().publish('test:1:invalidations', message);
    await other.level.invalidate({ source: 'horde', account: '9' });

    await expect.poll(() => one.heard).toEqual([{ source: 'horde', account: '9' }]);
  });
});

function circle(): object {
  const value: { self?: object } = {};
  value.self = value;
  return value;
}

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : [nested(depth - 1)]);
