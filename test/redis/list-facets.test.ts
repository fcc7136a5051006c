import { describe, expect, test } from 'vitest';
import { type Keeping, startKeeping, until } from '../cache/counting.ts';
import { hasRedis, noRedis, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

const list = (fields: string) =>
  `{ openWebUIAccounts(first: 5) { edges { node { nativeId ${fields} freshness { servedFrom } } } } }`;

/** A process with this Redis, which leaves addresses unkept; the sources are its own, or those of another. */
async function startProcess(url: string, other?: Keeping): Promise<Keeping> {
  const { community } = other?.rollcall ?? {};
  const addresses: Readonly<Record<string, string | undefined>> = {
    horde: community?.horde.apiUrl,
    mcsmanager: community?.mcsManager.apiUrl,
    webui: community?.openWebUI.apiUrl,
  };
  const keeping = await startKeeping({
    config: (input) => ({
      ...input,
      cache: { enabled: true, redis: { url, deadlineMs: 8_000 } },
      sources: input.sources.map((source) => ({
        ...source,
        url: addresses[source.id] ?? source.url,
        ...(source.id === 'webui' ? { cache: { email: false } } : {}),
      })),
    }),
  });
  await until(() => keeping.rollcall.logged.some((line) => line.includes('the shared cache is in use')));
  return keeping;
}

describe.skipIf(!hasRedis)('two processes with one Redis', () => {
  test('of a page that one has read, the other shows the rows and what is kept of them, and never what is not to be kept', async () => {
    await using server = await startRedis();
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url, one);
    const told = JSON.stringify(await one.data(list('username email')));
    const [address] = /[^"]+@[^"]+/.exec(told) ?? [];
    await expect.poll(async () => (await server.redis().keys('*:page:*')).length).toBe(1);
    one.calls();

    const names = await other.data(list('username'));

    expect(one.calls() + other.calls()).toBe(0);
    expect(JSON.stringify(names)).toContain('"servedFrom":"SHARED_MEMORY"');
    expect(JSON.stringify(names)).not.toContain('"servedFrom":"MEMORY"');
    const world = one.rollcall.community.openWebUI.world;
    for (const { id, email } of world.users.inserted()) world.users.change(id, { email: `new-${email}` });
    expect(JSON.stringify(await other.data(list('email')))).toContain(`new-${address}`);
    expect(one.calls() + other.calls()).toBe(1);
    expect(await everythingIn(server.redis())).not.toContain('@');
  });

  test('a page that one has read stands in for a source that fails in the other, too', async () => {
    await using server = await startRedis();
    await using one = await startProcess(server.url);
    await using other = await startProcess(server.url, one);
    const names = '{ openWebUIAccounts(first: 5) { edges { node { username freshness { stale } } } } }';
    const before = JSON.stringify(await one.data(names));
    await expect.poll(async () => (await server.redis().keys('*:page:*')).length).toBe(1);
    one.rollcall.community.openWebUI.faults.add({ fault: { kind: 'reset' } });
    other.pass(200);

    expect(JSON.stringify(await other.data(names))).toBe(before.replaceAll('"stale":false', '"stale":true'));
  });
});

async function everythingIn(redis: ReturnType<Awaited<ReturnType<typeof startRedis>>['redis']>): Promise<string> {
  const names = await redis.keys('*');
  const values = names.map(async (name) =>
    (await redis.type(name)) === 'hash' ? JSON.stringify(await redis.hgetall(name)) : redis.get(name),
  );
  return (await Promise.all(values)).join('\n');
}
