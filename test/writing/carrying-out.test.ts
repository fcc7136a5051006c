import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../../src/domain/writes.ts';
import { ForbiddenError, SourceError } from '../../src/errors.ts';
import type { Change } from '../../src/writing/change.ts';
import { InvalidInputError, Refusal } from '../../src/writing/refusals.ts';
import {
  actionOf,
  changeOf,
  createStore,
  creationOf,
  deletionOf,
  field,
  hidden,
  type Store,
  startRunner,
  told,
} from './plain-writes.ts';

const failed = new SourceError('SOURCE_FAILED', 'things');
const timedOut = new SourceError('SOURCE_TIMEOUT', 'things');
const unreachable = new SourceError('SOURCE_UNREACHABLE', 'things');
const rejecting = (error: unknown) => async (): Promise<never> => {
  throw error;
};

describe('a change', () => {
  test('sends what differs, and shows what was and what is', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('name', 'Ada'), field('level', 3)]));

    expect(store.sent).toEqual(['level']);
    expect(outcome).toEqual({
      fields: [
        { name: 'name', requested: 'Ada', before: 'Ada', after: 'Ada', verdict: 'UNCHANGED' },
        { name: 'level', requested: 3, before: 1, after: 3, verdict: 'APPLIED' },
      ],
      problems: [],
      sent: true,
      id: null,
      receipt: {},
    });
  });

  test('that is so already sends nothing', async () => {
    await using running = await startRunner();
    const store = createStore();

    expect(told(await running.run(changeOf(store, [field('level', 1)])))).toEqual({
      sent: false,
      verdicts: { level: 'UNCHANGED' },
      problems: [],
    });
    expect(store.sent).toEqual([]);
  });

  test('of nothing is NOT_FOUND', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('level', 2)], { id: 'nobody' }));

    expect(told(outcome)).toEqual({ sent: false, verdicts: { level: 'NOT_SENT' }, problems: ['NOT_FOUND'] });
    expect(store.sent).toEqual([]);
  });

  test('in a dry run tells what would change, and sends nothing', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('name', 'Ada'), field('level', 2), hidden('password', '[new]')]), {
      dryRun: true,
    });

    expect(told(outcome)).toEqual({
      sent: false,
      verdicts: { name: 'UNCHANGED', level: 'WOULD_CHANGE', password: 'WOULD_CHANGE' },
      problems: [],
    });
    expect(store.sent).toEqual([]);
  });

  test('is a conflict where something is not as expected, be it changed or only looked at', async () => {
    await using running = await startRunner();
    const store = createStore();
    const guards = [{ name: 'level', expected: 7, current: field('level', 0).current }];

    const byField = await running.run(changeOf(store, [field('name', 'Bea', { expected: 'Zoe' })]));
    const byGuard = await running.run(changeOf(store, [field('name', 'Bea')], { guards }));

    expect(byField.problems).toMatchObject([{ kind: 'CONFLICT', fields: [{ name: 'name', expected: 'Zoe', actual: 'Ada' }] }]);
    expect(byGuard.problems).toMatchObject([{ kind: 'CONFLICT', fields: [{ name: 'level', expected: 7, actual: 1 }] }]);
    expect(store.sent).toEqual([]);
  });

  test('is not sent when what was foreseen speaks against it, dry run or not', async () => {
    await using running = await startRunner();
    const store = createStore();
    const foresee = async () => [{ kind: 'CONFLICT', fields: [], message: 'The last one.' } as const];

    for (const dryRun of [true, false]) {
      const outcome = await running.run(changeOf(store, [field('level', 2)], { foresee }), { dryRun });
      expect(told(outcome)).toEqual({ sent: false, verdicts: { level: 'NOT_SENT' }, problems: ['CONFLICT'] });
    }
    expect(store.sent).toEqual([]);
  });

  test.each([
    ['says yes and does nothing', async () => undefined, 'NOT_APPLIED', ['NOT_APPLIED']],
    ['fails and did nothing', rejecting(failed), 'NOT_APPLIED', ['SOURCE_FAILED']],
    ['refuses for want of rights', rejecting(new SourceError('SOURCE_FORBIDDEN', 'things')), 'NOT_APPLIED', ['FORBIDDEN']],
    ['broke off', rejecting(unreachable), 'UNKNOWN', ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']],
    ['may still be at it', rejecting(timedOut), 'UNKNOWN', ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']],
    ['is not understood by us', rejecting(new TypeError('our bug')), 'UNKNOWN', ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']],
    ['says no for sure', rejecting(new Refusal({ kind: 'NOT_FOUND', message: 'No.' })), 'NOT_APPLIED', ['NOT_FOUND']],
    ['is not ours to ask', rejecting(new ForbiddenError('things', 'write')), 'NOT_APPLIED', ['FORBIDDEN']],
  ])('whose source %s is told by what is read back', async (_what, send, verdict, problems) => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('level', 2)], { send }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: verdict }, problems });
    expect(outcome.fields[0]).toMatchObject({ before: 1, after: 1 });
  });

  test.each([
    [null, 'NOT_APPLIED'],
    [400, 'NOT_APPLIED'],
    [408, 'UNKNOWN'],
    [499, 'UNKNOWN'],
    [500, 'NOT_APPLIED'],
    [502, 'UNKNOWN'],
    [504, 'UNKNOWN'],
  ])('that was answered with %s, and failed, is by then %s', async (status, verdict) => {
    await using running = await startRunner();
    const store = createStore();

    const sent = await running.run({
      ...changeOf(store, [field('level', 2)], { send: rejecting(failed) }),
      status: () => status,
    });
    const refused = await running.run({
      ...changeOf(store, [field('level', 2)], { send: rejecting(new Refusal({ kind: 'NOT_FOUND', message: 'No.' })) }),
      status: () => status,
    });

    expect(told(sent).verdicts).toEqual({ level: verdict });
    expect(told(refused).verdicts).toEqual({ level: 'NOT_APPLIED' });
  });

  test('that meets a bug of ours after it was sent has its outcome, and the bug is in the log', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => {
      store.things.set('one', { name: 'Ada', level: 2 });
      throw new TypeError('our bug');
    };

    const outcome = await running.run(changeOf(store, [field('level', 2)], { send }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: 'APPLIED' }, problems: [] });
    expect(running.logged.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'write begun' },
      { msg: 'unexpected error', err: { message: 'our bug' } },
      { msg: 'write' },
    ]);
  });

  test.each([failed, timedOut, unreachable])('that took effect is a success though the answer was lost (%s)', async (error) => {
    await using running = await startRunner();
    const store = createStore();
    const { send } = changeOf(store, []);

    const outcome = await running.run(
      changeOf(store, [field('level', 2)], {
        send: async (fields, before) => {
          await send(fields, before);
          throw error;
        },
      }),
    );

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: 'APPLIED' }, problems: [] });
  });

  test('of which half took effect before the failure says which half', async () => {
    await using running = await startRunner();
    const store = createStore();
    const { send } = changeOf(store, []);

    const outcome = await running.run(
      changeOf(store, [field('name', 'Bea'), field('level', 2)], {
        send: async (fields, before) => {
          await send(fields.slice(0, 1), before);
          throw failed;
        },
      }),
    );

    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { name: 'APPLIED', level: 'NOT_APPLIED' },
      problems: ['PARTLY_APPLIED', 'SOURCE_FAILED'],
    });
    expect(outcome.problems[0]).toMatchObject({ applied: ['name'], missing: ['level'] });
  });

  test('of a secret is ACCEPTED, never confirmed; UNKNOWN when the answer was lost; NOT_APPLIED when it was refused', async () => {
    await using running = await startRunner();
    const store = createStore();
    const run = async (send: () => Promise<void>) =>
      told(await running.run(changeOf(store, [hidden('password', '[new]')], { send }))).verdicts.password;

    expect(await run(async () => undefined)).toBe('ACCEPTED');
    expect(await run(rejecting(unreachable))).toBe('UNKNOWN');
    // Such an answer may be a gateway’s, behind which it was done.
    for (const code of ['SOURCE_RATE_LIMITED', 'SOURCE_UNAUTHORIZED', 'SOURCE_UNSUPPORTED'] as const)
      expect(await run(rejecting(new SourceError(code, 'things')))).toBe('UNKNOWN');
    // Of several requests others may have gone out before the one that was held back.
    expect(await run(rejecting(new SourceError('SOURCE_OVERLOADED', 'things')))).toBe('UNKNOWN');
    expect(await run(rejecting(new Refusal({ kind: 'NOT_FOUND', message: 'No.' })))).toBe('NOT_APPLIED');
  });

  test('of something that shows late is unknown as long as it does not show', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('level', 2)], { send: async () => undefined, lateBy: 30 }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME'] });
  });

  test('that cannot be read back is unknown, after a second look', async () => {
    await using running = await startRunner();
    const store = createStore();
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads > 1) throw unreachable;
      return { ...store.things.get('one') };
    };

    const outcome = await running.run(changeOf(store, [field('level', 2)], { read }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME'] });
    expect(reads).toBe(3);
  });

  test('of something that is gone afterwards is NOT_FOUND', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(changeOf(store, [field('level', 2)], { send: async () => void store.things.clear() }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { level: 'NOT_APPLIED' }, problems: ['NOT_FOUND'] });
  });
});

