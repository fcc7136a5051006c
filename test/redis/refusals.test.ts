import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { account, caller, page, startProcess } from './levels.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

const password = 'p@ss/word-1';

describe.skipIf(!hasRedis)('a Redis with a password', () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedis({ password });
  });
  afterEach(() => server?.[Symbol.asyncDispose]());

  test('lets in who knows it', async () => {
    await using one = await startProcess(server.url);

    await one.keep(account('7'), 'kept');

    expect(await one.look(account('7'))).toBe('kept');
  });

  test.for([
    ['a wrong password', ':wrong-secret@', 'the user or password is not accepted'],
    ['none', '', 'it wants a password'],
    ['a wrong user', 'ada:p%40ss%2Fword-1@', 'the user or password is not accepted'],
  ] as const)(
    'with %s it counts as away, and the log tells why without it and without the address',
    async ([, shown, reason]) => {
      await using one = await startProcess(`redis://${shown}127.0.0.1:${server.port}`);

      expect(await one.look(account('7'))).toBeUndefined();
      expect(one.logged.map(({ msg, reason }) => [msg, reason])).toEqual([
        ['the shared cache is away, going on without it', reason],
      ]);
      const text = JSON.stringify(one.logged);
      for (const secret of ['wrong-secret', password, 'ada', '127.0.0.1', String(server.port)])
        expect(text).not.toContain(secret);
    },
  );

  test('tells a process that may not change anything once, and that one finds nothing', async () => {
    await server.redis().acl('SETUSER', 'reader', 'on', '>reader-secret', 'allkeys', 'allchannels', '+@all', '-set', '-evalsha');
    await using one = await startProcess(`redis://reader:reader-secret@127.0.0.1:${server.port}`);

    for (let round = 0; round < 3; round += 1) await one.keep(account('7'), 'kept');

    expect(await one.look(account('7'))).toBeUndefined();
    expect(one.logged.map(({ level, reason }) => [level, reason])).toEqual([
      ['info', undefined],
      ['warn', 'its user may not do what is needed'],
    ]);
  });

  test('is gone without where its user may not tell of invalidations: others would read what is wrong', async () => {
    await server.redis().acl('SETUSER', 'mute', 'on', '>mute-secret', 'allkeys', 'allchannels', '+@all', '-publish');
    await using other = await startProcess(server.url);
    await using one = await startProcess(`redis://mute:mute-secret@127.0.0.1:${server.port}`);
    await one.keep(account('7'), 'kept');

    await one.level.invalidate({ source: 'horde', account: '7' });

    await expect.poll(() => one.logged.at(-1)).toMatchObject({ level: 'warn', reason: 'its user may not do what is needed' });
    expect(await one.look(account('8'))).toBeUndefined();
    await server.redis().acl('SETUSER', 'mute', '+publish');
    await expect.poll(() => other.heard, { timeout: 15_000 }).toEqual([{ source: 'horde', account: '7' }]);
    expect(await other.look(account('7'))).toBeUndefined();
  });

  test('does without knowing which run it is where INFO is not allowed', async () => {
    await server.redis().acl('SETUSER', 'blind', 'on', '>blind-secret', 'allkeys', 'allchannels', '+@all', '-info');
    await using one = await startProcess(`redis://blind:blind-secret@127.0.0.1:${server.port}`);

    await one.keep(account('7'), 'kept');

    expect(await one.look(account('7'))).toBe('kept');
  });

  test('is still invalidated when it is full, and says once that it takes nothing', async () => {
    await using one = await startProcess(server.url);
    await one.keep(account('7'), 'old');
    await one.keep(page('1'), 'old');
    await server.redis().config('SET', 'maxmemory', '1');

    for (let round = 0; round < 2; round += 1) await one.keep(account('8', caller('ada')), 'new');
    await one.level.invalidate({ source: 'horde', account: '7' });

    expect(await one.look(account('7'))).toBeUndefined();
    expect(await one.look(page('1'))).toBeUndefined();
    expect(one.logged.map(({ msg, reason }) => [msg, reason])).toEqual([
      ['the shared cache is in use', undefined],
      ['the shared cache refuses what it is asked for', 'it is full'],
    ]);
    await server.redis().config('SET', 'maxmemory', '0');
    await one.keep(account('7'), 'new');
    expect(await one.look(account('7'))).toBe('new');
  });
});
