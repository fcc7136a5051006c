import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { Write } from '../../src/writing/change.ts';
import { actionOf, changeOf, createStore, field, hidden, type Running, startRunner } from './plain-writes.ts';

async function records({ runner, folder }: Running, file = 'audit'): Promise<Record<string, unknown>[]> {
  await runner.close();
  const text = await readFile(join(folder, file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

test('each write leaves a record before it is sent and one after: who, what, fields without secrets, outcome, status and duration', async () => {
  await using running = await startRunner();
  const store = createStore();

  const { send } = changeOf(store, []);
  const write: Write = {
    ...changeOf(store, [field('level', 2), hidden('password', 'CANARY')], {
      send: async (fields, before) => {
        await send(fields, before);
        await new Promise((resolve) => setTimeout(resolve, 30));
      },
    }),
    status: () => 204,
  };
  await running.run(write, { writer: { kind: 'TOKEN', name: 'moderator', holder: null } });

  const named = {
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    caller: { kind: 'TOKEN', name: 'moderator' },
    credential: 'service',
    source: 'things',
    operation: 'change',
    target: 'one',
  };
  const attempt = {
    ...named,
    phase: 'attempt',
    fields: [
      { name: 'level', requested: 2 },
      { name: 'password', requested: '[secret]' },
    ],
  };
  const outcome = {
    ...named,
    phase: 'outcome',
    sent: true,
    fields: [
      { name: 'level', requested: 2, before: 1, after: 2, verdict: 'APPLIED' },
      { name: 'password', requested: '[secret]', before: null, after: null, verdict: 'ACCEPTED' },
    ],
    receipt: {},
    problems: [],
    code: null,
    status: 204,
    ms: expect.any(Number),
  };
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const kept = await records(running);
  expect(kept).toEqual([
    { time, ...attempt },
    { time, ...outcome },
  ]);
  expect(kept[0]?.['id']).toBe(kept[1]?.['id']);
  // What was waited for is in it; timers may be a little early.
  expect(kept[1]?.['ms']).toBeGreaterThanOrEqual(25);
  // The log's own time stands at the line's beginning, and no second one.
  expect(running.logged.map((line) => JSON.parse(line))).toMatchObject([
    { ...attempt, msg: 'write begun' },
    { ...outcome, msg: 'write' },
  ]);
  expect(running.logged[0]?.match(/"time":/g) ?? []).toHaveLength(1);
  expect(running.logged.join()).not.toContain('CANARY');
});

test('a write that failed or was refused is on record with its reason; dry runs and replays are not', async () => {
  await using running = await startRunner();
  const store = createStore();
  const send = async () => {
    throw new SourceError('SOURCE_UNREACHABLE', 'things');
  };

  await running.run(changeOf(store, [field('level', 2)], { id: 'nobody' }));
  await running.run(changeOf(store, [field('level', 2)], { send }), { writer: { kind: 'ANONYMOUS', name: null, holder: 'h' } });
  await running.run(changeOf(store, [field('level', 2)]), { until: performance.now() });
  await running.run(changeOf(store, [field('level', 2)]), { dryRun: true });
  await running.run(actionOf(store), { idempotencyKey: 'k' });
  await running.run(actionOf(store), { idempotencyKey: 'k' });

  const ended = (await records(running)).filter(({ phase }) => phase === 'outcome');
  expect(ended).toMatchObject([
    { operation: 'change', sent: false, problems: ['NOT_FOUND'], code: null, status: null },
    {
      operation: 'change',
      sent: true,
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
      code: 'SOURCE_UNREACHABLE',
      credential: 'own',
    },
    { operation: 'change', sent: false, problems: ['SOURCE_FAILED'], code: 'SOURCE_NOT_ASKED', status: null },
    { operation: 'act', sent: true, problems: [] },
  ]);
});

test('the file is put aside when it grows too large, and so many are kept and no more', async () => {
  await using running = await startRunner({ audit: { maxBytes: 1_500, keep: 2 } });
  const store = createStore();

  for (let level = 2; level < 20; level += 1) await running.run(changeOf(store, [field('level', level)]));
  const isOutcome = ({ phase }: Record<string, unknown>): boolean => phase === 'outcome';
  const newest = (await records(running)).filter(isOutcome);

  expect((await readdir(running.folder)).sort()).toEqual(['audit', 'audit.1', 'audit.2', 'journal']);
  for (const name of ['audit', 'audit.1', 'audit.2']) {
    expect((await stat(join(running.folder, name))).size).toBeLessThanOrEqual(1_500);
    expect((await stat(join(running.folder, name))).mode & 0o077).toBe(0);
  }
  const older = (await records(running, 'audit.1')).filter(isOutcome);
  expect(newest.at(-1)).toMatchObject({ fields: [{ requested: 19 }] });
  expect([...older, ...newest].map(({ fields }) => (fields as { requested: number }[])[0]?.requested)).toEqual(
    Array.from({ length: older.length + newest.length }, (_, nth) => 20 - older.length - newest.length + nth),
  );
});

test('a record that cannot be written to the file any more is complained about, and costs the write nothing', async () => {
  await using running = await startRunner();
  await rm(join(running.folder, 'audit'));
  await mkdir(join(running.folder, 'audit'));

  const outcome = await running.run(actionOf(createStore()));
  await running.runner.close();

  expect(outcome.problems).toEqual([]);
  expect(running.logged.map((line) => JSON.parse(line).msg)).toEqual([
    'write begun',
    'audit not written',
    'write',
    'audit not written',
  ]);
});

test('that something is about to be sent is on the disk before it is, so that a kill leaves it behind', async () => {
  await using running = await startRunner();
  let kept = '';
  const send = async () => {
    kept = await readFile(join(running.folder, 'audit'), 'utf8');
    return {};
  };

  await running.run(actionOf(createStore(), { send }));

  expect(JSON.parse(kept)).toMatchObject({ phase: 'attempt', operation: 'act', fields: [{ name: 'amount', requested: 5 }] });
});

test('what was never to be sent is not on record as attempted', async () => {
  await using running = await startRunner();
  const foresee = async () => [{ kind: 'CONFLICT', fields: [], message: 'The last one.' } as const];

  await running.run(actionOf(createStore(), { foresee }));
  await running.run(changeOf(createStore(), [field('level', 1)]));

  expect((await records(running)).map(({ phase }) => phase)).toEqual(['outcome', 'outcome']);
});
