import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { actionOf, changeOf, createStore, field, hidden, type Running, startRunner } from './plain-writes.ts';

async function records({ runner, folder }: Running, file = 'audit'): Promise<Record<string, unknown>[]> {
  await runner.close();
  const text = await readFile(join(folder, file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

test('each write leaves one record: who, what, fields without secrets, outcome and duration', async () => {
  await using running = await startRunner();
  const store = createStore();

  await running.run(changeOf(store, [field('level', 2), hidden('password', 'CANARY')]), {
    writer: { kind: 'TOKEN', name: 'moderator', holder: null },
  });

  const expected = {
    caller: { kind: 'TOKEN', name: 'moderator' },
    credential: 'service',
    source: 'things',
    operation: 'change',
    target: 'one',
    sent: true,
    fields: [
      { name: 'level', requested: 2, before: 1, after: 2, verdict: 'APPLIED' },
      { name: 'password', requested: '[secret]', before: null, after: null, verdict: 'ACCEPTED' },
    ],
    receipt: {},
    problems: [],
    code: null,
    ms: expect.any(Number),
  };
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await records(running)).toEqual([{ time, ...expected }]);
  // The log's own time stands at the line's beginning, and no second one.
  expect(running.logged.map((line) => JSON.parse(line))).toMatchObject([{ ...expected, msg: 'write' }]);
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
  await running.run(changeOf(store, [field('level', 2)]), { dryRun: true });
  await running.run(actionOf(store), { idempotencyKey: 'k' });
  await running.run(actionOf(store), { idempotencyKey: 'k' });

  expect(await records(running)).toMatchObject([
    { operation: 'change', sent: false, problems: ['NOT_FOUND'], code: null },
    { operation: 'change', sent: true, problems: ['SOURCE_FAILED'], code: 'SOURCE_UNREACHABLE', credential: 'own' },
    { operation: 'act', sent: true, problems: [] },
  ]);
});

test('the file is put aside when it grows too large, and so many are kept and no more', async () => {
  await using running = await startRunner({ audit: { maxBytes: 1_000, keep: 2 } });
  const store = createStore();

  for (let level = 2; level < 20; level += 1) await running.run(changeOf(store, [field('level', level)]));
  const newest = await records(running);

  expect((await readdir(running.folder)).sort()).toEqual(['audit', 'audit.1', 'audit.2', 'journal']);
  for (const name of ['audit', 'audit.1', 'audit.2']) {
    expect((await stat(join(running.folder, name))).size).toBeLessThanOrEqual(1_000);
    expect((await stat(join(running.folder, name))).mode & 0o077).toBe(0);
  }
  const older = await records(running, 'audit.1');
  expect(newest.at(-1)).toMatchObject({ fields: [{ requested: 19 }] });
  expect([...older, ...newest].map(({ fields }) => (fields as { requested: number }[])[0]?.requested)).toEqual(
    Array.from({ length: older.length + newest.length }, (_, nth) => 20 - older.length - newest.length + nth),
  );
});

test('a record that cannot be written to the file is complained about, and costs the write nothing', async () => {
  await using running = await startRunner({ audit: { file: '/no/such/folder/audit' } });

  const outcome = await running.run(actionOf(createStore()));
  await running.runner.close();

  expect(outcome.problems).toEqual([]);
  expect(running.logged.map((line) => JSON.parse(line).msg)).toEqual(['write', 'audit not written']);
});
