import { describe, expect, test } from 'vitest';
import { newSharedKey } from '../../src/twins/horde/new-records.ts';
import type { HordeSharedKey } from '../../src/twins/horde/records.ts';
import { call } from '../fixtures/ai-horde/call.ts';
import { meddle } from '../meddling.ts';
import {
  faultsOf,
  kinds,
  sendings,
  verdicts,
  type WritableHorde,
  type WritingOptions,
  writableHorde,
  write,
} from './horde-writing.ts';

const id = '5b1d4f1a-6a52-4a5e-8f33-0c7f2f3bb001';

/** With one shared key of user 104's. */
async function start(): Promise<WritableHorde> {
  const twin = await writableHorde();
  twin.world.sharedKeys.set(id, newSharedKey({ id, ownerId: 104, name: 'for friends', kudos: 500 }));
  return twin;
}

function keyOf(twin: WritableHorde, sharedKeyId = id): HordeSharedKey {
  const key = twin.world.sharedKeys.get(sharedKeyId);
  if (!key) throw new Error('no such shared key');
  return key;
}

const asOwner = (twin: WritableHorde, options: WritingOptions = {}): WritingOptions => ({ key: twin.keys.of(104), ...options });
const ownKeys = (twin: WritableHorde) => [...twin.world.sharedKeys.values()].filter(({ ownerId }) => ownerId === 104);
const inDays = (days: number): number => Date.now() + days * 86_400_000;

const json = { 'content-type': 'application/json' };

describe('making one', () => {
  test('gives its id to the caller, and reads it back', async () => {
    await using twin = await start();

    const input = { name: 'party', kudos: 100, expiresInDays: 30, maxImageSteps: 20 };
    const outcome = await write(twin, 'createHordeSharedKey', input, asOwner(twin));

    const made = keyOf(twin, String(outcome.receipt.sharedKeyId));
    expect(made).toMatchObject({ ownerId: 104, name: 'party', kudos: 100, maxImageSteps: 20, maxTextTokens: -1 });
    expect(Math.abs((made.expiresAt ?? 0) - inDays(30))).toBeLessThan(60_000);
    expect(outcome.fields.map(({ name, after, verdict }) => [name, after, verdict])).toEqual([
      ['name', 'party', 'APPLIED'],
      ['kudos', 100, 'APPLIED'],
      ['expiresInDays', 30, 'APPLIED'],
      ['maxImageSteps', 20, 'APPLIED'],
    ]);
  });

  test('with nothing said has the usual kudos', async () => {
    await using twin = await start();

    const outcome = await write(twin, 'createHordeSharedKey', {}, asOwner(twin));

    expect(verdicts(outcome)).toEqual({ kudos: 'APPLIED' });
    expect(keyOf(twin, String(outcome.receipt.sharedKeyId))).toMatchObject({ kudos: 5_000, name: null, expiresAt: null });
  });

  test('whose answer is cut off is unknown, though there is a new one', async () => {
    await using twin = await start();
    twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'cut', share: 0.5 } });

    const outcome = await write(twin, 'createHordeSharedKey', { name: 'party' }, asOwner(twin));

    expect([verdicts(outcome), outcome.receipt]).toEqual([{ name: 'UNKNOWN', kudos: 'UNKNOWN' }, {}]);
    expect(kinds(outcome)).toContain('UNKNOWN_OUTCOME');
    expect([ownKeys(twin).length, sendings(twin)]).toEqual([2, ['PUT /sharedkeys']]);
  });

  test('that never arrived is not taken for what somebody else made at that moment', async () => {
    await using twin = await start();
    twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'reset' } });
    meddle(twin, { method: 'PUT' }, () => {
      const theirs = '5b1d4f1a-6a52-4a5e-8f33-0c7f2f3bb002';
      twin.world.sharedKeys.set(theirs, newSharedKey({ id: theirs, ownerId: 104, name: 'party' }));
    });

    const outcome = await write(twin, 'createHordeSharedKey', { name: 'party' }, asOwner(twin));

    expect([verdicts(outcome), outcome.receipt]).toEqual([{ name: 'UNKNOWN', kudos: 'UNKNOWN' }, {}]);
    expect(kinds(outcome)).toContain('UNKNOWN_OUTCOME');
  });

  test('that never arrived is unknown, and is not tried again', async () => {
    await using twin = await start();
    twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'reset' } });

    const outcome = await write(twin, 'createHordeSharedKey', { name: 'party' }, asOwner(twin));

    expect([verdicts(outcome), outcome.receipt]).toEqual([{ name: 'UNKNOWN', kudos: 'UNKNOWN' }, {}]);
    expect([ownKeys(twin).length, sendings(twin)]).toEqual([1, ['PUT /sharedkeys']]);
  });

  test('a fourth is refused to who is not trusted', async () => {
    await using twin = await start();
    for (const name of ['one', 'two']) await write(twin, 'createHordeSharedKey', { name }, asOwner(twin));

    const fourth = await write(twin, 'createHordeSharedKey', { name: 'four' }, asOwner(twin));

    expect([verdicts(fourth), kinds(fourth)]).toEqual([{ name: 'NOT_APPLIED', kudos: 'NOT_APPLIED' }, ['FORBIDDEN']]);
    expect(ownKeys(twin)).toHaveLength(3);
  });

  test('is not for Anonymous, and not for a dry run', async () => {
    await using twin = await start();

    const anonymous = await write(twin, 'createHordeSharedKey', {}, { key: twin.keys.anonymous });
    const dry = await write(twin, 'createHordeSharedKey', {}, asOwner(twin, { dryRun: true }));

    expect([kinds(anonymous), verdicts(dry)]).toEqual([['FORBIDDEN'], { kudos: 'WOULD_CHANGE' }]);
    expect(sendings(twin)).toEqual([]);
  });
});

