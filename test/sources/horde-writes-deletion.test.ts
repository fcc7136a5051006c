import { describe, expect, test } from 'vitest';
import { call } from '../fixtures/ai-horde/call.ts';
import {
  kinds,
  sendings,
  userOf,
  verdicts,
  type WritableHorde,
  type WritingOptions,
  writableHorde,
  write,
} from './horde-writing.ts';

const remove = (twin: WritableHorde, id: number, options: WritingOptions & { readonly wipe?: boolean } = {}) =>
  write(twin, 'deleteHordeUser', { nativeId: String(id), wipe: options.wipe }, options);

const deleting = { method: 'DELETE', times: 1 } as const;

/** Marked for deletion, and idle for long. */
function retire(twin: WritableHorde, id: number): void {
  Object.assign(userOf(twin, id), { deleted: true, lastActiveAt: Date.UTC(2023, 1, 1) });
}

describe('deleting', () => {
  test('marks, and sees it though the Horde’s cache still shows otherwise', async () => {
    await using twin = await writableHorde();
    await call(twin, 'GET /v2/users/104', { key: twin.keys.moderator });

    const outcome = await remove(twin, 104);
    const cached = await call(twin, 'GET /v2/users/104', { key: twin.keys.moderator });

    expect(outcome.fields).toMatchObject([{ name: 'markedForDeletion', before: false, after: true, verdict: 'APPLIED' }]);
    expect(cached.body).toMatchObject({ deleted: false });
    expect(userOf(twin, 104).deleted).toBe(true);
  });

  test('a user who is marked already is let be, for a second request might wipe them', async () => {
    await using twin = await writableHorde();
    retire(twin, 104);

    const outcome = await remove(twin, 104);

    expect([verdicts(outcome), sendings(twin)]).toEqual([{ markedForDeletion: 'UNCHANGED' }, []]);
    expect(twin.world.users.get(104)).toBeDefined();
  });

  test('Anonymous is answered as done, and told as not', async () => {
    await using twin = await writableHorde();

    const outcome = await remove(twin, 0);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ markedForDeletion: 'NOT_APPLIED' }, ['NOT_APPLIED']]);
  });

  test('oneself goes with one’s own key, and back again', async () => {
    await using twin = await writableHorde();
    const key = twin.keys.of(104);

    const gone = await remove(twin, 104, { key });
    const back = await write(twin, 'undeleteHordeUser', { nativeId: '104' }, { key });
    const again = await write(twin, 'undeleteHordeUser', { nativeId: '104' }, { key });

    expect([gone, back, again].map(verdicts)).toEqual([
      { markedForDeletion: 'APPLIED' },
      { undelete: 'APPLIED' },
      { undelete: 'UNCHANGED' },
    ]);
    expect(userOf(twin, 104).deleted).toBe(false);
    expect(sendings(twin)).toEqual(['DELETE /users/104', 'PUT /users/104']);
  });

  test.for([
    [
      'a moderator',
      101,
      (twin: WritableHorde) => twin.keys.moderator,
      'A moderator cannot be deleted; an admin must take the role away first.',
    ],
    ['somebody else', 103, (twin: WritableHorde) => twin.keys.of(104), 'Only a moderator or the user may delete the account.'],
    ['Anonymous with its own key', 0, (twin: WritableHorde) => twin.keys.anonymous, 'The anonymous key cannot do this.'],
  ] as const)('%s is foreseen as refused', async ([, id, key, message]) => {
    await using twin = await writableHorde();

    const outcome = await remove(twin, id, { key: key(twin) });

    expect(outcome.problems).toEqual([{ kind: 'FORBIDDEN', source: 'horde', message }]);
    expect(sendings(twin)).toEqual([]);
  });

  test('without a key is never sent, since the Horde answers that with a 500', async () => {
    await using twin = await writableHorde();

    expect(kinds(await remove(twin, 104, { key: '' }))).toEqual(['FORBIDDEN']);
    expect(twin.requests).toHaveLength(0);
  });

  test('a lost answer is resolved by looking, as far as that can tell', async () => {
    await using twin = await writableHorde();
    twin.faults.add({ ...deleting, fault: { kind: 'cut', share: 0.5 } });
    const cut = await remove(twin, 104);
    twin.faults.add({ ...deleting, fault: { kind: 'reset' } });
    const reset = await remove(twin, 103);

    expect([cut, reset].map(verdicts)).toEqual([{ markedForDeletion: 'APPLIED' }, { markedForDeletion: 'UNKNOWN' }]);
    expect([kinds(cut), kinds(reset)]).toEqual([[], ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']]);
    expect([userOf(twin, 104).deleted, userOf(twin, 103).deleted]).toEqual([true, false]);
  });
});