describe('a change of what the source takes only whole', () => {
  const level = field('level', 0);
  const along = async () => ({
    facet: 'identity' as const,
    parts: (state: unknown) => ({ level: level.current(state) ?? null }),
  });
  /** A source that stores all of what it is sent, which is the thing as it was read with the changes in it. */
  const wholly = (store: Store, more: Partial<Change<unknown>>) =>
    changeOf(store, [field('name', 'Bea')], {
      along,
      send: async ([name], before) => {
        store.sent.push('all');
        store.things.set('one', { ...(before as object), name: name?.wanted ?? null });
      },
      ...more,
    });

  test('is made of what is there directly before it is sent', async () => {
    await using running = await startRunner();
    const store = createStore();
    // Somebody else writes while it is looked whether it may be sent.
    const foresee = async () => {
      store.things.set('one', { name: 'Ada', level: 8 });
      return [];
    };

    const outcome = await running.run(wholly(store, { foresee }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { name: 'APPLIED' }, problems: [] });
    expect(store.things.get('one')).toEqual({ name: 'Bea', level: 8 });
  });

  test('is a conflict where meanwhile something is no longer as expected, gone, or changed by somebody else to the same', async () => {
    await using running = await startRunner();
    const guards = [{ name: 'level', expected: 1, current: level.current }];
    const meanwhile = async (thing: Record<string, FieldValue> | undefined) => {
      const store = createStore();
      const foresee = async () => {
        if (thing === undefined) store.things.clear();
        else store.things.set('one', thing);
        return [];
      };
      const outcome = await running.run(wholly(store, { guards, foresee }));
      expect(store.sent).toEqual([]);
      return told(outcome);
    };

    expect(await meanwhile({ name: 'Ada', level: 8 })).toMatchObject({ sent: false, problems: ['CONFLICT'] });
    expect(await meanwhile(undefined)).toMatchObject({ sent: false, problems: ['NOT_FOUND'] });
    expect(await meanwhile({ name: 'Bea', level: 1 })).toEqual({ sent: false, verdicts: { name: 'UNCHANGED' }, problems: [] });
  });

  test('tells what nobody asked for and is otherwise afterwards, to whoever may see it', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => void store.things.set('one', { name: 'Bea', level: 9 });

    const outcome = await running.run(wholly(store, { send }));
    store.things.set('one', { name: 'Ada', level: 1 });
    const unseeing = await running.run(wholly(store, { send }), { mayCompare: ({ facet }) => facet === undefined });

    expect(told(outcome)).toEqual({ sent: true, verdicts: { name: 'APPLIED' }, problems: ['CONFLICT'] });
    expect(outcome.problems[0]?.message).toContain('level');
    expect(told(unseeing).problems).toEqual([]);
  });
});

