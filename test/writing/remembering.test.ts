import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ForbiddenError, SourceError } from '../../src/errors.ts';
import type { Problem, Write } from '../../src/writing/change.ts';
import { Refusal } from '../../src/writing/refusals.ts';
import {
  actionOf,
  changeOf,
  createStore,
  creationOf,
  deletionOf,
  field,
  hidden,
  type Running,
  type Store,
  startRunner,
  told,
} from './plain-writes.ts';

const key = { idempotencyKey: 'k-1' };

describe('an idempotency key', () => {
  test('brings a retry the first answer, and nothing is sent again', async () => {
    await using running = await startRunner();
    const store = createStore();

    const first = await running.run(changeOf(store, [field('level', 2)]), key);
    store.things.set('one', { name: 'Ada', level: 9 });
    const second = await running.run(changeOf(store, [field('level', 2)]), key);

    expect(second).toEqual(first);
    expect(store.sent).toEqual(['level']);
    expect(store.things.get('one')?.level).toBe(9);
  });

  test('is not used up by a write whose operation had no time any more, and brings what is known to one that has none', async () => {
    await using running = await startRunner();
    const store = createStore();
    const write = () => changeOf(store, [field('level', 2)]);
    const late = { ...key, until: performance.now() };

    const unsent = await running.run(write(), late);
    const other = await running.run(write(), { ...late, input: { other: true } });
    const first = await running.run(write(), key);
    const second = await running.run(write(), late);

    const notSent = { sent: false, verdicts: { level: 'NOT_SENT' }, problems: ['SOURCE_FAILED'] };
    expect([unsent, other].map(told)).toEqual([notSent, notSent]);
    expect(unsent.problems).toMatchObject([{ source: 'things', code: 'SOURCE_NOT_ASKED', retryable: true }]);
    expect(second).toEqual(first);
    expect(store.sent).toEqual(['level']);
  });

  test.each(['change', 'creation', 'deletion', 'action'])(
    'is free again, after a restart too, where a %s was held back',
    async (sort) => {
      const store = createStore();
      const write = (more: Pick<Write, 'wasSent'> & { readonly send?: () => Promise<never> }): Write => {
        if (sort === 'change') return changeOf(store, [field('level', 2)], more);
        if (sort === 'creation') return creationOf(store, [field('name', 'Bea')], more);
        return sort === 'deletion' ? deletionOf(store, more) : actionOf(store, more);
      };
      const send = async (): Promise<never> => {
        throw new SourceError('SOURCE_OVERLOADED', 'things');
      };
      await using running = await startRunner();

      const held = await running.run(write({ send, wasSent: () => false }), key);
      const again = await running.run(write({ send, wasSent: () => false }), key);
      await using restarted = await startRunner({ folder: running.folder });
      const later = await restarted.run(write({ wasSent: () => true }), key);

      for (const outcome of [held, again]) {
        expect([outcome.sent, ...outcome.fields.map(({ verdict }) => verdict)]).toEqual([false, 'NOT_SENT']);
        expect(outcome.problems).toMatchObject([{ code: 'SOURCE_OVERLOADED' }]);
      }
      expect([later.sent, later.problems]).toEqual([true, []]);
      expect(store.sent).toHaveLength(1);
      const audit = (await readFile(join(running.folder, 'audit'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(audit.filter(({ phase }) => phase === 'outcome').map(({ sent }) => sent)).toEqual([false, false, true]);
    },
  );

  test('of what is sent again counts as looked at where that was held back', async () => {
    await using running = await startRunner();
    const store = createStore();
    const lost = async (): Promise<never> => {
      throw new SourceError('SOURCE_UNREACHABLE', 'things');
    };
    const held = async (): Promise<never> => {
      throw new SourceError('SOURCE_OVERLOADED', 'things');
    };

    await running.run(actionOf(store, { repeatable: true, send: lost, wasSent: () => true }), key);
    const again = await running.run(actionOf(store, { repeatable: true, send: held, wasSent: () => false }), key);

    expect(again).toMatchObject({ sent: true, fields: [{ verdict: 'UNKNOWN' }] });
    const audit = (await readFile(join(running.folder, 'audit'), 'utf8')).trim().split('\n');
    expect(audit.map((line) => JSON.parse(line)).map(({ phase, sent }) => [phase, sent])).toEqual([
      ['attempt', undefined],
      ['outcome', true],
      ['attempt', undefined],
      ['look', false],
    ]);
  });

  test('lets those who come meanwhile wait for the first', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcomes = await Promise.all(Array.from({ length: 5 }, () => running.run(actionOf(store), key)));

    expect(store.sent).toEqual(['act']);
    for (const outcome of outcomes) expect(outcome.receipt).toEqual({ receipt: 'R1', amount: 5 });
  });

  test('is not forgotten while its write is under way, however many come meanwhile', async () => {
    await using running = await startRunner({ writes: { rememberAtMost: 1 } });
    const store = createStore();
    const begun = Promise.withResolvers<void>();
    const { promise: ending, resolve: end } = Promise.withResolvers<void>();
    const slow = () =>
      actionOf(store, {
        send: async () => {
          store.sent.push('slow');
          begun.resolve();
          await ending;
          return {};
        },
      });

    const first = running.run(slow(), key);
    await begun.promise;
    await running.run(actionOf(store, { target: 'another' }), { idempotencyKey: 'k-2' });
    const second = running.run(slow(), key);
    // By the time that these are done it has come to where it waits.
    for (const other of ['k-3', 'k-4']) await running.run(actionOf(store, { target: 'another' }), { idempotencyKey: other });
    end();

    expect(await second).toEqual(await first);
    expect(store.sent).toEqual(['slow', 'act', 'act', 'act']);
  });

  test('with another input is a conflict, in whatever order its fields stand', async () => {
    await using running = await startRunner();
    const store = createStore();
    const write = () => changeOf(store, [field('level', 2)]);

    await running.run(write(), { ...key, input: { level: 2, deep: [{ a: 1, b: 2 }] } });
    const same = await running.run(write(), { ...key, input: { deep: [{ b: 2, a: 1 }], level: 2 } });
    const other = await running.run(write(), { ...key, input: { level: 3, deep: [{ a: 1, b: 2 }] } });

    expect(told(same).problems).toEqual([]);
    expect(told(other)).toEqual({ sent: false, verdicts: { level: 'NOT_SENT' }, problems: ['CONFLICT'] });
    expect(store.sent).toEqual(['level']);
  });

  test('tells inputs apart that differ in a date only', async () => {
    await using running = await startRunner();
    const store = createStore();
    // What some scalars make of their text, though it is no JSON.
    const on = (day: string) => ({ ...key, input: { expires: new Date(day) } as never });

    await running.run(actionOf(store), on('2026-01-01'));
    const other = await running.run(actionOf(store), on('2026-01-02'));

    expect(told(other).problems).toEqual(['CONFLICT']);
    expect(store.sent).toEqual(['act']);
  });

  test('is its caller’s, its source’s and its operation’s alone', async () => {
    await using running = await startRunner();
    const store = createStore();

    await running.run(actionOf(store), key);
    await running.run(actionOf(store), { ...key, writer: { kind: 'KEY', name: 'another bot', holder: null } });
    await running.run(actionOf(store), { ...key, writer: { kind: 'KEY', name: 'a bot', holder: 'own key' } });
    await running.run(actionOf(store), { ...key, source: 'other' });
    await running.run(actionOf(store), { ...key, operation: 'other' });

    expect(store.sent).toHaveLength(5);
  });

  test('keeps the answer of what was sent and failed, but not of what was never sent', async () => {
    await using running = await startRunner();
    const store = createStore();
    const failing = changeOf(store, [field('level', 2)], {
      send: async () => {
        store.sent.push('failed');
        throw new SourceError('SOURCE_FAILED', 'things');
      },
    });
    const silent = changeOf(store, [field('level', 2)], {
      read: async () => {
        throw new SourceError('SOURCE_UNREACHABLE', 'things');
      },
    });

    await running.run(failing, key);
    const kept = await running.run(changeOf(store, [field('level', 2)]), key);
    await running.run(silent, { idempotencyKey: 'k-2' });
    const fresh = await running.run(changeOf(store, [field('level', 2)]), { idempotencyKey: 'k-2' });

    expect(told(kept).problems).toEqual(['SOURCE_FAILED']);
    expect(told(fresh)).toEqual({ sent: true, verdicts: { level: 'APPLIED' }, problems: [] });
    expect(store.sent).toEqual(['failed', 'level']);
  });

  test('makes a retry look again for what was unknown, and sends nothing again', async () => {
    await using running = await startRunner();
    const store = createStore();
    let silent = false;
    const write = () =>
      changeOf(store, [field('name', 'Bea'), field('level', 2), hidden('password', '[new]')], {
        read: async () => {
          if (silent) throw new SourceError('SOURCE_UNREACHABLE', 'things');
          return { ...store.things.get('one') };
        },
        send: async () => {
          store.sent.push('half');
          store.things.set('one', { name: 'Bea', level: 1 });
          silent = true;
          throw new SourceError('SOURCE_TIMEOUT', 'things');
        },
      });

    const first = await running.run(write(), key);
    const blind = await running.run(write(), key);
    silent = false;
    const seen = await running.run(write(), key);
    store.things.set('one', { name: 'Bea', level: 2 });
    const late = await running.run(write(), key);
    store.things.set('one', { name: 'Zoe', level: 9 });
    const last = await running.run(write(), key);

    const unknown = { name: 'UNKNOWN', level: 'UNKNOWN', password: 'UNKNOWN' };
    expect([first, blind].map((outcome) => told(outcome).verdicts)).toEqual([unknown, unknown]);
    expect(told(seen)).toEqual({
      sent: true,
      verdicts: { ...unknown, name: 'APPLIED' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    // What was there before is known from the first time.
    expect(seen.fields[0]).toMatchObject({ before: 'Ada', after: 'Bea' });
    expect(told(late).verdicts).toEqual({ name: 'APPLIED', level: 'APPLIED', password: 'UNKNOWN' });
    // What has once been seen is not taken back by what others do later.
    expect(told(last).verdicts).toEqual({ name: 'APPLIED', level: 'APPLIED', password: 'UNKNOWN' });
    expect(store.sent).toEqual(['half']);
  });

  test('stays open where what the source recognises is refused when it is sent again, and tells what stands in the way', async () => {
    await using running = await startRunner();
    const flagged = new Refusal({ kind: 'CONFLICT', fields: [], message: 'The receiver is flagged.' });
    const write = repeatableOf(createStore(), [new SourceError('SOURCE_TIMEOUT', 'things'), flagged, undefined]);

    const outcomes = [await running.run(write, key), await running.run(write, key), await running.run(write, key)];

    const open = { sent: true, verdicts: { amount: 'UNKNOWN' } };
    expect(outcomes.map(told)).toEqual([
      { ...open, problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'] },
      { ...open, problems: ['UNKNOWN_OUTCOME', 'CONFLICT'] },
      { sent: true, verdicts: { amount: 'ACCEPTED' }, problems: [] },
    ]);
  });

  test('brings the answer that was found by looking again to whoever comes after', async () => {
    await using running = await startRunner();
    const store = createStore();
    const write = () =>
      deletionOf(store, {
        send: async () => {
          store.sent.push('delete');
          throw new SourceError('SOURCE_TIMEOUT', 'things');
        },
      });

    const first = await running.run(write(), key);
    store.things.delete('one');
    const outcomes = await Promise.all([1, 2, 3].map(() => running.run(write(), key)));
    store.things.set('one', { name: 'Ada' });
    const last = await running.run(write(), key);

    expect(told(first).verdicts).toEqual({ deleted: 'UNKNOWN' });
    for (const outcome of [...outcomes, last])
      expect(told(outcome)).toEqual({ sent: true, verdicts: { deleted: 'APPLIED' }, problems: [] });
    expect(store.sent).toEqual(['delete']);
  });

  test('stands for nothing in a dry run', async () => {
    await using running = await startRunner();
    const store = createStore();

    await running.run(actionOf(store), { ...key, dryRun: true });
    await running.run(actionOf(store), key);

    expect(store.sent).toEqual(['act']);
  });

  test('is forgotten when its time is up, and when there are too many', async () => {
    const store = createStore();
    {
      await using short = await startRunner({ writes: { rememberHours: 0.05 / 3_600 } });
      await short.run(actionOf(store), key);
      await new Promise((resolve) => setTimeout(resolve, 120));
      await short.run(actionOf(store), key);
    }
    expect(store.sent).toHaveLength(2);

    await using few = await startRunner({ writes: { rememberAtMost: 2 } });
    for (const each of ['a', 'b', 'c', 'c', 'b', 'a']) await few.run(actionOf(store), { idempotencyKey: each });
    expect(store.sent).toHaveLength(2 + 4);
  });

  test('is not pushed out by another caller’s flood of keys, be they tried under any key of a source or after a restart', async () => {
    const store = createStore();
    const write = { writes: { rememberAtMost: 4 } };
    const quiet = { writer: { kind: 'KEY', name: 'a quiet bot', holder: null }, ...key };
    const flood = async (running: Running): Promise<void> => {
      for (const nth of [1, 2, 3, 4, 5, 6]) {
        const writer = { kind: 'KEY', name: 'a loud bot', holder: `key ${nth}` };
        await running.run(actionOf(store), { writer, idempotencyKey: `flood ${nth}` });
      }
    };
    await using first = await startRunner(write);
    await first.run(actionOf(store), quiet);
    await flood(first);
    await first.run(actionOf(store), quiet);
    expect(store.sent).toHaveLength(1 + 6);

    await using second = await startRunner({ ...write, folder: first.folder });
    await second.run(actionOf(store), quiet);
    expect(store.sent).toHaveLength(1 + 6);
    await flood(second);
    await second.run(actionOf(store), quiet);
    // Of the six, three were still known, and each that was sent again pushed out the next.
    expect(store.sent).toHaveLength(1 + 6 + 6);
  });

  test('is forgotten where all callers hold the same, but never the one that was just used', async () => {
    await using running = await startRunner({ writes: { rememberAtMost: 2 } });
    const store = createStore();
    const act = (name: string) => running.run(actionOf(store), { writer: { kind: 'KEY', name, holder: null }, ...key });

    for (const name of ['one', 'two', 'three', 'three', 'two', 'one']) await act(name);

    expect(store.sent).toHaveLength(3 + 1);
  });
});

/** What the source recognises when it is sent again; it is answered with these, one after the other. */
const repeatableOf = (store: Store, answers: (Error | undefined)[]): Write =>
  actionOf(store, {
    repeatable: true,
    send: async () => {
      const error = answers.shift();
      if (error !== undefined) throw error;
      return { amount: 5 };
    },
  });

/** Runs what a process did before it ended, and what the next one does with the same journal. */
async function restarted(
  before: (running: Running) => Promise<unknown>,
  after: (running: Running) => Promise<unknown>,
): Promise<void> {
  await using first = await startRunner();
  await before(first);
  const second = await startRunner({ folder: first.folder });
  await after(second);
  await second.runner.close();
}

/** Sends it, and leaves the journal as a process that died between sending and noting the outcome. */
async function breakOff(running: Running, write: Write): Promise<void> {
  const { folder, runner } = running;
  await running.run(write, key);
  await runner.close();
  const path = join(folder, 'journal');
  const lines = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, lines.filter((line) => !line.includes('"outcome"')).join('\n'));
}

describe('a journal', () => {
  test('that is not set leaves nothing: after a restart a key is as good as new', async () => {
    const store = createStore();
    const writes = { journal: undefined };
    await using first = await startRunner({ writes });
    await first.run(actionOf(store), key);
    await first.run(actionOf(store), key);
    expect(store.sent).toHaveLength(1);

    await using second = await startRunner({ writes, folder: first.folder });
    await second.run(actionOf(store), key);
    expect(store.sent).toHaveLength(2);
  });

  test('keeps what a key over several writes stands for', async () => {
    const request = { writer: { kind: 'KEY', name: 'a bot' }, holders: {}, operation: 'ban all', idempotencyKey: 'k-1' };
    const kindOf = async ({ runner }: Running, input: readonly string[]) =>
      (await runner.claim({ ...request, input }))?.('things').kind;

    await restarted(
      async (running) => {
        expect(await kindOf(running, ['one', 'two'])).toBeUndefined();
        expect(await kindOf(running, ['one'])).toBe('CONFLICT');
      },
      async (running) => {
        expect(await kindOf(running, ['one'])).toBe('CONFLICT');
        expect(await kindOf(running, ['one', 'two'])).toBeUndefined();
      },
    );

    await using full = await startRunner();
    await rm(full.folder, { recursive: true });
    expect(await kindOf(full, ['one'])).toBe('SOURCE_FAILED');
    await mkdir(full.folder);
    expect(await kindOf(full, ['two'])).toBeUndefined();
  });

  test('lets the key bring the first answer in the next process', async () => {
    const store = createStore();
    let first: unknown;

    await restarted(
      async (running) => {
        first = await running.run(changeOf(store, [field('level', 2), hidden('password', '[new]')]), key);
      },
      async (running) => {
        const second = await running.run(changeOf(store, [field('level', 2), hidden('password', '[new]')]), key);
        expect(second).toEqual(JSON.parse(JSON.stringify(first)));
        const other = await running.run(changeOf(store, [field('level', 3)]), { ...key, input: { other: true } });
        expect(told(other).problems).toEqual(['CONFLICT']);
      },
    );

    expect(store.sent).toEqual(['level+password']);
  });

  const broken: readonly [string, (store: Store) => Write, (store: Store) => void, object][] = [
    ['a change that shows', (store) => changeOf(store, [field('level', 2)]), () => undefined, { level: 'APPLIED' }],
    [
      'a change that does not show',
      (store) => changeOf(store, [field('level', 2)]),
      (store) => store.things.set('one', { name: 'Ada', level: 1 }),
      { level: 'UNKNOWN' },
    ],
    ['a password', (store) => changeOf(store, [hidden('password', '[new]')]), () => undefined, { password: 'UNKNOWN' }],
    [
      'a change of what should not be there, and is not any more',
      (store) => changeOf(store, [field('level', 2)], { absenceSuits: true }),
      (store) => store.things.delete('one'),
      { level: 'UNCHANGED' },
    ],
    [
      'a creation of which there is one now',
      (store) => creationOf(store, [field('name', 'Bea'), hidden('password', '[new]')]),
      () => undefined,
      { name: 'APPLIED', password: 'UNKNOWN' },
    ],
    [
      'a creation that does not show',
      (store) => creationOf(store, [field('name', 'Bea')]),
      (store) => store.things.delete('new'),
      { name: 'UNKNOWN' },
    ],
    ['a deletion that shows', (store) => deletionOf(store), () => undefined, { deleted: 'APPLIED' }],
    [
      'a deletion that does not show',
      (store) => deletionOf(store),
      (store) => store.things.set('one', { name: 'Ada' }),
      { deleted: 'UNKNOWN' },
    ],
    ['an action', (store) => actionOf(store), () => undefined, { amount: 'UNKNOWN' }],
  ];

  test.each(broken)('without an outcome: %s is looked at and not sent again', async (_what, write, meanwhile, verdicts) => {
    const store = createStore();

    await restarted(
      (running) => breakOff(running, write(store)),
      async (running) => {
        meanwhile(store);
        const outcome = told(await running.run(write(store), key));
        const known = Object.values(verdicts).every((verdict) => verdict !== 'UNKNOWN');
        expect(outcome).toEqual({ sent: true, verdicts, problems: known ? [] : ['UNKNOWN_OUTCOME'] });
      },
    );

    expect(store.sent).toHaveLength(1);
  });

  test('without an outcome: a change of what is gone by now is not called unsent', async () => {
    const store = createStore();
    const write = () => changeOf(store, [field('level', 2)]);

    await restarted(
      (running) => breakOff(running, write()),
      async (running) => {
        store.things.delete('one');
        const gone = { sent: true, verdicts: { level: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME', 'NOT_FOUND'] };
        expect(told(await running.run(write(), key))).toEqual(gone);
        expect(told(await running.run(write(), key))).toEqual(gone);
      },
    );

    expect(store.sent).toEqual(['level']);
  });

  test('without an outcome: what could not be looked at is looked at again by the next retry', async () => {
    const store = createStore();
    let silent = true;
    const write = () =>
      changeOf(store, [field('level', 2)], {
        read: async () => {
          if (silent && store.sent.length > 0) throw new SourceError('SOURCE_UNREACHABLE', 'things');
          return { ...store.things.get('one') };
        },
      });

    await restarted(
      (running) => breakOff(running, write()),
      async (running) => {
        expect(told(await running.run(write(), key)).problems).toEqual(['UNKNOWN_OUTCOME']);
        silent = false;
        expect(told(await running.run(write(), key))).toEqual({ sent: true, verdicts: { level: 'APPLIED' }, problems: [] });
      },
    );

    expect(store.sent).toEqual(['level']);
  });

  test.each(broken)('without an outcome: %s is not looked at where the time is up, nor called unsent', async (_what, write) => {
    const store = createStore();
    const late = { ...key, until: performance.now() };

    await restarted(
      (running) => breakOff(running, write(store)),
      async (running) => {
        const unseen = told(await running.run(write(store), late));
        expect(unseen).toMatchObject({ sent: true, problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'] });
        expect(new Set(Object.values(unseen.verdicts))).toEqual(new Set(['UNKNOWN']));
        const seen = await running.run(write(store), key);
        expect(told(await running.run(write(store), late))).toEqual(told(seen));
      },
    );

    expect(store.sent).toHaveLength(1);
  });

  test('without an outcome: what the source itself recognises as a repetition is sent again, under the same key', async () => {
    const store = createStore();
    const keys: (string | undefined)[] = [];
    const write = () =>
      actionOf(store, {
        repeatable: true,
        send: async (given) => {
          keys.push(given);
          return { amount: 5 };
        },
      });

    await restarted(
      (running) => breakOff(running, write()),
      async (running) => {
        expect(told(await running.run(write(), key))).toEqual({ sent: true, verdicts: { amount: 'ACCEPTED' }, problems: [] });
      },
    );

    // A word of its own, which tells this caller's write from another caller's.
    expect(keys).toEqual([expect.stringMatching(/^[\w-]{43}$/), keys[0]]);
  });

  const conflict: Problem = { kind: 'CONFLICT', fields: [], message: 'The receiver is flagged.' };
  const standsInTheWay: readonly [string, Error, string][] = [
    ['a refusal', new Refusal(conflict), 'CONFLICT'],
    ['a missing scope', new ForbiddenError('things', 'write'), 'FORBIDDEN'],
    ['our own breaker', new SourceError('SOURCE_OVERLOADED', 'things'), 'SOURCE_FAILED'],
  ];

  test.each(standsInTheWay)('without an outcome: %s says nothing of what was sent before', async (_what, error, kind) => {
    const store = createStore();
    const answers: (Error | undefined)[] = [undefined, error, error, undefined];
    const write = () => repeatableOf(store, answers);
    const open = { sent: true, verdicts: { amount: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME', kind] };

    await restarted(
      (running) => breakOff(running, write()),
      async (running) => {
        expect(told(await running.run(write(), key))).toEqual(open);
        expect(told(await running.run(write(), key))).toEqual(open);
        expect(told(await running.run(write(), key))).toEqual({ sent: true, verdicts: { amount: 'ACCEPTED' }, problems: [] });
      },
    );

    expect(answers).toEqual([]);
  });

  test('without an outcome: a refusal of a source that looked for repetitions first is the end of it', async () => {
    const store = createStore();
    const answers = [undefined, new Refusal(conflict, { knowsRepetitions: true })];

    await restarted(
      (running) => breakOff(running, repeatableOf(store, answers)),
      async (running) => {
        const refused = { sent: true, verdicts: { amount: 'NOT_APPLIED' }, problems: ['CONFLICT'] };
        expect(told(await running.run(repeatableOf(store, answers), key))).toEqual(refused);
        expect(told(await running.run(repeatableOf(store, answers), key))).toEqual(refused);
      },
    );

    expect(answers).toEqual([]);
  });

  test('is on the disk before anything is sent, and nothing is sent when it cannot be', async () => {
    await using running = await startRunner();
    const store = createStore();
    let onDisk = '';
    await running.run(
      actionOf(store, {
        send: async () => {
          onDisk = await readFile(join(running.folder, 'journal'), 'utf8');
          return {};
        },
      }),
      key,
    );
    expect(onDisk).toContain('"operation":"act"');
    expect(onDisk).not.toContain('"outcome"');

    await using full = await startRunner();
    await rm(full.folder, { recursive: true });
    const outcome = await full.run(actionOf(store), key);
    expect(outcome.problems).toEqual([
      {
        ...{ kind: 'SOURCE_FAILED', source: 'things', code: 'SOURCE_NOT_ASKED', retryable: true },
        message:
          'The attempt could not be noted in the journal of this Rollcall, so nothing was sent. Once the journal can be written, it may be tried again under the same key.',
      },
    ]);
    expect(store.sent).toEqual([]);
    const [line] = full.logged.map((text) => JSON.parse(text));
    expect(line).toMatchObject({
      ...{ level: 50, msg: 'attempt not noted in the journal, so nothing was sent', journal: join(full.folder, 'journal') },
      err: { code: 'ENOENT' },
    });

    await mkdir(full.folder);
    expect(told(await full.run(actionOf(store), key)).problems).toEqual([]);
    expect(store.sent).toEqual(['act']);
  });

  const writes: readonly [string, (store: Store) => Write][] = [
    ['change', (store) => changeOf(store, [field('level', 2)])],
    ['creation', (store) => creationOf(store, [field('name', 'Bea')])],
    ['deletion', (store) => deletionOf(store)],
    ['action', (store) => actionOf(store)],
  ];

  test.each(writes)('is waited for before a %s is sent: where it cannot be written nothing is', async (_sort, make) => {
    await using running = await startRunner();
    const store = createStore();
    await rm(running.folder, { recursive: true });

    const outcome = told(await running.run(make(store), key));

    expect(outcome).toMatchObject({ sent: false, problems: ['SOURCE_FAILED'] });
    expect(new Set(Object.values(outcome.verdicts))).toEqual(new Set(['NOT_SENT']));
    expect(store.sent).toEqual([]);
    await mkdir(running.folder);
  });

  test('survives half a line, and drops what is too old', async () => {
    const store = createStore();

    await restarted(
      async (running) => {
        await running.run(actionOf(store), key);
        await running.runner.close();
        const path = join(running.folder, 'journal');
        const text = await readFile(path, 'utf8');
        const old = text.replaceAll(/"identity":"[^"]*"/g, '"identity":"old"').replaceAll(/"at":\d+/g, '"at":1');
        await writeFile(path, `${old}${text}\n{"identity":"torn","finger`);
      },
      async (running) => {
        await running.run(actionOf(store), key);
        const text = await readFile(join(running.folder, 'journal'), 'utf8');
        expect(text).not.toContain('"old"');
        expect(text).not.toContain('torn');
      },
    );

    expect(store.sent).toEqual(['act']);
  });

  test('holds no secret: neither of the input nor of the receipt', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => ({ key: 'CANARY-new-key', receipt: 'R1' });

    await running.run(changeOf(store, [hidden('password', 'CANARY-password')]), {
      ...key,
      input: { password: 'CANARY-password' },
    });
    const outcome = await running.run(actionOf(store, { send, noted: ['receipt'] }), key);
    await running.runner.close();

    const kept = [
      await readFile(join(running.folder, 'journal'), 'utf8'),
      await readFile(join(running.folder, 'audit'), 'utf8'),
      ...running.logged,
    ].join('\n');
    expect(outcome.receipt).toEqual({ key: 'CANARY-new-key', receipt: 'R1' });
    expect(kept).toContain('R1');
    expect(kept).not.toContain('CANARY');
  });
});
