import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, caller, nobody, page, startProcess } from './levels.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

describe.skipIf(!hasRedis)('what is kept in Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(() => server.redis().flushall());
  afterAll(() => server?.[Symbol.asyncDispose]());

  test('an entry is good for its own time, though others of the same account are kept longer', async () => {
    let now = Date.now();
    await using one = await startProcess(server.url, { now: () => now });
    await one.keep(account('7'), 'short', { forMs: 10_000 });
    await one.keep(account('7', caller('ada')), 'long', { forMs: 50_000 });
    await one.keep(account('7', nobody), 'short', { forMs: 10_000 });
    await one.keep(account('7', caller('grace')), 'none', { forMs: 0 });

    now += 20_000;

    expect(await one.look(account('7'))).toBeUndefined();
    expect(await one.look(account('7', caller('ada')))).toBe('long');
    expect(await one.look(account('7', caller('grace')))).toBeUndefined();
    for (const key of await server.redis().keys('*:account:*')) {
      expect(await server.redis().pttl(key)).toSatisfy((ms: number) => ms > 10_000 && ms <= 50_000);
    }
  });

  test('nothing is kept in Redis for ever', async () => {
    await using one = await startProcess(server.url);
    for (const key of [account('7'), page('1')]) await one.keep(key, 'kept');
    await one.level.invalidate({ source: 'horde', account: '8' });
    await one.look(account('8'));

    const names = await server.redis().keys('*');

    expect(names).toHaveLength(4);
    for (const name of names) expect(await server.redis().pttl(name)).toBeGreaterThan(0);
  });

  test('what many passing callers leave behind of an account is bounded', async () => {
    await using one = await startProcess(server.url);

    for (let index = 0; index < 200; index += 1) await one.keep(account('7', caller(`caller ${index}`)), index);

    const [name = ''] = await server.redis().keys('*:account:*');
    expect(await server.redis().hlen(name)).toBeLessThanOrEqual(64);
    expect(await one.look(account('7', caller('caller 199')))).toBe(199);
  });

  test('a time in the future, of a clock that is a little ahead, becomes now', async () => {
    await using one = await startProcess(server.url, { now: () => 5_000_000 });
    await one.keep(account('7'), 'kept', { readAt: 5_001_000 });

    const [found] = await one.level.fetch([account('7')]);

    expect(found?.kept).toEqual({ value: 'kept', readAt: 5_000_000 });
  });

  test('what a clock kept that was hours ahead has no age, and is not given out once it is right again', async () => {
    await using one = await startProcess(server.url, { now: () => 5_000_000 });
    await one.keep(account('7'), 'kept', { readAt: 5_001_001 });

    const [found] = await one.level.fetch([account('7')]);

    expect(found?.kept).toBeUndefined();
  });
});