describe('a creation', () => {
  const fields = [field('name', 'Bea'), field('level', 2), hidden('password', '[new]')];
  const applied = { name: 'APPLIED', level: 'APPLIED', password: 'ACCEPTED' };

  test('is found and compared', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(creationOf(store, fields));

    expect(outcome.id).toBe('new');
    expect(told(outcome)).toEqual({ sent: true, verdicts: applied, problems: [] });
  });

  test('of what is there already is a conflict', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(creationOf(store, [field('name', 'Ada')]));

    expect(outcome.id).toBeNull();
    expect(told(outcome)).toEqual({ sent: false, verdicts: { name: 'NOT_SENT' }, problems: ['CONFLICT'] });
  });

  test('in a dry run looks only', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(creationOf(store, [field('name', 'Bea')]), { dryRun: true });

    expect(told(outcome)).toEqual({ sent: false, verdicts: { name: 'WOULD_CHANGE' }, problems: [] });
    expect(store.sent).toEqual([]);
  });

  test('whose answer was lost is found by looking, which proves nothing: what is never shown is unknown', async () => {
    await using running = await startRunner();
    const store = createStore();
    const { send } = creationOf(store, fields);

    const outcome = await running.run(
      creationOf(store, fields, {
        send: async () => {
          await send();
          throw unreachable;
        },
      }),
    );

    expect(outcome.id).toBe('new');
    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { ...applied, password: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
  });

  test.each([new Refusal({ kind: 'CONFLICT', fields: [], message: 'Taken.' }), new ForbiddenError('things', 'write')])(
    'that was refused has nothing to do with what is there then (%s)',
    async (error) => {
      await using running = await startRunner();
      const store = createStore();

      const outcome = await running.run(
        creationOf(store, fields, {
          send: async () => {
            store.things.set('theirs', { name: 'Bea', level: 2 });
            throw error;
          },
        }),
      );

      expect(outcome.id).toBeNull();
      expect(new Set(outcome.fields.map(({ verdict }) => verdict))).toEqual(new Set(['NOT_APPLIED']));
      expect(outcome.problems).toHaveLength(1);
    },
  );

  test('whose source says yes and makes nothing is no success', async () => {
    await using running = await startRunner();
    const store = createStore();

    for (const given of [null, 'imagined']) {
      const outcome = await running.run(creationOf(store, [field('name', 'Bea')], { send: async () => given }));
      expect(told(outcome)).toEqual({ sent: true, verdicts: { name: 'NOT_APPLIED' }, problems: ['NOT_APPLIED'] });
    }
  });

  test('that was refused says why', async () => {
    await using running = await startRunner();
    const store = createStore();
    const taken = new Refusal({ kind: 'CONFLICT', fields: [], message: 'Taken.' });

    const outcome = await running.run(creationOf(store, [field('name', 'Bea')], { send: rejecting(taken) }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { name: 'NOT_APPLIED' }, problems: ['CONFLICT'] });
  });

  test('that timed out and is not there yet is unknown', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(creationOf(store, [field('name', 'Bea')], { send: rejecting(timedOut) }));

    expect(told(outcome).problems).toEqual(['UNKNOWN_OUTCOME', 'SOURCE_FAILED']);
  });

  test('that came to be without what takes a second request is partly applied', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => {
      store.things.set('new', { name: 'Bea', level: 0 });
      return 'new';
    };

    const outcome = await running.run(creationOf(store, fields, { send, complete: rejecting(failed) }));

    expect(outcome.id).toBe('new');
    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { ...applied, level: 'NOT_APPLIED' },
      problems: ['PARTLY_APPLIED', 'SOURCE_FAILED'],
    });
  });

  test('whose second request is refused is not thereby refused as a whole, where nothing can be read back', async () => {
    await using running = await startRunner();
    const refused = new SourceError('SOURCE_OVERLOADED', 'things');

    const outcome = await running.run(
      creationOf(createStore(), fields, { complete: rejecting(refused), read: rejecting(refused) }),
    );

    expect(outcome.id).toBe('new');
    // What is never told was taken with the rest, for which the source has given an id.
    const verdicts = fields.map(({ name, secret }) => [name, secret === true ? 'ACCEPTED' : 'UNKNOWN']);
    expect(told(outcome).verdicts).toEqual(Object.fromEntries(verdicts));
    expect(verdicts.map(([, verdict]) => verdict)).toContain('ACCEPTED');
    expect(told(outcome).problems).toEqual(['UNKNOWN_OUTCOME', 'SOURCE_FAILED']);
  });

  test('of which the source gave the id is nobody else’s when it is asked again, and tells no wait that is over', async () => {
    const store = createStore();
    const heldBack = new SourceError('SOURCE_OVERLOADED', 'things', { retryAfter: 60 });
    const send = async () => {
      store.things.set('new', { name: 'Bea', level: 0 });
      return 'new';
    };
    let isReadable = false;
    const read = async (id: string) => {
      if (!isReadable) throw heldBack;
      return store.things.get(id) ?? null;
    };
    const find = async () => (store.things.has('new') ? 'new' : null);
    const write = () => creationOf(store, fields, { send, read, find, complete: rejecting(heldBack) });
    const key = { idempotencyKey: 'k' };

    await using running = await startRunner();
    const first = await running.run(write(), key);
    isReadable = true;
    const again = await running.run(write(), key);
    await using restarted = await startRunner({ folder: running.folder });
    const later = await restarted.run(write(), key);

    expect(first.problems).toMatchObject([{ kind: 'UNKNOWN_OUTCOME' }, { code: 'SOURCE_OVERLOADED', retryAfter: 60 }]);
    for (const outcome of [again, later]) {
      expect(outcome.id).toBe('new');
      expect(told(outcome).verdicts).toEqual({ name: 'APPLIED', level: 'UNKNOWN', password: 'ACCEPTED' });
      expect(outcome.problems).toEqual([
        { kind: 'UNKNOWN_OUTCOME', fields: ['level'], message: 'Whether it took effect cannot be known: level.' },
        expect.objectContaining({ code: 'SOURCE_OVERLOADED' }),
      ]);
      expect(outcome.problems.map((problem) => 'retryAfter' in problem && problem.retryAfter)).not.toContain(60);
    }
    store.things.delete('new');
    store.things.set('other', { name: 'Bea', level: 2 });
    const others = await running.run(creationOf(store, fields, { send, read, find: async () => 'other' }), key);
    expect([others.id, told(others).verdicts]).toEqual(['new', told(again).verdicts]);
  });

  test('whose second request is still under way is unknown in that, and applied when it shows, however often it is asked again', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => {
      store.things.set('new', { name: 'Bea', level: 0 });
      return 'new';
    };
    const late = creationOf(store, fields, { send, complete: rejecting(timedOut) });
    const ask = async () =>
      (await running.run(late, { idempotencyKey: 'k' })).fields.find(({ name }) => name === 'level')?.verdict;

    const before = [await ask(), await ask()];
    store.things.set('new', { name: 'Bea', level: 2 });

    expect(before).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(await ask()).toBe('APPLIED');
  });
});

