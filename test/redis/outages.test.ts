import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheKey } from '../../src/cache/key.ts';
import { openRedisLevel } from '../../src/cache/redis/level.ts';
import { account, nobody, page, startProcess } from './levels.ts';
import { startProxy } from './proxy.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';
import { away, back, everything, inUse, told } from './told.ts';

if (!hasRedis) console.warn(noRedis);

describe.skipIf(!hasRedis)('a Redis that goes away', () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(() => server?.[Symbol.asyncDispose]());

  test('is missed and found again: one line for each, nothing kept meanwhile, everything of each source dropped after', async () => {
    await using one = await startProcess(server.url);
    await one.keep(account('7'), 'kept');

    await server.kill();
    await expect.poll(() => told(one)).toHaveLength(2);
    const put = await one.read(account('7'));
    await put('read meanwhile');
    expect(await one.look(account('7'))).toBeUndefined();
    expect(one.heard).toEqual([]);
    await server.restart();
    await expect.poll(() => one.heard, { timeout: 15_000 }).toEqual(everything);
    await expect.poll(() => told(one)).toHaveLength(3);

    await put('read meanwhile');
    expect(await one.look(account('7'))).toBeUndefined();
    await one.keep(account('7'), 'new');
    expect(await one.look(account('7'))).toBe('new');
    expect(told(one)).toEqual([inUse, { ...away, reason: expect.any(String) }, back]);
  });

  test('is asked nothing: operations do not wait for it at all', async () => {
    await using one = await startProcess(server.url);
    await server.kill();
    await expect.poll(() => told(one)).toHaveLength(2);

    const first = await Promise.race([
      Promise.all([one.level.fetch([account('7')]), one.level.invalidate({ source: 'horde', account: '7' })]).then(
        () => 'answered',
      ),
      new Promise((resolve) => setImmediate(resolve, 'waiting')),
    ]);

    expect(first).toBe('answered');
  });

  test('does not have to be there when the process starts', async () => {
    await server.kill();
    await using one = await startProcess(server.url);
    expect(await one.look(account('7'))).toBeUndefined();
    expect(told(one)).toEqual([{ ...away, reason: 'nothing listens there' }]);

    await server.restart();
    await expect.poll(() => one.heard, { timeout: 15_000 }).toEqual(everything);

    await one.keep(account('7'), 'kept');
    expect(await one.look(account('7'))).toBe('kept');
    expect(told(one)).toEqual([{ ...away, reason: 'nothing listens there' }, back]);
  });

  test('comes back with what it had saved before an invalidation, and that is not read', async () => {
    await using one = await startProcess(server.url);
    await one.keep(account('7'), 'before');
    const put = await one.read(account('8'));
    await server.redis().save();
    await one.level.invalidate({ source: 'horde', account: '7' });

    await server.kill();
    await server.restart();
    await expect.poll(() => one.heard, { timeout: 15_000 }).toEqual(everything);
    await put('before');

    expect(await server.redis().keys('*:account:*')).toHaveLength(1);
    expect(await one.look(account('7'))).toBeUndefined();
    expect(await one.look(account('8'))).toBeUndefined();
  });

  test('hears what was invalidated while one process could not reach it, before that one reads again', async () => {
    await using proxy = await startProxy(server.port);
    await using cut = await startProcess(proxy.url);
    await using other = await startProcess(server.url);
    for (const key of [account('7'), account('8'), page('1')]) await other.keep(key, 'old');
    const put = await other.read(account('7'));

    proxy.cut();
    await expect.poll(() => told(cut)).toHaveLength(2);
    await cut.level.invalidate({ source: 'horde', account: '7' });
    expect(await other.look(account('7'))).toBe('old');
    proxy.mend();
    await expect.poll(() => cut.heard, { timeout: 15_000 }).toEqual(everything);

    await put('old');
    expect(await cut.look(account('7'))).toBeUndefined();
    expect(await cut.look(page('1'))).toBeUndefined();
    expect(await cut.look(account('8'))).toBe('old');
    await expect.poll(() => other.heard).toEqual([{ source: 'horde', account: '7' }]);
  });

  test.for([
    ['is killed', (each: RedisServer) => each.kill()],
    ['hangs', (each: RedisServer) => each.freeze()],
    ['is there', () => undefined],
  ] as const)('%s: closing ends every socket', async ([, befall]) => {
    await using proxy = await startProxy(server.port);
    const one = await startProcess(proxy.url);
    expect(proxy.open()).toBe(2);

    await befall(server);
    await one.level.close();

    await expect.poll(proxy.open).toBe(0);
    expect(await one.look(account('7'))).toBeUndefined();
    await one.level.invalidate({ source: 'horde', account: '7' });
    await one.level.close();
  });

  test('is not even connected to by a process that closes at once', async () => {
    await using proxy = await startProxy(server.port);

    const level = openRedisLevel({ url: proxy.url, prefix: 'test', deadlineMs: 50, sources: [], log: pino({ enabled: false }) });
    await level.close();

    expect(proxy.seen()).toBe(0);
  });

  test('is taken over by something that is no Redis, and nothing breaks', async () => {
    const { port } = server;
    await using one = await startProcess(server.url);
    await server.kill();
    const impostor = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await once(impostor.listen(port, '127.0.0.1'), 'listening');

    await once(impostor, 'connection');
    await once(impostor, 'connection');

    expect(await one.look(account('7'))).toBeUndefined();
    impostor.close();
    await once(impostor, 'close');
    await server.restart();
    await expect.poll(() => one.heard, { timeout: 15_000 }).toEqual(everything);
    expect(told(one)).toHaveLength(3);
  });

  test('keeps what it held for other sources of those who never lost it', async () => {
    await using proxy = await startProxy(server.port);
    await using cut = await startProcess(proxy.url);
    await using other = await startProcess(server.url);
    const groups = cacheKey('webui', nobody, 'shared', 'groups');
    await other.keep(groups, 'kept');

    proxy.cut();
    await expect.poll(() => told(cut)).toHaveLength(2);
    proxy.mend();
    await expect.poll(() => cut.heard, { timeout: 15_000 }).toEqual(everything);

    expect(await cut.look(groups)).toBe('kept');
    expect(other.heard).toEqual([]);
  });
});
