import { describe, expect, test } from 'vitest';
import { call } from '../fixtures/ai-horde/call.ts';
import { openHorde } from './horde-session.ts';
import {
  faultsOf,
  kinds,
  sendings,
  userOf,
  verdicts,
  type WritableHorde,
  type WritingOptions,
  writableHorde,
  write,
} from './horde-writing.ts';

/** Without limits, since one sender may send once a second. */
const start = (): Promise<WritableHorde> => writableHorde({ limits: false });

const transfer = (twin: WritableHorde, to: string, amount: number, options: WritingOptions = {}) =>
  write(twin, 'transferHordeKudos', { to, amount }, { key: twin.keys.of(103), ...options });

const award = (twin: WritableHorde, to: string, amount: number, options: WritingOptions = {}) =>
  write(twin, 'awardHordeKudos', { to, amount }, { key: twin.keys.admin, ...options });

const post = { method: 'POST', times: 1 } as const;

describe('a transfer', () => {
  test('moves kudos, and both sides’ statistics bear it out', async () => {
    await using twin = await start();

    const outcome = await transfer(twin, 'dunja#104', 10);

    expect(outcome).toEqual({
      fields: [
        { name: 'to', requested: 'dunja#104', before: undefined, after: 'dunja#104', verdict: 'APPLIED', facet: 'identity' },
        { name: 'amount', requested: 10, before: undefined, after: 10, verdict: 'APPLIED', facet: 'kudos' },
      ],
      problems: [],
      sent: true,
      id: null,
      receipt: { transferred: 10 },
    });
    expect([userOf(twin, 103).kudos, userOf(twin, 104).kudos]).toEqual([131_062, 1_244]);
    expect(twin.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST', 'GET', 'GET']);
  });

  test('repeated under its key is answered as done, moves nothing, and is not said to have', async () => {
    await using twin = await start();

    const first = await transfer(twin, '104', 10, { repeatKey: 'once' });
    const again = await transfer(twin, '104', 10, { repeatKey: 'once' });

    expect([verdicts(first), verdicts(again)]).toEqual([
      { to: 'APPLIED', amount: 'APPLIED' },
      { to: 'ACCEPTED', amount: 'ACCEPTED' },
    ]);
    expect(userOf(twin, 104).kudos).toBe(1_244);
    expect(twin.requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key'])).toEqual([
      'once',
      'once',
    ]);
  });

  test('after a crash is sent again under its key, and counts once', async () => {
    await using twin = await start();

    await transfer(twin, '104', 10, { repeatKey: 'a1' });
    const again = await transfer(twin, '104', 10, { repeatKey: 'a1', resumed: true });

    expect([kinds(again), userOf(twin, 104).kudos]).toEqual([[], 1_244]);
  });

  const since: readonly [string, (twin: WritableHorde) => void, string][] = [
    ['whose receiver was flagged', (twin) => Object.assign(userOf(twin, 104).roles, { flagged: true }), 'CONFLICT'],
    ['whose receiver is under suspicion', (twin) => Object.assign(userOf(twin, 104), { suspicions: 99 }), 'CONFLICT'],
    ['whose receiver is marked for deletion', (twin) => Object.assign(userOf(twin, 104), { deleted: true }), 'CONFLICT'],
    ['whose receiver is gone', (twin) => twin.world.users.remove(104), 'INVALID'],
    ['whose receiver is called otherwise', (twin) => Object.assign(userOf(twin, 104), { alias: 'other' }), 'INVALID'],
    [
      'whose sender became an education account',
      (twin) => Object.assign(userOf(twin, 103).roles, { education: true }),
      'CONFLICT',
    ],
    ['that comes too fast', (twin) => twin.world.transfers.last.set('104-103', Date.now()), 'CONFLICT'],
  ];

  test.for(since)('%s since it was sent is not told as never done', async ([, meddle, kind]) => {
    await using twin = await start();

    await transfer(twin, 'dunja#104', 10, { repeatKey: 'a1' });
    meddle(twin);
    const again = await transfer(twin, 'dunja#104', 10, { repeatKey: 'a1', resumed: true });

    expect([verdicts(again), kinds(again)]).toEqual([{ to: 'UNKNOWN', amount: 'UNKNOWN' }, ['UNKNOWN_OUTCOME', kind]]);
  });

  test('that this process has forgotten is known to the Horde by its key, though there is not so much left to send', async () => {
    await using twin = await start();
    const once = { key: twin.keys.of(104), repeatKey: 'a1' };

    await transfer(twin, '103', 700, once);
    const [again, dry] = [await transfer(twin, '103', 700, once), await transfer(twin, '103', 700, { ...once, dryRun: true })];

    expect([verdicts(again), kinds(again), again.receipt]).toEqual([
      { to: 'ACCEPTED', amount: 'ACCEPTED' },
      [],
      { transferred: 700 },
    ]);
    expect([verdicts(dry), kinds(dry)]).toEqual([{ to: 'NOT_SENT', amount: 'NOT_SENT' }, ['INVALID']]);
    expect(userOf(twin, 104).kudos).toBe(534);
  });

  test('under a key, and of more than there is, is left to the Horde, which refuses it', async () => {
    await using twin = await start();

    const outcome = await transfer(twin, '104', 1_000_000, { repeatKey: 'a1' });

    expect([outcome.sent, verdicts(outcome)]).toEqual([true, { to: 'NOT_APPLIED', amount: 'NOT_APPLIED' }]);
    expect(outcome.problems).toMatchObject([{ kind: 'INVALID', field: 'amount' }]);
  });

  test('that never arrived, and for which there is not enough when it is sent again, is told as not done', async () => {
    await using twin = await start();

    const again = await transfer(twin, '104', 1_000_000, { repeatKey: 'a1', resumed: true });

    expect([verdicts(again), kinds(again)]).toEqual([{ to: 'NOT_APPLIED', amount: 'NOT_APPLIED' }, ['INVALID']]);
  });

  test('under a key that was used for another is a conflict', async () => {
    await using twin = await start();

    await transfer(twin, '104', 10, { repeatKey: 'once' });
    const other = await transfer(twin, '104', 11, { repeatKey: 'once' });

    expect(other.problems).toEqual([
      { kind: 'CONFLICT', fields: [], message: 'This idempotencyKey was used for another transfer.' },
    ]);
    expect(userOf(twin, 104).kudos).toBe(1_244);
  });

  test('whose answer is cut off is told as done', async () => {
    await using twin = await start();
    twin.faults.add({ ...post, fault: { kind: 'cut', share: 0.5 } });

    const outcome = await transfer(twin, '104', 10);

    expect([verdicts(outcome), kinds(outcome), outcome.receipt]).toEqual([{ to: 'APPLIED', amount: 'APPLIED' }, [], {}]);
    expect(userOf(twin, 104).kudos).toBe(1_244);
  });

  test('that never arrived is told as unknown, and is not sent again', async () => {
    await using twin = await start();
    twin.faults.add({ ...post, fault: { kind: 'reset' } });

    const outcome = await transfer(twin, '104', 10);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([
      { to: 'UNKNOWN', amount: 'UNKNOWN' },
      ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    ]);
    expect([userOf(twin, 104).kudos, sendings(twin)]).toEqual([1234, ['POST /kudos/transfer']]);
  });

  test('that a gateway answers with a 409 in JSON is looked at, and is never called undone', async () => {
    await using twin = await start();
    const body = '{"message":"Conflict"}';
    const headers = { 'content-type': 'application/json' };
    twin.faults.add({ ...post, fault: { kind: 'reply', status: 409, headers, body } });

    const outcome = await transfer(twin, '104', 10);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([
      { to: 'UNKNOWN', amount: 'UNKNOWN' },
      ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    ]);
  });

  test('to a shared key goes to its owner, and its id is not repeated', async () => {
    await using twin = await start();
    const [key] = [...twin.world.sharedKeys.values()].filter(({ ownerId, kudos }) => ownerId !== 103 && kudos !== -1);
    const [before, owner] = [key?.kudos ?? 0, userOf(twin, key?.ownerId ?? -1)];
    const had = owner.kudos;

    const outcome = await transfer(twin, key?.id ?? '', 10);

    expect(verdicts(outcome)).toEqual({ to: 'APPLIED', amount: 'APPLIED' });
    expect([owner.kudos - had, (key?.kudos ?? 0) - before]).toEqual([10, 10]);
    expect(JSON.stringify(outcome)).not.toContain(key?.id);
  });

  test('names no shared key where the audit would show it', async () => {
    await using twin = await start();
    const id = twin.keys.shared;
    await using opened = openHorde(twin.url, { key: twin.keys.of(103) });
    const writes = opened.session.writes?.();

    const targets = [
      writes?.transferHordeKudos?.({ to: id, amount: 1 }).target,
      writes?.updateHordeSharedKey?.({ sharedKeyId: id, name: 'other' }).target,
      writes?.deleteHordeSharedKey?.({ sharedKeyId: id }).target,
    ];

    expect(targets).toEqual(['shared key', expect.stringMatching(/^shared key [0-9a-f]{12}$/), targets[1]]);
    expect(String(targets)).not.toContain(id.slice(0, 8));
  });

  test('with the service’s key is refused, since that would spend the service’s kudos', async () => {
    await using twin = await start();
    await using opened = openHorde(twin.url);
    const session = opened.source.open({ credential: { class: 'service', key: twin.keys.moderator }, signal: undefined });

    const make = () => session.writes?.().transferHordeKudos?.({ to: '104', amount: 1 });

    expect(make).toThrow('Bring a key of your own');
    expect(twin.requests).toHaveLength(0);
  });

  test.for([
    ['to somebody unknown', '999999', 10, { field: 'to', kind: 'INVALID' }],
    ['to a name that is another’s', 'chidi#104', 10, { field: 'to', message: 'The user with this number is called otherwise.' }],
    ['to Anonymous', '0', 10, { field: 'to' }],
    ['to oneself', '103', 10, { field: 'to' }],
    ['to somebody flagged', '108', 10, { kind: 'CONFLICT', message: 'The receiving account is flagged.' }],
    ['of more than there is above the floor', '104', 131_048, { field: 'amount' }],
    ['through a shared key that is none', '00000000-0000-0000-0000-000000000000', 10, { field: 'to' }],
  ] as const)('%s is foreseen as refused', async ([, to, amount, problem]) => {
    await using twin = await start();

    const outcome = await transfer(twin, to, amount);

    expect(outcome.problems).toMatchObject([problem]);
    expect(sendings(twin)).toEqual([]);
  });

  test.for([
    ['flagged', 'The sending account is flagged.'],
    ['education', 'Education accounts cannot send kudos.'],
  ] as const)('from an account that is %s is foreseen as refused', async ([role, message]) => {
    await using twin = await start();
    userOf(twin, 103).roles[role] = true;

    expect((await transfer(twin, '104', 10)).problems).toMatchObject([{ kind: 'CONFLICT', message }]);
    expect(sendings(twin)).toEqual([]);
  });

  test('that the Horde refuses for what does not show is told by the code', async () => {
    await using twin = await start();
    userOf(twin, 103).heldKudos = 131_000;
    userOf(twin, 107).suspicions = 9;

    const held = await transfer(twin, '104', 500);
    const suspect = await transfer(twin, '107', 5);
    await transfer(twin, '104', 5);
    const back = await transfer(twin, '103', 5, { key: twin.keys.of(104) });

    expect([held.problems, suspect.problems, back.problems]).toMatchObject([
      [{ kind: 'INVALID', field: 'amount' }],
      [{ kind: 'CONFLICT', message: 'The receiving account is under suspicion.' }],
      [{ kind: 'CONFLICT', message: 'The receiver sent kudos to this account within the last minute.' }],
    ]);
    expect(verdicts(held)).toEqual({ to: 'NOT_APPLIED', amount: 'NOT_APPLIED' });
  });

  test.for([
    ['nobody', 10, 'to: A user, as alias#number or by the number alone, or the id of a shared key.'],
    ['104', 0, 'amount: A whole number from 1 to 9007199254740991.'],
    ['104', -5, 'amount: A whole number from 1 to 9007199254740991.'],
    ['104', 10.9, 'amount: A whole number from 1 to 9007199254740991.'],
  ] as const)('to %o of %o is refused before anything is asked', async ([to, amount, fault]) => {
    await using twin = await start();

    expect(await faultsOf(twin, 'transferHordeKudos', { to, amount })).toEqual([fault]);
    expect(twin.requests).toHaveLength(0);
  });

  test('in a dry run sends nothing', async () => {
    await using twin = await start();

    const outcome = await transfer(twin, '104', 10, { dryRun: true });

    expect([verdicts(outcome), outcome.sent]).toEqual([{ to: 'WOULD_CHANGE', amount: 'WOULD_CHANGE' }, false]);
    expect(sendings(twin)).toEqual([]);
  });

  test('too soon after the last one is told as such, by our own count of what the Horde allows', async () => {
    await using twin = await writableHorde();

    await transfer(twin, '104', 10);
    const soon = await transfer(twin, '107', 10);

    expect(soon.problems).toMatchObject([{ kind: 'SOURCE_FAILED', code: 'SOURCE_OVERLOADED', retryable: true }]);
    expect(verdicts(soon)).toEqual({ to: 'NOT_SENT', amount: 'NOT_SENT' });
    expect(userOf(twin, 107).kudos).toBe(14);
  });
});

