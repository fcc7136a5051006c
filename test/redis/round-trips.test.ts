import { describe, expect, test } from 'vitest';
import { account, page, startProcess } from './levels.ts';
import { startProxy } from './proxy.ts';
import { hasRedis, noRedis, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

const ids = Array.from({ length: 1_000 }, (_, index) => String(index));

describe.skipIf(!hasRedis)('what Redis is asked', () => {
  test('a thousand entries, put at once or one by one, go in one round trip and are fetched in one', async () => {
    await using server = await startRedis();
    await using proxy = await startProxy(server.port);
    await using one = await startProcess(proxy.url);
    const { ticket } = (await one.level.fetch([account('0')]))[0] ?? { ticket: '' };
    const items = ids.map((id) => ({ key: account(id), kept: { value: id, readAt: 1 }, ticket, forMs: 60_000 }));
    const stats = server.redis();
    await stats.config('RESETSTAT');

    // Until the last of them has gone by, nothing is answered: whoever waits for an answer in between waits for ever.
    proxy.holdAnswersUntil('evalsha', 1_000);
    one.level.put(items.slice(0, 500));
    for (const item of items.slice(500)) one.level.put([item]);
    await new Promise((resolve) => setImmediate(resolve));
    await one.level.fetch([page('1')]);
    proxy.holdAnswersUntil('hget', 1_000);
    const found = await one.level.fetch(ids.map((id) => account(id)));

    expect(found.map(({ kept }) => kept?.value)).toEqual(ids);
    expect(await callsOf(stats.info('commandstats'))).toMatchObject({ mget: 2, hget: 1_001, 'script|load': 1, evalsha: 1_000 });
  });

  test('no key is nothing to ask, and none to put neither', async () => {
    await using server = await startRedis();
    await using one = await startProcess(server.url);
    await server.redis().config('RESETSTAT');

    expect(await one.level.fetch([])).toEqual([]);
    one.level.put([]);
    one.level.put([{ key: account('7'), kept: { value: 1, readAt: 1 }, ticket: '', forMs: 1_000 }]);
    await one.level.invalidate({ source: 'unknown', account: null });
    await one.look(account('7'));

    const calls = await callsOf(server.redis().info('commandstats'));
    expect(Object.keys(calls).filter((name) => !['ping', 'config|resetstat', 'info'].includes(name))).toEqual(
      expect.arrayContaining(['set', 'mget', 'hget']),
    );
    expect(calls).not.toHaveProperty('script|load');
    expect(calls).not.toHaveProperty('unlink');
    expect(calls).toMatchObject({ mget: 1, hget: 1 });
  });
});

async function callsOf(info: Promise<string>): Promise<Record<string, number>> {
  return Object.fromEntries(
    [...(await info).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(([, name = '', calls]) => [name, Number(calls)]),
  );
}
