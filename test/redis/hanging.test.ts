import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { account, type Process, startProcess } from './levels.ts';
import { startProxy } from './proxy.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';
import { away, back, everything, inUse, told } from './told.ts';

if (!hasRedis) console.warn(noRedis);

describe.skipIf(!hasRedis)('a Redis that', () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(() => server?.[Symbol.asyncDispose]());

  test('hangs: the first to ask wait no longer than they have to, the next not at all, until it answers again', async () => {
    await using one = await startProcess(server.url, { deadlineMs: 1_000 });
    await expect.poll(() => keptBy(one)).toBe('kept');

    server.freeze();
    for (let round = 0; round < 3; round += 1) expect(await one.look(account('7'))).toBeUndefined();
    const first = await Promise.race([
      Promise.all([one.look(account('7')), one.level.invalidate({ source: 'horde', account: '8' })]).then(() => 'answered'),
      new Promise((resolve) => setImmediate(resolve, 'waiting')),
    ]);
    server.thaw();

    expect(first).toBe('answered');
    await expect.poll(() => told(one), { timeout: 15_000 }).toEqual([inUse, { ...away, reason: 'it answers too slowly' }, back]);
    await expect.poll(() => one.look(account('7'))).toBe('kept');
    expect(one.heard).toEqual([]);
  });

  test('hangs for long: the connections are given up, and it counts as one that was away', async () => {
    await using proxy = await startProxy(server.port);
    await using one = await startProcess(proxy.url);

    server.freeze();
    const looking = one.look(account('7'));
    await expect.poll(proxy.open, { timeout: 15_000 }).toBe(0);
    expect(await looking).toBeUndefined();
    await one.level.invalidate({ source: 'horde', account: '7' });
    server.thaw();

    await expect.poll(() => one.heard, { timeout: 15_000 }).toEqual(everything);
    await expect.poll(() => told(one)).toEqual([inUse, { ...away, reason: 'it does not answer' }, back]);
  });

  test('hangs while something is invalidated: that is done before this process reads again', async () => {
    await using one = await startProcess(server.url, { deadlineMs: 100 });
    await using other = await startProcess(server.url);
    await other.keep(account('7'), 'old');

    server.freeze();
    await one.level.invalidate({ source: 'horde', account: '7' });
    server.thaw();

    await expect.poll(() => other.heard).toEqual([{ source: 'horde', account: '7' }]);
    expect(await other.look(account('7'))).toBeUndefined();
    expect(await one.look(account('7'))).toBeUndefined();
  });

  test('hangs while much is invalidated: the connection is given up once, and nothing is said on standard error', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    await using proxy = await startProxy(server.port);
    await using one = await startProcess(proxy.url, { deadlineMs: 20 });

    server.freeze();
    const invalidating = Array.from({ length: 30 }, (_, index) =>
      one.level.invalidate({ source: 'horde', account: String(index) }),
    );
    await Promise.all(invalidating);
    await expect.poll(proxy.open, { timeout: 15_000 }).toBe(0);
    server.thaw();
    await expect.poll(() => told(one), { timeout: 15_000 }).toContainEqual(back);
    process.off('warning', listen);

    expect(warnings).toEqual([]);
  });

  test('hangs while one thing after the other is invalidated: three are waited for, the next not at all', async () => {
    await using one = await startProcess(server.url, { deadlineMs: 40 });

    server.freeze();
    for (const account of ['1', '2', '3']) {
      expect(told(one)).toEqual([inUse]);
      await one.level.invalidate({ source: 'horde', account });
    }
    const next = await Promise.race([
      one.level.invalidate({ source: 'horde', account: '4' }).then(() => 'done'),
      new Promise((resolve) => setImmediate(resolve, 'waiting')),
    ]);
    expect(next).toBe('done');
    expect(told(one)).toEqual([inUse, { ...away, reason: 'it answers too slowly' }]);
    server.thaw();

    await expect.poll(() => told(one), { timeout: 15_000 }).toEqual([inUse, { ...away, reason: 'it answers too slowly' }, back]);
  });

  test('hangs while much is invalidated at once: that is late once', async () => {
    await using one = await startProcess(server.url, { deadlineMs: 40 });

    server.freeze();
    await Promise.all(['1', '2', '3', '4'].map((account) => one.level.invalidate({ source: 'horde', account })));
    server.thaw();

    expect(told(one)).toEqual([inUse]);
  });

  test('hangs: closing does not wait for it to part', async () => {
    const one = await startProcess(server.url);

    server.freeze();

    await expect(one.level.close()).resolves.toBeUndefined();
  });
});

async function keptBy(process: Process): Promise<unknown> {
  await process.keep(account('7'), 'kept');
  return process.look(account('7'));
}