describe('changing one', () => {
  test('changes it and sees it', async () => {
    await using twin = await start();

    const outcome = await write(
      twin,
      'updateHordeSharedKey',
      { sharedKeyId: id, kudos: 2_000, expiresInDays: -1 },
      asOwner(twin),
    );

    expect(outcome.fields.map(({ name, before, after, verdict }) => [name, before, after, verdict])).toEqual([
      ['kudos', undefined, 2_000, 'APPLIED'],
      ['expiresInDays', undefined, -1, 'APPLIED'],
    ]);
    expect(keyOf(twin)).toMatchObject({ kudos: 2_000, name: 'for friends', expiresAt: null });
  });

  test('that somebody read a moment ago is done, and cannot be confirmed for a minute', async () => {
    await using twin = await start();
    await call(twin, `GET /v2/sharedkeys/${id}`);

    const outcome = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, kudos: 2_000 }, asOwner(twin));
    const cached = await call(twin, `GET /v2/sharedkeys/${id}`);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ kudos: 'ACCEPTED' }, []]);
    expect(cached.body).toMatchObject({ kudos: 500 });
    expect(keyOf(twin).kudos).toBe(2_000);
  });

  test('to what an old answer shows is sent all the same', async () => {
    await using twin = await start();
    await call(twin, `GET /v2/sharedkeys/${id}`);
    keyOf(twin).kudos = 20;

    await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, kudos: 500 }, asOwner(twin));

    expect(keyOf(twin).kudos).toBe(500);
  });

  test('whose answer is lost is told by what is seen, if that is new', async () => {
    await using twin = await start();
    twin.faults.add({ method: 'PATCH', times: 1, fault: { kind: 'cut', share: 0.5 } });
    const cut = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, name: 'cut' }, asOwner(twin));
    twin.faults.add({ method: 'PATCH', times: 1, fault: { kind: 'reset' } });
    const reset = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, name: 'reset' }, asOwner(twin));

    expect([cut, reset].map(verdicts)).toEqual([{ name: 'APPLIED' }, { name: 'UNKNOWN' }]);
    expect(keyOf(twin).name).toBe('cut');
  });

  test('of somebody else is refused, moderators not exempt', async () => {
    await using twin = await start();

    const outcome = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, name: 'mine' });

    expect(outcome.problems).toEqual([{ kind: 'FORBIDDEN', source: 'horde', message: 'The shared key is somebody else’s.' }]);
    expect([sendings(twin), keyOf(twin).name]).toEqual([[], 'for friends']);
  });

  test('that is none is not found, and the caller’s own key is not blamed', async () => {
    await using twin = await start();

    const unknown = '00000000-0000-0000-0000-000000000000';
    const outcome = await write(twin, 'updateHordeSharedKey', { sharedKeyId: unknown, name: 'mine' }, asOwner(twin));

    expect([kinds(outcome), sendings(twin)]).toEqual([['NOT_FOUND'], []]);
    expect(JSON.stringify(outcome)).not.toContain(unknown);
  });

  test.for([
    [{ sharedKeyId: id }, 'input: Name at least one field to change.'],
    [{ sharedKeyId: '104', name: 'x' }, 'sharedKeyId: The id of a shared key.'],
    [{ sharedKeyId: id, kudos: -2 }, 'kudos: A whole number from -1 to 2147483647.'],
    [{ sharedKeyId: id, name: '' }, 'name: 1 to 255 characters.'],
    [{ sharedKeyId: id, expiresInDays: 1.5 }, 'expiresInDays: A whole number from -1 to 36500.'],
  ] as const)('%o is refused before anything is asked', async ([input, fault]) => {
    await using twin = await start();

    expect(await faultsOf(twin, 'updateHordeSharedKey', input)).toEqual([fault]);
    expect(twin.requests).toHaveLength(0);
  });
});

