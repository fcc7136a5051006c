import { describe, expect, test, vi } from 'vitest';
import { type Rollcall, startRollcall } from './rollcall.ts';

const reach = '{ sources { id reachable problem version } }';
const later = (ms: number) => {
  const usual = performance.now.bind(performance);
  return vi.spyOn(performance, 'now').mockImplementation(() => usual() + ms);
};

/** Whether somebody may be let through is known to whoever looks, and their looking is in the log. */
const opened = (rollcall: Rollcall, counts: string): number =>
  rollcall.logged.map((line) => JSON.parse(line)).filter((line) => line.breaker === 'OPEN' && line.counts === counts).length;

async function failUntilOpen(rollcall: Rollcall, counts: string, sources: number): Promise<void> {
  for (let count = 0; count < 10 && opened(rollcall, counts) < sources; count += 1) await rollcall.askText(reach);
  expect(opened(rollcall, counts)).toBe(sources);
  // The first failure is the answer, whatever else is under way; whoever asks then would join that.
  await expect
    .poll(async () => (await rollcall.askText('{ sources { state { running } } }')).data?.sources)
    .toEqual(Array.from({ length: 3 }, () => ({ state: { running: 0 } })));
}

describe('sources that were away and are back are so for the first who looks', () => {
  async function startHealed(): Promise<Rollcall> {
    const rollcall = await startRollcall({ size: 20 });
    const { horde, mcsManager, openWebUI } = rollcall.community;
    const twins = [horde, mcsManager, openWebUI];
    await Promise.all(twins.map((twin) => twin.shut()));
    await failUntilOpen(rollcall, 'connections', 3);
    await Promise.all(twins.map((twin) => twin.reopen()));
    return rollcall;
  }

  test('at /readyz', async () => {
    await using rollcall = await startHealed();
    using _ = later(3_000);

    const response = await rollcall.get('/readyz');

    const { sources } = await response.json();
    expect(sources.map((each: { reachable: unknown; problem: unknown }) => [each.reachable, each.problem])).toEqual(
      Array.from({ length: 3 }, () => [true, null]),
    );
    expect(response.status).toBe(200);
  });

  test('in the graph, where what their keys are good for is asked as well', async () => {
    await using rollcall = await startHealed();
    using _ = later(3_000);
    rollcall.calls();

    const { data } = await rollcall.askText(reach);

    expect(data?.sources).toEqual(
      ['horde', 'mcsmanager', 'webui'].map((id) => ({ id, reachable: true, problem: null, version: expect.any(String) })),
    );
    expect(rollcall.calls()).toEqual({ horde: 2, mcsManager: 2, openWebUI: 3 });
  });
});

test('a server that failed those without a key is well again for the first who looks', async () => {
  const fault = { kind: 'reply', status: 500, body: '{}', headers: { 'content-type': 'application/json' } } as const;
  await using rollcall = await startRollcall({ size: 20, openWebUI: { faults: [{ fault }] } });
  await failUntilOpen(rollcall, 'none', 1);
  rollcall.community.openWebUI.faults.clear();
  using _ = later(3_000);

  const { sources } = await (await rollcall.get('/readyz')).json();

  expect(sources[2]).toMatchObject({ id: 'webui', reachable: true, problem: null });
});

test('one that still fails is asked once to find that out', async () => {
  await using rollcall = await startRollcall({ size: 20, openWebUI: { faults: [{ fault: { kind: 'reset' } }] } });
  await failUntilOpen(rollcall, 'none', 1);
  using _ = later(3_000);
  rollcall.calls();

  const { sources } = await (await rollcall.get('/readyz')).json();

  expect(sources[2]).toMatchObject({ id: 'webui', reachable: false, problem: 'SOURCE_UNREACHABLE' });
  expect(rollcall.calls().openWebUI).toBe(1);
});

describe('a source that fails for the service’s key', () => {
  const reading = {
    mcsManager: {
      id: 'mcsmanager',
      query: '{ user(id: "mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001") { mcsManager { loginTime } } }',
    },
    openWebUI: { id: 'webui', query: '{ user(id: "webui:a1d00001-0000-4000-8000-000000000001") { openWebUI { email } } }' },
  } as const;
  const keyed = { mcsManager: /^\/api\/(?!auth\/status)/, openWebUI: /^\/api\/v1\// } as const;
  const broken = { kind: 'reply', status: 502, body: '<html>', headers: { 'content-type': 'text/html' } } as const;

  async function startBroken(twin: keyof typeof reading): Promise<Rollcall> {
    const rollcall = await startRollcall({ size: 20 });
    rollcall.community[twin].faults.add({ path: keyed[twin], fault: broken });
    for (let count = 0; count < 12; count += 1) await rollcall.askText(reading[twin].query);
    expect(opened(rollcall, 'service')).toBe(1);
    return rollcall;
  }

  async function lookAt(rollcall: Rollcall, id: string): Promise<unknown> {
    const { sources } = await (await rollcall.get('/readyz')).json();
    return sources.find((each: { readonly id: string }) => each.id === id);
  }

  test.for(['mcsManager', 'openWebUI'] as const)('is well again for who looks at /readyz alone: %s', async (twin) => {
    await using rollcall = await startBroken(twin);
    rollcall.community[twin].faults.clear();
    using _ = later(3_000);

    expect(await lookAt(rollcall, reading[twin].id)).toMatchObject({ reachable: true, problem: null, breaker: 'CLOSED' });
  });

  test.for(['mcsManager', 'openWebUI'] as const)(
    'answers without it meanwhile, and is asked with it but once: %s',
    async (twin) => {
      await using rollcall = await startBroken(twin);
      using _ = later(3_000);
      rollcall.community[twin].forget();

      expect(await lookAt(rollcall, reading[twin].id)).toMatchObject({ reachable: true, problem: null, breaker: 'OPEN' });
      expect(rollcall.community[twin].requests.filter(({ path }) => keyed[twin].test(path))).toHaveLength(1);
    },
  );

  test('is reachable though it keeps who asks with it waiting', async () => {
    await using rollcall = await startBroken('openWebUI');
    const { faults } = rollcall.community.openWebUI;
    faults.clear();
    faults.add({ path: keyed.openWebUI, fault: { kind: 'hang' } });
    using _ = later(3_000);

    expect(await lookAt(rollcall, 'webui')).toMatchObject({ reachable: true, problem: null, breaker: 'HALF_OPEN' });
  });
});
