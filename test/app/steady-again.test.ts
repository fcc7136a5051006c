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