describe('deleting one', () => {
  test('is seen though a GET still shows it', async () => {
    await using twin = await start();
    await call(twin, `GET /v2/sharedkeys/${id}`);

    const outcome = await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));
    const cached = await call(twin, `GET /v2/sharedkeys/${id}`);

    expect([verdicts(outcome), kinds(outcome), cached.status]).toEqual([{ deleted: 'APPLIED' }, [], 200]);
    expect(ownKeys(twin)).toEqual([]);
  });

  test('a second time is not found, though a GET still shows it: the key that asks is good', async () => {
    await using twin = await start();
    await call(twin, `GET /v2/sharedkeys/${id}`);
    await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));

    const again = await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));
    const change = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, name: 'late' }, asOwner(twin));

    expect([again, change].map(kinds)).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
    expect([again.fields, again.sent]).toMatchObject([[{ before: true, after: true, verdict: 'UNCHANGED' }], true]);
    expect(change.fields).toMatchObject([{ after: undefined, verdict: 'NOT_APPLIED' }]);
    const same = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, name: 'for friends' }, asOwner(twin));
    expect([kinds(same), verdicts(same)]).toEqual([['NOT_FOUND'], { name: 'NOT_APPLIED' }]);
    expect(JSON.stringify([again, change])).not.toContain(id);
  });

  test('whose key is taken away meanwhile is told by that key', async () => {
    await using twin = await start();
    await call(twin, `GET /v2/sharedkeys/${id}`);
    await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));
    meddle(twin, { method: 'DELETE' }, () => {
      twin.faults.add({
        path: /find_user$/,
        fault: { kind: 'reply', status: 404, headers: json, body: '{"message":"x","rc":"UserNotFound"}' },
      });
    });

    const outcome = await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));

    expect(kinds(outcome)).toContain('FORBIDDEN');
  });

  test('whose answer is cut off is seen, and one that never arrived is unknown while caches may be old', async () => {
    await using twin = await start();
    twin.faults.add({ method: 'DELETE', times: 1, fault: { kind: 'reset' } });
    const reset = await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));
    const there = ownKeys(twin).length;
    twin.faults.add({ method: 'DELETE', times: 1, fault: { kind: 'cut', share: 0.5 } });
    const cut = await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin));

    expect([reset, cut].map(verdicts)).toEqual([{ deleted: 'UNKNOWN' }, { deleted: 'APPLIED' }]);
    expect([there, ownKeys(twin).length]).toEqual([1, 0]);
  });

  test('of somebody else is refused, one that is none is not found, a dry run deletes nothing', async () => {
    await using twin = await start();
    const unknown = '00000000-0000-0000-0000-000000000000';

    const outcomes = [
      await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }),
      await write(twin, 'deleteHordeSharedKey', { sharedKeyId: unknown }, asOwner(twin)),
      await write(twin, 'deleteHordeSharedKey', { sharedKeyId: id }, asOwner(twin, { dryRun: true })),
    ];

    expect(outcomes.map(kinds)).toEqual([['FORBIDDEN'], ['NOT_FOUND'], []]);
    expect([sendings(twin), ownKeys(twin).length]).toEqual([[], 1]);
  });
});
