import { describe, expect, test } from 'vitest';
import { type Churn, churns } from './churn.ts';
import { type Rollcall, startRollcall, type Twins } from './rollcall.ts';
import { page, walkForward } from './walking.ts';

const start = (size = 1_200): Promise<Rollcall> => startRollcall({ size, horde: { limits: false, caches: false } });

/** Whoever was there all the time was met once, and nobody twice. */
function expectNoneLost(met: readonly string[], before: readonly string[], after: readonly string[]): void {
  expect(met).toHaveLength(new Set(met).size);
  const stayed = new Set(before.filter((id) => after.includes(id)));
  expect(stayed.size).toBeGreaterThan(before.length / 2);
  expect([...stayed].filter((id) => !met.includes(id))).toEqual([]);
}

describe.for(Object.entries(churns))('walking %s', ([, churn]) => {
  test('loses nobody and meets nobody twice while people are deleted before, at and behind the cursor', async () => {
    await using rollcall = await start();
    const before = churn.everybody(rollcall);

    const met = await walkForward(rollcall, churn.field, {
      between: (pages, soFar) => {
        const ahead = churn.everybody(rollcall).at(-pages);
        for (const id of [soFar[3 * pages], soFar.at(-1), soFar.at(-2), ahead]) if (id !== undefined) churn.remove(rollcall, id);
      },
    });

    const after = churn.everybody(rollcall);
    expect(before.length - after.length).toBeGreaterThan(30);
    expectNoneLost(met, before, after);
  });

  test('loses nobody and meets nobody twice while people sign up', async () => {
    await using rollcall = await start();
    const before = churn.everybody(rollcall);

    const met = await walkForward(rollcall, churn.field, {
      between: (pages) => {
        for (const each of [1, 2, 3]) churn.add(rollcall, 10 * pages + each, each === 1 ? 'late' : 'early');
      },
    });

    const after = churn.everybody(rollcall);
    expect(after.length - before.length).toBeGreaterThan(30);
    expectNoneLost(met, before, after);
  });

  test('loses nobody and meets nobody twice while some come and others go', async () => {
    await using rollcall = await start();
    const before = churn.everybody(rollcall);

    const met = await walkForward(rollcall, churn.field, {
      between: (pages, soFar) => {
        for (const each of [1, 2]) churn.add(rollcall, 10 * pages + each, each === 1 ? 'late' : 'early');
        for (const id of [soFar[5 * pages], soFar.at(-3), soFar.at(-1)]) if (id !== undefined) churn.remove(rollcall, id);
      },
    });

    expectNoneLost(met, before, churn.everybody(rollcall));
  });

  test('goes on at the cursor when thirty of the forty who stood before it are gone', async () => {
    await using rollcall = await start(300);
    const before = churn.everybody(rollcall);
    const { edges } = await page(rollcall, churn.field, 'first: 40');

    for (const { node } of edges.slice(1, 31)) churn.remove(rollcall, node.id);
    const next = await page(rollcall, churn.field, `first: 40, after: "${edges.at(-1)?.cursor}"`);

    expect(next.edges.map(({ node }) => node.id)).toEqual(before.slice(40, 80));
  });
});

const withTotals: [keyof Twins, Churn][] = [
  ['mcsManager', churns.mcsManager],
  ['openWebUI', churns.openWebUI],
];

test.for(withTotals)(
  'on %s somebody deleted between two requests of one page of ours costs nobody else their place',
  async ([twin, churn]) => {
    await using rollcall = await start(300);
    const before = churn.everybody(rollcall);
    // The first one's key is ours on some twins.
    const [, gone = ''] = before;
    rollcall.community[twin].faults.add({ after: 1, times: 1, fault: { kind: 'delay', ms: 300 } });

    const asked = page(rollcall, churn.field, 'first: 100');
    await expect.poll(() => rollcall.community[twin].requests.length).toBe(2);
    churn.remove(rollcall, gone);

    const met = (await asked).edges.map(({ node }) => node.id);
    expect(met).toEqual(before.filter((id) => id !== gone).slice(0, 100));
  },
);

test('a walk back from a cursor meets whoever stayed, from the nearest on, on every source', async () => {
  await using rollcall = await start(300);
  for (const churn of Object.values(churns)) {
    const before = churn.everybody(rollcall);
    const { edges } = await page(rollcall, churn.field, 'first: 60');
    for (const { node } of [edges[10], edges[58]].flatMap((edge) => edge ?? [])) churn.remove(rollcall, node.id);

    const back = await page(rollcall, churn.field, `last: 100, before: "${edges.at(-1)?.cursor}"`);

    expect(back.edges.map(({ node }) => node.id)).toEqual(before.slice(0, 59).filter((_, at) => at !== 10 && at !== 58));
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  }
});

test('only the end of a list whose length nobody tells cannot be asked for', async () => {
  await using rollcall = await start(60);

  const { errors, data } = await rollcall.askText('{ hordeAccounts(last: 5) { edges { cursor } } }');

  expect(data).toEqual({ hordeAccounts: null });
  expect(errors).toMatchObject([{ path: ['hordeAccounts'], extensions: { code: 'SOURCE_UNSUPPORTED', source: 'horde' } }]);
  expect((await page(rollcall, 'mcsManagerAccounts', 'last: 5')).edges.map(({ node }) => node.id)).toEqual(
    churns.mcsManager.everybody(rollcall).slice(-5),
  );
});

test('totals are told where the source tells them, and null where not', async () => {
  await using rollcall = await start(60);

  expect((await page(rollcall, 'mcsManagerAccounts', 'first: 1')).totalCount).toBe(60);
  expect((await page(rollcall, 'openWebUIAccounts', 'first: 1')).totalCount).toBe(60);
  expect((await page(rollcall, 'hordeAccounts', 'first: 1')).totalCount).toBeNull();
  expect((await page(rollcall, 'users', 'first: 1')).totalCount).toBeNull();
});

test('what can be promised to somebody who walks is said of each source', async () => {
  await using rollcall = await start(20);

  const { data } = await rollcall.askText('{ sources { capabilities { paging orders } } }');

  expect(data?.sources).toEqual(
    Array.from({ length: 3 }, () => ({
      capabilities: { paging: expect.stringMatching(/^\S.{60,}\.$/), orders: expect.anything() },
    })),
  );
});