describe('an award', () => {
  test('is given, and can be taken back', async () => {
    await using twin = await start();

    const given = await award(twin, 'dunja#104', 25);
    const taken = await award(twin, '104', -5);

    expect([given, taken].map((outcome) => [verdicts(outcome), outcome.receipt])).toEqual([
      [{ to: 'APPLIED', amount: 'APPLIED' }, { awarded: 25 }],
      [{ to: 'APPLIED', amount: 'APPLIED' }, { awarded: -5 }],
    ]);
    expect(userOf(twin, 104)).toMatchObject({ kudos: 1_254, kudosDetails: { awarded: 20 } });
  });

  test('to a flagged account is answered 200, and told as nothing', async () => {
    await using twin = await start();
    const direct = await call(twin, 'POST /v2/kudos/award', { key: twin.keys.admin, json: { username: '108', amount: 25 } });

    const foreseen = await award(twin, '108', 25);
    // Flagged between the look and the award.
    twin.faults.add({ method: 'POST', times: 1, fault: { kind: 'delay', ms: 100 } });
    const racing = award(twin, '104', 25);
    setTimeout(() => void Object.assign(userOf(twin, 104).roles, { flagged: true }), 50);
    const raced = await racing;

    expect([direct.status, direct.body]).toEqual([200, [{ awarded: null }, { awarded: null }]]);
    const nothing = [{ kind: 'CONFLICT', message: 'The account is flagged: it was awarded nothing.' }];
    expect([foreseen.problems, raced.problems]).toMatchObject([nothing, nothing]);
    expect([foreseen.sent, raced.sent, verdicts(raced)]).toEqual([false, true, { to: 'NOT_APPLIED', amount: 'NOT_APPLIED' }]);
    expect([userOf(twin, 108).kudos, userOf(twin, 104).kudos]).toEqual([25, 1234]);
  });

  test('by anybody but the first account is foreseen as refused', async () => {
    await using twin = await start();

    const outcome = await award(twin, '104', 25, { key: twin.keys.moderator });

    expect([kinds(outcome), sendings(twin)]).toEqual([['FORBIDDEN'], []]);
  });

  test('whose answer is cut off is told as done, and one that never arrived as unknown', async () => {
    await using twin = await start();
    twin.faults.add({ ...post, fault: { kind: 'cut', share: 0.5 } });
    const cut = await award(twin, '104', 25);
    twin.faults.add({ ...post, fault: { kind: 'reset' } });
    const reset = await award(twin, '107', 25);

    expect([verdicts(cut), kinds(cut)]).toEqual([{ to: 'APPLIED', amount: 'APPLIED' }, []]);
    expect([verdicts(reset), kinds(reset)]).toEqual([{ to: 'UNKNOWN', amount: 'UNKNOWN' }, ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']]);
    expect([userOf(twin, 104).kudos, userOf(twin, 107).kudos]).toEqual([1_259, 14]);
  });

  test('is not sent again after a crash, since the Horde would count it twice', async () => {
    await using twin = await start();

    const outcome = await award(twin, '104', 25, { repeatKey: 'once', resumed: true });

    expect([kinds(outcome), sendings(twin)]).toEqual([['UNKNOWN_OUTCOME'], []]);
  });

  test.for([
    ['00000000-0000-0000-0000-000000000000', 5, 'to: A user, as alias#number or by the number alone.'],
    ['104', 0, 'amount: Not 0.'],
  ] as const)('to %o of %o is refused before anything is asked', async ([to, amount, fault]) => {
    await using twin = await start();

    expect(await faultsOf(twin, 'awardHordeKudos', { to, amount })).toEqual([fault]);
    expect(twin.requests).toHaveLength(0);
  });
});
