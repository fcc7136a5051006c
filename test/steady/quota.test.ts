import { describe, expect, test } from 'vitest';
import type { TrafficChange } from '../../src/http/client.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import { horde } from '../../src/sources/horde/index.ts';
import { limits as hordeLimits, routeOf } from '../../src/sources/horde/routes.ts';
import type { QuotaSettings } from '../../src/steady/limits.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { routes } from '../../src/twins/horde/routes.ts';
import { caller, outcomes, plain, service, startAsked } from './asked.ts';

/** More or less: its end is told in whole seconds of another clock. */
const aMinute = expect.toSatisfy((seconds: number) => seconds >= 50 && seconds <= 61);

const kept: QuotaSettings = { enabled: true, share: 1 };

/** A twin that keeps the Horde's limits, and a source that knows them, on one clock. */
async function startHorde(quota: QuotaSettings = kept, deadlineMs = 30_000) {
  const clock = { at: Date.now() };
  const twin = await hordeTwin({ size: 120, now: () => clock.at });
  const changes: TrafficChange[] = [];
  const { source, watch } = connectSource(
    {
      id: 'horde',
      kind: horde,
      settings: horde.settings.parse({ url: twin.apiUrl }),
      http: { deadlineMs, connectMs: 1_000, maxBytes: 1_000_000, concurrency: 8 },
      quota,
    },
    { sharing: false, now: () => clock.at },
  );
  watch((change) => void changes.push(change));
  const session = source.open({ credential: { class: 'none' }, signal: undefined });
  const list = session.list({ order: 'CREATED' });
  return {
    twin,
    clock,
    changes,
    source,
    session,
    pages: (count: number) => Promise.allSettled(Array.from({ length: count }, (_, index) => list.page(index % 4))),
    quota: () => source.traffic?.stateFor({ class: 'none' }).quota,
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await twin.close();
    },
  };
}

const refusals = (settled: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));

describe('the Horde’s ninety list pages in a minute', () => {
  test('are all that is asked for: the others are refused with the time to wait, and nothing is sent for them', async () => {
    await using asked = await startHorde();

    const refused = refusals(await asked.pages(95));

    expect(refused).toHaveLength(5);
    for (const each of refused) expect(each).toMatchObject({ code: 'SOURCE_OVERLOADED', retryable: true, retryAfter: aMinute });
    expect(asked.twin.requests).toHaveLength(90);
    expect(asked.quota()).toMatchObject([{ route: 'users', limit: 90, left: 0 }]);
  });

  test('are there again a minute after, and the Horde never says that it was asked too often', async () => {
    await using asked = await startHorde();
    const statuses = [];
    for (let round = 0; round < 5; round += 1) {
      const settled = await asked.pages(120);
      statuses.push(90 - settled.filter(({ status }) => status === 'fulfilled').length);
      expect(
        refusals(settled).every((each) => each instanceof Error && 'code' in each && each.code === 'SOURCE_OVERLOADED'),
      ).toBe(true);
      // A second more: the end of a window is told in whole ones.
      asked.clock.at += 61_000;
    }

    expect(statuses).toEqual([0, 0, 0, 0, 0]);
    expect(asked.twin.requests).toHaveLength(450);
  });

  test('are one count for all keys, for they are counted by address', async () => {
    await using asked = await startHorde();
    await asked.pages(90);
    const other = asked.source.open({ credential: caller('ann'), signal: undefined });

    expect(refusals(await Promise.allSettled([other.list({}).page(0)]))).toMatchObject([{ code: 'SOURCE_OVERLOADED' }]);
    expect(asked.twin.requests).toHaveLength(90);
  });

  test('leave other routes alone', async () => {
    await using asked = await startHorde();
    await asked.pages(95);

    expect(await asked.session.findByUsername('ada#101')).toEqual(['101']);
  });

  test('are fewer where others ask from the same address, and the answers’ headers tell', async () => {
    await using asked = await startHorde();
    await asked.pages(1);
    await Promise.all(Array.from({ length: 60 }, () => fetch(`${asked.twin.apiUrl}/v2/users`)));
    await asked.pages(1);
    asked.twin.forget();

    const refused = refusals(await asked.pages(40));

    expect(asked.twin.requests).toHaveLength(28);
    expect(refused).toHaveLength(12);
    expect(asked.quota()).toMatchObject([{ route: 'users', left: 0 }]);
  });

  test('may be shared with another Rollcall by halves', async () => {
    await using asked = await startHorde({ enabled: true, share: 0.5 });

    await asked.pages(60);

    expect(asked.twin.requests).toHaveLength(45);
  });

  test('are told of when they run out and when they are there again, once each', async () => {
    await using asked = await startHorde();
    await asked.pages(95);
    await asked.pages(5);
    asked.clock.at += 61_000;
    await asked.pages(3);

    expect(asked.changes).toEqual([true, false].map((isSpent) => ({ what: 'quota', route: 'users', isSpent })));
  });

  test('are kept by the answers’ headers alone where they are not counted here', async () => {
    await using asked = await startHorde({ enabled: false, share: 1 });

    const refused = refusals(await asked.pages(120));

    expect(refused.length).toBeGreaterThanOrEqual(30);
    for (const each of refused) expect(each).toMatchObject({ code: 'SOURCE_OVERLOADED', retryAfter: aMinute });
    expect(asked.twin.requests.length + refused.length).toBe(120);
  });

  test('once the Horde itself has refused, it is left alone for as long as it says', async () => {
    await using asked = await startHorde();
    await Promise.all(Array.from({ length: 90 }, () => fetch(`${asked.twin.apiUrl}/v2/users`)));
    asked.twin.forget();

    const settled = [...(await asked.pages(1)), ...(await asked.pages(20))];

    for (const each of settled) expect(each).toMatchObject({ reason: { code: 'SOURCE_RATE_LIMITED', retryAfter: aMinute } });
    expect(asked.twin.requests).toHaveLength(1);
  });
});