describe('wiping', () => {
  test('removes for good who was marked and idle', async () => {
    await using twin = await writableHorde();
    retire(twin, 104);

    const outcome = await remove(twin, 104, { wipe: true });

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ deleted: 'APPLIED' }, []]);
    expect(twin.world.users.get(104)).toBeUndefined();
  });

  test('asks that the user is marked first', async () => {
    await using twin = await writableHorde();

    const outcome = await remove(twin, 104, { wipe: true });

    expect([kinds(outcome), sendings(twin)]).toEqual([['CONFLICT'], []]);
    expect(userOf(twin, 104).deleted).toBe(false);
  });

  test('who was active lately is refused', async () => {
    await using twin = await writableHorde();
    userOf(twin, 104).deleted = true;

    const outcome = await remove(twin, 104, { wipe: true });

    expect(outcome.problems).toEqual([
      { kind: 'CONFLICT', fields: [], message: 'Who was active within the last 30 days is not wiped.' },
    ]);
    expect(verdicts(outcome)).toEqual({ deleted: 'NOT_APPLIED' });
  });

  test('a second one in the same database is a 500, and the user is still there', async () => {
    await using twin = await writableHorde();
    retire(twin, 103);
    retire(twin, 104);

    await remove(twin, 103, { wipe: true });
    const second = await remove(twin, 104, { wipe: true });

    expect([verdicts(second), kinds(second)]).toEqual([{ deleted: 'NOT_APPLIED' }, ['SOURCE_FAILED']]);
    expect(twin.world.users.get(104)).toBeDefined();
  });

  test('somebody who is not there, or not any more, is as wanted; so it is of the mark', async () => {
    await using twin = await writableHorde();

    const [wiped, marked] = [await remove(twin, 999_999, { wipe: true }), await remove(twin, 999_999)];

    expect([wiped, marked].map(verdicts)).toEqual([{ deleted: 'UNCHANGED' }, { markedForDeletion: 'UNCHANGED' }]);
    expect([kinds(wiped), kinds(marked), sendings(twin)]).toEqual([[], [], []]);
  });
});

describe('what goes over all of a person’s accounts', () => {
  test('a ban flags, an unban takes the flag, a deletion marks', async () => {
    await using twin = await writableHorde();

    const banned = await write(twin, 'ban', { nativeId: '104' });
    const flagged = userOf(twin, 104).roles.flagged;
    const unbanned = await write(twin, 'unban', { nativeId: '104' });
    const deleted = await write(twin, 'delete', { nativeId: '104' });

    expect([banned, unbanned, deleted].map(verdicts)).toEqual([
      { flagged: 'APPLIED' },
      { flagged: 'APPLIED' },
      { markedForDeletion: 'APPLIED' },
    ]);
    expect([flagged, userOf(twin, 104).roles.flagged, userOf(twin, 104).deleted]).toEqual([true, false, true]);
  });

  test('a dry run sends nothing that changes', async () => {
    await using twin = await writableHorde();

    const outcomes = [
      await write(twin, 'ban', { nativeId: '104' }, { dryRun: true }),
      await write(twin, 'delete', { nativeId: '104' }, { dryRun: true }),
      await write(twin, 'undeleteHordeUser', { nativeId: '104' }, { dryRun: true }),
    ];

    expect(outcomes.map(verdicts)).toEqual([
      { flagged: 'WOULD_CHANGE' },
      { markedForDeletion: 'WOULD_CHANGE' },
      { undelete: 'UNCHANGED' },
    ]);
    expect(sendings(twin)).toEqual([]);
  });
});