describe('a deletion', () => {
  test('is told by what is gone', async () => {
    await using running = await startRunner();
    const store = createStore();

    const outcome = await running.run(deletionOf(store));

    expect(outcome.fields).toEqual([
      { name: 'deleted', requested: true, before: false, after: true, verdict: 'APPLIED', facet: 'identity' },
    ]);
  });

  test.each([
    ['says yes and deletes nothing', async () => undefined, 'NOT_APPLIED', ['NOT_APPLIED']],
    ['fails', rejecting(failed), 'NOT_APPLIED', ['SOURCE_FAILED']],
    ['may still be at it', rejecting(timedOut), 'UNKNOWN', ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']],
  ])('whose source %s is no success', async (_what, send, verdict, problems) => {
    await using running = await startRunner();
    const store = createStore();

    expect(told(await running.run(deletionOf(store, { send })))).toEqual({
      sent: true,
      verdicts: { deleted: verdict },
      problems,
    });
  });

  test('that took effect is a success though the answer was lost; of nobody it is NOT_FOUND', async () => {
    await using running = await startRunner();
    const store = createStore();
    const send = async () => {
      store.things.delete('one');
      throw timedOut;
    };

    const first = await running.run(deletionOf(store, { send }));
    const second = await running.run(deletionOf(store));

    expect(told(first)).toEqual({ sent: true, verdicts: { deleted: 'APPLIED' }, problems: [] });
    expect(told(second)).toEqual({ sent: false, verdicts: { deleted: 'NOT_SENT' }, problems: ['NOT_FOUND'] });
  });
});

describe('a deletion of an account', () => {
  test('that is not there has nothing to do, dry run or not; of what else is not there it is NOT_FOUND', async () => {
    await using running = await startRunner();
    const store = createStore({});
    const unchanged = { sent: false, verdicts: { deleted: 'UNCHANGED' }, problems: [] };

    for (const dryRun of [true, false])
      expect(told(await running.run(deletionOf(store, { absenceSuits: true }), { dryRun }))).toEqual(unchanged);
    expect(told(await running.run(changeOf(store, [field('deleted', true)], { absenceSuits: true })))).toEqual(unchanged);
    expect(told(await running.run(deletionOf(store))).problems).toEqual(['NOT_FOUND']);
    expect(store.sent).toEqual([]);
  });
});

describe('an action', () => {
  test('that a look shows to have been in vain took no effect, and its receipt is withheld', async () => {
    await using running = await startRunner();
    const look = rejecting(new Refusal({ kind: 'NOT_FOUND', message: 'Gone.' }));

    const outcome = await running.run(actionOf(createStore(), { look }));

    expect(told(outcome)).toEqual({ sent: true, verdicts: { amount: 'NOT_APPLIED' }, problems: ['NOT_FOUND'] });
    expect(outcome.receipt).toEqual({});
  });

  test('is told by its receipt', async () => {
    await using running = await startRunner();

    const outcome = await running.run(actionOf(createStore()));

    expect(outcome.receipt).toEqual({ receipt: 'R1', amount: 5 });
    expect(told(outcome)).toEqual({ sent: true, verdicts: { amount: 'ACCEPTED' }, problems: [] });
  });

  test('whose answer was lost is unknown; where it can be looked at, it is told by that', async () => {
    await using running = await startRunner();
    const store = createStore();

    const blind = await running.run(actionOf(store, { send: rejecting(unreachable) }));
    const seeing = await running.run(
      actionOf(store, {
        fields: [field('amount', 5)],
        send: rejecting(unreachable),
        look: async () => ({ amount: 5 }),
      }),
    );

    expect(told(blind).problems).toEqual(['UNKNOWN_OUTCOME', 'SOURCE_FAILED']);
    expect(told(seeing)).toEqual({ sent: true, verdicts: { amount: 'APPLIED' }, problems: [] });
  });

  test('in a dry run is foreseen only', async () => {
    await using running = await startRunner();
    const store = createStore();
    const foresee = async () => [{ kind: 'CONFLICT', fields: [], message: 'Too little left.' } as const];

    expect(told(await running.run(actionOf(store), { dryRun: true })).verdicts).toEqual({ amount: 'WOULD_CHANGE' });
    expect(told(await running.run(actionOf(store, { foresee }), { dryRun: true })).problems).toEqual(['CONFLICT']);
    expect(store.sent).toEqual([]);
  });
});

describe('an input', () => {
  test('with faults is refused with all of them, and asks nothing', async () => {
    await using running = await startRunner();
    const make = () => {
      throw new InvalidInputError([
        { field: 'name', message: 'Too long.' },
        { field: 'level', message: 'Too high.' },
      ]);
    };

    expect((await running.run(make)).problems).toEqual([
      { kind: 'INVALID', field: 'name', message: 'Too long.' },
      { kind: 'INVALID', field: 'level', message: 'Too high.' },
    ]);
  });

  test.each(['__MCSM_SECRET_DATA__', '[masked]', '[secret]', '<wiped>', { deep: ['[masked]'] }])(
    'that would write a placeholder back is refused: %j',
    async (wanted) => {
      await using running = await startRunner();
      const store = createStore();

      const outcome = await running.run(changeOf(store, [field('name', wanted)]));

      expect(outcome.problems).toMatchObject([{ kind: 'INVALID', field: 'name' }]);
      expect(store.sent).toEqual([]);
    },
  );

  test('that is nobody’s fault but ours rejects, as nothing was sent', async () => {
    await using running = await startRunner();
    const bug = new TypeError('our bug');

    await expect(running.run(changeOf(createStore(), [field('level', 2)], { read: rejecting(bug) }))).rejects.toBe(bug);
  });
});
