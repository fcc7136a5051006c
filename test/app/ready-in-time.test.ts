import { expect, test } from 'vitest';
import { startRollcall } from './rollcall.ts';

const silent = { id: 'horde', kind: 'AI_HORDE', reachable: false, problem: 'SOURCE_TIMEOUT', breaker: 'CLOSED' };

test('/readyz answers while one source hangs, says which, and asks it once', async () => {
  await using rollcall = await startRollcall({
    size: 12,
    horde: { faults: [{ fault: { kind: 'hang' } }] },
    // Whoever asks without a key sees what is under way without one: the probe.
    config: ({ sources }) => ({
      sources: sources.map(({ apiKey, ...rest }) => (rest.id === 'horde' ? rest : { apiKey, ...rest })),
    }),
  });

  const response = await rollcall.get('/readyz');

  const { data } = await rollcall.askText('{ sources { state { running } } }');
  expect(data?.sources).toMatchObject([{ state: { running: 1 } }, {}, {}]);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: 'ready', sources: [silent, { reachable: true }, { reachable: true }] });
  const { sources } = await (await rollcall.get('/readyz')).json();
  expect(sources[0]).toEqual(silent);
  expect(rollcall.calls().horde).toBe(1);
});

test('what a slow source answers after that is told to the next who ask', async () => {
  await using rollcall = await startRollcall({ size: 12, horde: { faults: [{ fault: { kind: 'delay', ms: 2_500 } }] } });
  const ready = async () => (await (await rollcall.get('/readyz')).json()).sources[0];

  expect(await ready()).toEqual(silent);

  await expect.poll(ready, { timeout: 5_000 }).toEqual({ ...silent, reachable: true, problem: null });
  expect(rollcall.calls().horde).toBe(1);
});

test('a source that is left alone because it asked for that is as it was found last', async () => {
  const fault = { kind: 'reply', status: 429, headers: { 'retry-after': '8' }, body: '{}' } as const;
  await using rollcall = await startRollcall({
    size: 12,
    horde: { faults: [{ path: /heartbeat/, after: 1, times: 1, fault }] },
  });
  // An answer and then a refusal, both before anybody probes.
  const reach = '{ sources { reachable } }';
  await rollcall.askText(reach);
  await rollcall.askText(reach);
  rollcall.calls();

  const { sources } = await (await rollcall.get('/readyz')).json();

  expect(sources[0]).toEqual({ ...silent, reachable: true, problem: 'SOURCE_OVERLOADED' });
  expect(rollcall.calls().horde).toBe(0);
});