test('a user may be asked for sixty times in a minute, each by themselves', async () => {
  await using asked = await startHorde();
  const read = (id: string) => asked.session.findByUsername(id);

  const settled = await Promise.allSettled([
    ...Array.from({ length: 65 }, () => read('101')),
    ...Array.from({ length: 60 }, () => read('102')),
  ]);

  expect(refusals(settled)).toHaveLength(5);
  expect(asked.twin.requests).toHaveLength(120);
  // Who was asked for is nobody's business.
  expect(asked.quota()).toEqual([]);
});

test('what is there again before the deadline is waited for', async () => {
  await using asked = await startAsked({
    options: { limits: { thing: [{ requests: 2, seconds: 1, countedBy: 'address' }] }, quota: kept },
  });
  const started = performance.now();

  expect(await outcomes(['/a', '/b', '/c'].map((path) => asked.ask(path)))).toEqual(['/a', '/b', '/c']);

  expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
  expect(asked.reached).toHaveLength(3);
});

test('who waits for a quota holds no place: other routes go on', async () => {
  await using asked = await startAsked({
    http: { concurrency: 1 },
    options: { limits: { thing: [{ requests: 1, seconds: 2, countedBy: 'address' }] }, quota: kept },
  });
  const waiting = [asked.ask('/a'), asked.ask('/b')];

  expect(await outcomes([asked.ask('/c', service, { route: 'other' })])).toEqual(['/c']);

  expect(asked.reached).toEqual(['/a', '/c']);
  expect(await outcomes(waiting)).toEqual(['/a', '/b']);
});

test('a count by key is each key’s own', async () => {
  await using asked = await startAsked({
    options: { limits: { thing: [{ requests: 1, seconds: 60, countedBy: 'credential' }] }, quota: kept },
  });

  const asks = ['ann', 'ann', 'ben'].map((name, index) => asked.ask(`/${index}`, caller(name)));

  expect(await outcomes(asks)).toEqual(['/0', 'SOURCE_OVERLOADED', '/2']);
});

test('a budget in the configuration counts everything that is asked of a source', async () => {
  await using asked = await startAsked({ options: { quota: { enabled: true, share: 1, perMinute: 3 } } });

  const asks = ['/a', '/b', '/c', '/d'].map((path) => asked.ask(path, service, { route: path }));

  expect(await outcomes(asks)).toEqual(['/a', '/b', '/c', 'SOURCE_OVERLOADED']);
  expect(asked.client.traffic.waitFor(service, '*', 1)).toBeGreaterThan(50_000);
});

test('what never reached the source is not counted', async () => {
  await using asked = await startAsked({
    options: { limits: { thing: [{ requests: 3, seconds: 60, countedBy: 'address' }] }, quota: kept },
  });
  await asked.server.close();

  for (let count = 0; count < 4; count += 1) expect(await outcomes([asked.ask('/a')])).toEqual(['SOURCE_UNREACHABLE']);
  expect(asked.client.traffic.stateFor(service).quota).toMatchObject([{ left: 3 }]);
});

test('a refusal that only its kind knows for one keeps everybody with that key from the route for a second', async () => {
  let isBusy = true;
  await using asked = await startAsked({ answer: ({ path }) => plain(path, isBusy ? 500 : 200) });
  const judge = ({ status }: { status: number }) => (status === 500 ? ('SOURCE_RATE_LIMITED' as const) : null);
  for (let count = 0; count < 20; count += 1) await asked.ask(`/${count}`, service, { judge, route: `${count}` });
  expect(asked.client.traffic.stateFor(service).breaker).toBe('CLOSED');

  isBusy = false;
  const started = performance.now();
  await asked.ask('/0', service, { judge, route: '19' });

  expect(performance.now() - started).toBeGreaterThan(500);
});

const asked = [
  ['GET', '/v2/users'],
  ['GET', '/v2/users/101'],
  ['PUT', '/v2/users/101'],
  ['DELETE', '/v2/users/101'],
  ['GET', '/v2/find_user'],
  ['PUT', '/v2/sharedkeys'],
  ['GET', '/v2/sharedkeys/a'],
  ['PATCH', '/v2/sharedkeys/a'],
  ['DELETE', '/v2/sharedkeys/a'],
  ['POST', '/v2/kudos/transfer'],
  ['POST', '/v2/kudos/award'],
  ['GET', '/v2/workers/a'],
  ['GET', '/v2/styles/image/a'],
  ['GET', '/v2/styles/text/a'],
  ['GET', '/v2/status/heartbeat'],
] as const;

test.for(asked)('%s %s has the limits that the twin keeps, and no others', ([method, path]) => {
  const route = routes.find(({ pattern }) => pattern.test(`/api${path}`));

  const kept = route?.methods[method]?.limits.map(({ amount, seconds, countedBy }) => ({
    requests: amount,
    seconds,
    countedBy: countedBy === 'key' ? 'credential' : 'address',
    ...(countedBy === 'path' ? { eachPath: true } : {}),
  }));

  expect(kept).toBeDefined();
  expect(hordeLimits[routeOf(method, path)] ?? []).toEqual(kept);
});
