import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cacheKey } from '../../src/cache/key.ts';
import { account, caller, horde, nobody, page, service, startProcess, webui } from './levels.ts';
import { startProxy } from './proxy.ts';
import { hasRedis, noRedis, type RedisServer, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

describe.skipIf(!hasRedis)('a Redis that is there', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(() => server.redis().flushall());
  afterAll(() => server?.[Symbol.asyncDispose]());

  test('what one process keeps another reads, with its times and the moment it was read', async () => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url);
    const value = { identity: { name: 'ada', since: new Date(1e12), gone: null, unknown: undefined }, list: [1.5, 'a', true] };

    await one.keep(account('7'), value, { readAt: 1_234 });

    const [found, missing] = await other.level.fetch([account('7'), account('8')]);
    expect(found?.kept).toStrictEqual({ value, readAt: 1_234 });
    expect(missing?.kept).toBeUndefined();
  });

  test('answers come in the order of the keys, whichever sources and sorts they are of', async () => {
    await using one = await startProcess(server.url);
    const keys = [
      cacheKey('webui', nobody, 'shared', 'groups'),
      account('1'),
      cacheKey('unknown', nobody, 'account', '1'),
      page('first'),
      cacheKey('webui', nobody, 'account', '1'),
      cacheKey('webui', nobody, 'name', 'ada'),
    ];
    for (const [index, key] of keys.entries()) await one.keep(key, index);

    const found = await one.level.fetch(keys);

    expect(found.map(({ kept }) => kept?.value)).toEqual([0, 1, undefined, 3, 4, 5]);
  });

  test('what a credential brought is read with that one only', async () => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url);
    const credentials = [service, nobody, caller('ada'), caller('grace')];
    for (const credential of credentials) await one.keep(account('7', credential), JSON.stringify(credential));

    for (const credential of credentials) {
      expect(await other.look(account('7', credential))).toBe(JSON.stringify(credential));
    }
    expect(await other.look(account('7', caller('linus')))).toBeUndefined();
  });

  test.for([
    ['another service key', { ...horde, settings: { apiKey: 'another key' } }],
    ['other settings', { ...horde, settings: { apiKey: 'service-key-in-clear', timeZone: 'Europe/Berlin' } }],
    ['another address', { ...horde, url: 'https://staging.example/api' }],
    ['another kind', { ...horde, kind: 'OPEN_WEBUI' }],
  ] as const)('a deployment with %s reads nothing of this one’s', async ([, changed]) => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url, { sources: [changed] });
    await one.keep(account('7'), 'ours');
    await one.keep(account('7', caller('ada')), 'ours');

    expect(await other.look(account('7'))).toBeUndefined();
    expect(await other.look(account('7', caller('ada')))).toBeUndefined();
    await other.keep(account('7'), 'theirs');
    expect(await one.look(account('7'))).toBe('ours');
  });

  test('another prefix is another memory', async () => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url, { prefix: 'other' });
    await one.keep(account('7'), 'ours');

    expect(await other.look(account('7'))).toBeUndefined();
  });

  test('an invalidated account is gone for everybody and every credential, with the lists, and nothing else is', async () => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url);
    const everyone = [service, nobody, caller('ada')].map((credential) => account('7', credential));
    const lists = [page('1'), cacheKey('horde', service, 'shared', 'all'), cacheKey('horde', caller('ada'), 'name', 'ada')];
    const others = [account('8'), cacheKey('webui', nobody, 'account', '7'), cacheKey('webui', nobody, 'page', '1')];
    for (const key of [...everyone, ...lists, ...others]) await other.keep(key, 'kept');

    await one.level.invalidate({ source: 'horde', account: '7' });

    for (const process of [one, other]) {
      for (const key of [...everyone, ...lists]) expect(await process.look(key)).toBeUndefined();
      for (const key of others) expect(await process.look(key)).toBe('kept');
    }
  });

  test('when all of a source is invalidated, other sources stay', async () => {
    await using one = await startProcess(server.url);
    const ofIt = [account('7'), account('8', caller('ada')), page('1')];
    const ofAnother = cacheKey('webui', nobody, 'account', '7');
    for (const key of [...ofIt, ofAnother]) await one.keep(key, 'kept');

    await one.level.invalidate({ source: 'horde', account: null });

    for (const key of ofIt) expect(await one.look(key)).toBeUndefined();
    expect(await one.look(ofAnother)).toBe('kept');
  });

  test('others hear of an invalidation, even those with another key, and whoever made it does not', async () => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url);
    await using keyed = await startProcess(server.url, { sources: [{ ...horde, settings: { apiKey: 'another key' } }] });
    await using elsewhere = await startProcess(server.url, {
      sources: [{ ...horde, url: 'https://staging.example/api' }, webui],
    });

    await one.level.invalidate({ source: 'horde', account: '7' });
    await one.level.invalidate({ source: 'webui', account: null });

    const both = [
      { source: 'horde', account: '7' },
      { source: 'webui', account: null },
    ];
    await expect.poll(() => other.heard).toEqual(both);
    await expect.poll(() => keyed.heard).toEqual(both.slice(0, 1));
    await expect.poll(() => elsewhere.heard).toEqual(both.slice(1));
    // What another says now comes after what it might have heard of itself.
    await other.level.invalidate({ source: 'horde', account: '8' });
    await expect.poll(() => one.heard).toEqual([{ source: 'horde', account: '8' }]);
  });

  test.for([
    ['the account', '7'],
    ['another account of the source', '8'],
    ['all of the source', null],
  ] as const)('what was read before %s was invalidated is not kept after it', async ([, invalidated]) => {
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url);
    const putAccount = await one.read(account('7'));
    const putPage = await one.read(page('1'));

    await other.level.invalidate({ source: 'horde', account: invalidated });
    await putAccount('old');
    await putPage('old');

    expect(await one.look(account('7'))).toBeUndefined();
    expect(await one.look(page('1'))).toBeUndefined();
    await one.keep(account('7'), 'new');
    expect(await other.look(account('7'))).toBe('new');
  });

  test('what was read before another source was invalidated is kept', async () => {
    await using one = await startProcess(server.url);
    const put = await one.read(account('7'));

    await one.level.invalidate({ source: 'webui', account: null });
    await put('good');

    expect(await one.look(account('7'))).toBe('good');
  });

  test.for(['this process', 'another one'] as const)(
    'an answer from before an invalidation by %s is not given after it',
    async (by) => {
      await using proxy = await startProxy(server.port);
      await using one = await startProcess(proxy.url);
      await using other = await startProcess(server.url);
      await one.keep(account('7'), 'old');

      const answers = proxy.hold();
      const looking = one.level.fetch([account('7'), cacheKey('webui', nobody, 'account', '7')]);
      await expect.poll(answers.held).toBeGreaterThan(0);
      const invalidated = (by === 'this process' ? one : other).level.invalidate({ source: 'horde', account: '7' });
      if (by === 'another one') await expect.poll(() => one.heard).toHaveLength(1);
      answers.release();

      expect((await looking).map(({ kept }) => kept)).toEqual([undefined, undefined]);
      expect((await looking).map(({ ticket }) => ticket !== '')).toEqual([false, true]);
      await invalidated;
    },
  );
});
