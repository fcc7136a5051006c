import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { CAST_PASSWORD } from '../../src/twins/mcsmanager/population.ts';
import { call } from '../fixtures/mcsmanager/client.ts';

const bao = cast.find(({ alias }) => alias === 'bao')?.mcsManager ?? '';

test('the same seed makes the same panel, another seed another', async () => {
  const text = async (seed: number): Promise<string> => {
    await using twin = await mcsManagerTwin({ seed, size: 40 });
    const daemons = [...twin.world.daemons.values()].map(({ instances }) => [...instances]);
    return JSON.stringify([[...twin.world.users], daemons]);
  };

  expect(await text(3)).toBe(await text(3));
  expect(await text(3)).not.toBe(await text(4));
});

test.each([1, 120])('a panel of size %d holds the cast with their ids, names and standing', async (size) => {
  await using twin = await mcsManagerTwin({ size });
  const residents = cast.filter(({ mcsManager }) => mcsManager !== undefined);

  expect(twin.world.users.size).toBe(Math.max(size, residents.length + 1));
  for (const { mcsManager = '', alias, standing } of residents) {
    const permission = { admin: 10, banned: -1 }[standing as string] ?? 1;
    expect(twin.world.users.get(mcsManager)).toMatchObject({ userName: alias, permission });
    expect(twin.keys.of(mcsManager)).toMatch(/^[0-9a-f]{32}$/);
  }
});

test('a hundred thousand users are paged through as a hundred are', async () => {
  await using twin = await mcsManagerTwin({ size: 100_000 });

  const reply = await call(twin, 'GET', '/auth/search?page=2000&page_size=50', { key: twin.keys.admin });

  expect(reply.body.data).toMatchObject({ page: 2000, maxPage: 2000, total: 100_000 });
  expect((reply.body.data as { data: unknown[] }).data).toHaveLength(50);
});

test.each([
  ['UTC', 'en_US', '11/21/2026, 4:25:26 PM'],
  ['UTC', 'en_GB', '21/11/2026, 16:25:26'],
  ['UTC', 'de_DE', '21.11.2026, 16:25:26'],
  ['UTC', 'zh_CN', '2026/11/21 16:25:26'],
  ['UTC', 'ja_JP', '2026/11/21 16:25:26'],
  ['UTC', 'fr_FR', '21/11/2026 16:25:26'],
  ['Asia/Shanghai', 'en_US', '11/22/2026, 12:25:26 AM'],
] as const)('a panel in %s with %s writes a date as its Node does', async (timeZone, locale, written) => {
  const now = (): number => Date.UTC(2026, 10, 21, 16, 25, 26);
  await using twin = await mcsManagerTwin({ size: 8, timeZone, locale, now, hashMs: 0 });

  await call(twin, 'POST', '/auth', {
    key: twin.keys.admin,
    body: { username: 'dated', password: 'Placeholder-1', permission: 1 },
  });

  expect([...twin.world.users.values()].at(-1)?.registerTime).toBe(written);
});

test('a restart lists users by uuid, and those who come later behind them', async () => {
  await using twin = await mcsManagerTwin({ size: 20, hashMs: 0 });
  const before = [...twin.world.users.keys()];

  twin.restart();
  await call(twin, 'POST', '/auth', {
    key: twin.keys.admin,
    body: { username: 'late', password: 'Placeholder-1', permission: 1 },
  });

  const after = [...twin.world.users.keys()];
  expect(after.slice(0, 20)).toEqual([...before].sort());
  expect(after.slice(0, 20)).not.toEqual(before);
  expect([...twin.world.users.values()].at(-1)?.userName).toBe('late');
});

test('a login is written to memory only, until the next saved edit', async () => {
  const clock = { now: Date.UTC(2026, 10, 21, 16, 25, 26) };
  await using twin = await mcsManagerTwin({ size: 8, hashMs: 0, now: () => clock.now });
  const user = twin.world.users.get(bao);
  const saved = user?.loginTime;

  await call(twin, 'POST', '/auth/login', { body: { username: 'bao', password: CAST_PASSWORD } });
  expect(user?.loginTime).toBe('11/21/2026, 4:25:26 PM');
  twin.restart();
  expect(user?.loginTime).toBe(saved);

  await call(twin, 'POST', '/auth/login', { body: { username: 'bao', password: CAST_PASSWORD } });
  await call(twin, 'PUT', '/auth', { key: twin.keys.admin, body: { uuid: bao, config: { isInit: true } } });
  twin.restart();
  expect(user?.loginTime).toBe('11/21/2026, 4:25:26 PM');
});

test('an instance deleted through the panel leaves its owners, and is back as a dead reference after a restart', async () => {
  await using twin = await mcsManagerTwin({ size: 8 });
  const before = twin.world.users.get(bao)?.instances ?? [];
  const [first, ...others] = before;

  twin.removeInstance(first?.daemonId ?? '', first?.instanceUuid ?? '');
  expect(twin.world.users.get(bao)?.instances).toEqual(others);
  twin.restart();
  expect(twin.world.users.get(bao)?.instances).toEqual(before);
  expect(twin.world.daemons.get(first?.daemonId ?? '')?.instances.has(first?.instanceUuid ?? '')).toBe(false);
});
