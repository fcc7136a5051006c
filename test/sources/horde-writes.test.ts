import { describe, expect, test } from 'vitest';
import type { HordeUserWishes } from '../../src/domain/accounts/horde-writes.ts';
import { serverFault } from '../../src/twins/horde/refusals.ts';
import { call } from '../fixtures/ai-horde/call.ts';
import { faultsOf, kinds, sendings, userOf, verdicts, type WritableHorde, writableHorde, write } from './horde-writing.ts';

type Wishes = Omit<HordeUserWishes, 'nativeId'>;

const update = (twin: WritableHorde, id: number, wishes: Wishes, key?: string) =>
  write(twin, 'updateHordeUser', { nativeId: String(id), ...wishes }, key === undefined ? {} : { key });

interface Lie {
  readonly says: string;
  readonly id: number;
  readonly by: (twin: WritableHorde) => string;
  readonly before?: (twin: WritableHorde) => void;
  readonly wishes: Wishes;
  /** What the Horde answers to the same request, asked directly. */
  readonly wire: Record<string, unknown>;
  readonly reply: unknown;
  readonly verdicts: Record<string, string>;
  readonly problems: readonly string[];
  readonly truth: object;
}

const moderator = (twin: WritableHorde): string => twin.keys.moderator;
const admin = (twin: WritableHorde): string => twin.keys.admin;

const lies: readonly Lie[] = [
  {
    says: 'several roles at once are answered with their old values',
    id: 104,
    by: moderator,
    wishes: { trusted: true, flagged: true, service: true, special: true },
    wire: { trusted: true, flagged: true, service: true, special: true },
    reply: { trusted: true, flagged: false, service: false, special: true },
    verdicts: { trusted: 'APPLIED', flagged: 'APPLIED', service: 'APPLIED', special: 'APPLIED' },
    problems: [],
    truth: { roles: { trusted: true, flagged: true, service: true, special: true } },
  },
  {
    says: 'a moderator’s own role is answered with its old value',
    id: 2,
    by: moderator,
    wishes: { vpn: true },
    wire: { vpn: true },
    reply: { vpn: false },
    verdicts: { vpn: 'APPLIED' },
    problems: [],
    truth: { roles: { vpn: true } },
  },
  {
    says: 'roles of Anonymous are taken and not set',
    id: 0,
    by: moderator,
    wishes: { trusted: true },
    wire: { trusted: true },
    reply: { trusted: false },
    verdicts: { trusted: 'NOT_APPLIED' },
    problems: ['NOT_APPLIED'],
    truth: { roles: { trusted: false } },
  },
  {
    says: 'a balance stops at its floor while the answer is a success',
    id: 104,
    by: admin,
    wishes: { addKudos: -5_000 },
    wire: { kudos: -5_000 },
    reply: { new_kudos: 25 },
    verdicts: { addKudos: 'NOT_APPLIED' },
    problems: ['PARTLY_APPLIED'],
    truth: { kudos: 25, kudosDetails: { admin: -5_000 } },
  },
  {
    says: 'a pseudonymous balance stops at 14',
    id: 107,
    by: admin,
    before: (twin) => void Object.assign(userOf(twin, 107), { kudos: 100 }),
    wishes: { addKudos: -1_000 },
    wire: { kudos: -1_000 },
    reply: { new_kudos: 14 },
    verdicts: { addKudos: 'NOT_APPLIED' },
    problems: ['PARTLY_APPLIED'],
    truth: { kudos: 14 },
  },
  {
    says: 'what is taken off the monthly sum stops at 0',
    id: 102,
    by: admin,
    wishes: { addMonthlyKudos: -9_000 },
    wire: { monthly_kudos: -9_000 },
    reply: { monthly_kudos: 0 },
    verdicts: { addMonthlyKudos: 'NOT_APPLIED' },
    problems: ['PARTLY_APPLIED'],
    truth: { monthlyKudos: { assigned: 0 } },
  },
  {
    says: 'the monthly sum is answered without its sponsored share, and paid at once',
    id: 101,
    by: admin,
    wishes: { addMonthlyKudos: 1_000, addKudos: 7 },
    wire: { monthly_kudos: 1_000, kudos: 7 },
    reply: { new_kudos: 912_447, monthly_kudos: 1_000 },
    verdicts: { addKudos: 'APPLIED', addMonthlyKudos: 'APPLIED' },
    problems: [],
    truth: { kudos: 913_447, monthlyKudos: { assigned: 1_000, entitled: 20_000 } },
  },
  {
    says: 'naming a moderator trusts them too, whatever was asked for comes last',
    id: 104,
    by: admin,
    wishes: { moderator: true, trusted: false },
    wire: { moderator: true, trusted: false },
    reply: { moderator: true, trusted: true },
    verdicts: { moderator: 'APPLIED', trusted: 'APPLIED' },
    problems: [],
    truth: { roles: { moderator: true, trusted: false } },
  },
  {
    says: 'education would move a concurrency that is to stay',
    id: 104,
    by: moderator,
    wishes: { education: true, concurrency: 30 },
    wire: { education: true, concurrency: 30 },
    reply: { concurrency: 30, education: true },
    verdicts: { education: 'APPLIED', concurrency: 'APPLIED' },
    problems: [],
    truth: { roles: { education: true }, concurrency: 30 },
  },
  {
    says: 'an alias comes back cleaned, and bare',
    id: 104,
    by: (twin) => twin.keys.of(104),
    wishes: { username: 'dun & <b>ja</b>' },
    wire: { username: 'dun & <b>ja</b>' },
    reply: { username: 'dun &amp; <b>ja</b>' },
    verdicts: { username: 'APPLIED' },
    problems: [],
    truth: { alias: 'dun &amp; <b>ja</b>' },
  },
  {
    says: 'whether workers are public is told by no field, and yet can be seen by a stranger',
    id: 107,
    by: (twin) => twin.keys.of(107),
    wishes: { publicWorkers: true },
    wire: { public_workers: true },
    reply: { public_workers: true },
    verdicts: { publicWorkers: 'APPLIED' },
    problems: [],
    truth: { publicWorkers: true },
  },
  {
    says: 'a usage multiplier is never told',
    id: 104,
    by: admin,
    wishes: { usageMultiplier: 1.5 },
    wire: { usage_multiplier: 1.5 },
    reply: { usage_multiplier: 1.5 },
    verdicts: { usageMultiplier: 'ACCEPTED' },
    problems: [],
    truth: { usageMultiplier: 1.5 },
  },
  {
    says: 'a refused field leaves those before it done',
    id: 104,
    by: moderator,
    wishes: { concurrency: 40, workerInvited: 2, username: 'damn fool', contact: 'later@example.com' },
    wire: { concurrency: 40, worker_invited: 2, username: 'damn fool', contact: 'later@example.com' },
    reply: { rc: 'ProfaneUserName' },
    verdicts: { concurrency: 'APPLIED', workerInvited: 'APPLIED', username: 'NOT_APPLIED', contact: 'NOT_APPLIED' },
    problems: ['PARTLY_APPLIED', 'INVALID'],
    truth: { concurrency: 40, workerInvited: 2, alias: 'dunja', contact: 'dunja@harbour.example' },
  },
];

describe('what the Horde says, what Rollcall says, and what is true', () => {
  test.for(lies)('$says', async (lie) => {
    await using lying = await writableHorde();
    await using twin = await writableHorde();
    for (const each of [lying, twin]) lie.before?.(each);

    const { body } = await call(lying, `PUT /v2/users/${lie.id}`, { key: lie.by(lying), json: lie.wire });
    const outcome = await update(twin, lie.id, lie.wishes, lie.by(twin));

    expect(body).toMatchObject(lie.reply as object);
    expect(verdicts(outcome)).toEqual(lie.verdicts);
    expect(kinds(outcome)).toEqual(lie.problems);
    expect(userOf(twin, lie.id)).toMatchObject(lie.truth);
    expect(userOf(lying, lie.id)).toMatchObject(lie.truth);
    expect(sendings(twin)).toEqual([`PUT /users/${lie.id}`]);
  });

  test('a field that is sent since another would move it is told with what it was', async () => {
    await using twin = await writableHorde();
    Object.assign(userOf(twin, 104), { concurrency: 200 });
    userOf(twin, 104).roles.education = true;
    const wishes = { education: false, concurrency: 200, moderator: true, trusted: false };

    const dry = await write(twin, 'updateHordeUser', { nativeId: '104', ...wishes }, { key: twin.keys.admin, dryRun: true });
    const { fields } = await update(twin, 104, wishes, twin.keys.admin);

    expect(dry.fields).toMatchObject([
      { name: 'moderator', before: false, after: false, verdict: 'WOULD_CHANGE' },
      { name: 'concurrency', before: 200, after: 200, verdict: 'WOULD_CHANGE' },
      { name: 'trusted', before: false, after: false, verdict: 'WOULD_CHANGE' },
      { name: 'education', before: true, after: true, verdict: 'WOULD_CHANGE' },
    ]);
    expect(fields).toMatchObject([
      { name: 'moderator', before: false, after: true, verdict: 'APPLIED' },
      { name: 'concurrency', before: 200, after: 200, verdict: 'APPLIED' },
      { name: 'trusted', before: false, after: false, verdict: 'APPLIED' },
      { name: 'education', before: true, after: false, verdict: 'APPLIED' },
    ]);
  });

  test('how far a balance went down is told', async () => {
    await using twin = await writableHorde();

    const { fields } = await update(twin, 104, { addKudos: -5_000, addMonthlyKudos: 100 }, twin.keys.admin);

    expect(fields).toMatchObject([
      { name: 'addKudos', requested: -5_000, before: 0, after: -1_209, verdict: 'NOT_APPLIED' },
      { name: 'addMonthlyKudos', requested: 100, before: 0, after: 100, verdict: 'APPLIED' },
    ]);
    expect(userOf(twin, 104).kudos).toBe(125);
  });

  test('kudos that others move meanwhile are not taken for what was added', async () => {
    await using twin = await writableHorde();
    const user = userOf(twin, 104);
    twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'delay', ms: 100 } });

    const changing = update(twin, 104, { addKudos: 50 }, twin.keys.admin);
    setTimeout(() => void Object.assign(user, { kudos: user.kudos + 1_000 }), 50);

    expect(verdicts(await changing)).toEqual({ addKudos: 'APPLIED' });
    expect(user.kudos).toBe(1234 + 1_050);
  });

  test('with another admin at it, what was added cannot be confirmed', async () => {
    await using twin = await writableHorde();
    twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'delay', ms: 150 } });

    const changing = update(twin, 104, { addKudos: 50 }, twin.keys.admin);
    await new Promise((resolve) => setTimeout(resolve, 75));
    await call(twin, 'PUT /v2/users/104', { key: twin.keys.admin, json: { kudos: 30 } });

    expect(verdicts(await changing)).toEqual({ addKudos: 'ACCEPTED' });
  });
});

describe('things that are done by being named', () => {
  test('with false they are not sent', async () => {
    await using twin = await writableHorde();

    await update(twin, 108, { resetSuspicion: false, undelete: false, generateProxyPasskey: false, adminComment: 'looked at' });

    expect(userOf(twin, 108)).toMatchObject({ suspicions: 6, adminComment: 'looked at' });
  });

  test('suspicion is reset once', async () => {
    await using twin = await writableHorde();

    const first = await update(twin, 108, { resetSuspicion: true });
    const second = await update(twin, 108, { resetSuspicion: true });

    expect([verdicts(first), verdicts(second)]).toEqual([{ resetSuspicion: 'APPLIED' }, { resetSuspicion: 'UNCHANGED' }]);
    expect(sendings(twin)).toHaveLength(1);
  });

  test('a new passkey over an old one cannot be seen, and is never shown', async () => {
    await using twin = await writableHorde({ canary: 'CANARY' });
    const old = userOf(twin, 105).proxyPasskey;

    const outcome = await update(twin, 105, { generateProxyPasskey: true }, twin.keys.of(105));

    expect(outcome.fields).toMatchObject([{ requested: true, before: undefined, after: undefined, verdict: 'ACCEPTED' }]);
    expect(userOf(twin, 105).proxyPasskey).not.toBe(old);
    expect(JSON.stringify(outcome)).not.toContain('CANARY');
  });

  test('a first passkey is seen by a moderator who is a service account', async () => {
    await using twin = await writableHorde();
    userOf(twin, 2).roles.service = true;

    const outcome = await update(twin, 104, { generateProxyPasskey: true });

    expect(verdicts(outcome)).toEqual({ generateProxyPasskey: 'APPLIED' });
    expect(userOf(twin, 104).proxyPasskey).not.toBeNull();
  });

  test('a passkey is refused before anything else is done when the key is of no service account', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { concurrency: 44, generateProxyPasskey: true });

    expect(kinds(outcome)).toEqual(['FORBIDDEN']);
    expect(sendings(twin)).toEqual([]);
  });
});

describe('caches of half a minute', () => {
  test('what somebody read a moment ago is not taken for what is', async () => {
    await using twin = await writableHorde();
    await call(twin, 'GET /v2/users/104', { key: twin.keys.moderator });
    userOf(twin, 104).roles.trusted = true;

    const outcome = await update(twin, 104, { trusted: false });

    expect(outcome.fields).toMatchObject([{ before: true, after: false, verdict: 'APPLIED' }]);
    expect(userOf(twin, 104).roles.trusted).toBe(false);
  });

  test('after a refusal half way, which empties no cache, the truth is still seen', async () => {
    await using twin = await writableHorde();
    for (let round = 0; round < 5; round += 1) {
      const wishes = { concurrency: 50 + round, username: 'damn fool' };
      const outcome = await update(twin, 104, wishes);

      expect(verdicts(outcome)).toEqual({ concurrency: 'APPLIED', username: 'NOT_APPLIED' });
      expect(userOf(twin, 104).concurrency).toBe(50 + round);
    }
  });

  test('an owner’s contact is sent whatever the cache shows, and read back after it was emptied', async () => {
    await using twin = await writableHorde();
    const key = twin.keys.of(104);
    await call(twin, 'GET /v2/find_user', { key });
    userOf(twin, 104).contact = 'elsewhere@example.com';

    const outcome = await update(twin, 104, { contact: 'dunja@harbour.example' }, key);

    expect(outcome.fields).toMatchObject([{ before: undefined, after: 'dunja@harbour.example', verdict: 'APPLIED' }]);
    expect(userOf(twin, 104).contact).toBe('dunja@harbour.example');
  });

  test('an owner’s contact that another node still shows as it was is not said to be so', async () => {
    await using twin = await writableHorde();
    const key = twin.keys.of(104);
    const { body } = await call(twin, 'GET /v2/find_user', { key });
    const old = JSON.stringify({ ...(body as object), account_age: 1 });
    const reply = { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: old } as const;
    twin.faults.add({ path: '/api/v2/find_user', fault: reply });

    const outcome = await update(twin, 104, { contact: 'new@example.com' }, key);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ contact: 'ACCEPTED' }, []]);
    expect(userOf(twin, 104).contact).toBe('new@example.com');
  });

  test('an owner’s contact behind a refused name was not come to', async () => {
    await using twin = await writableHorde();

    const outcome = await update(
      twin,
      104,
      { publicWorkers: true, username: 'oh crap', contact: 'a@b.example' },
      twin.keys.of(104),
    );

    expect(verdicts(outcome)).toEqual({ publicWorkers: 'APPLIED', username: 'NOT_APPLIED', contact: 'NOT_APPLIED' });
    expect(userOf(twin, 104)).toMatchObject({ publicWorkers: true, alias: 'dunja', contact: 'dunja@harbour.example' });
  });
});

describe('between sending and answer', () => {
  const put = { method: 'PUT', path: '/api/v2/users/104', times: 1 } as const;

  test('an answer cut off is a change that is seen', async () => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'cut', share: 0.5 } }] });

    const outcome = await update(twin, 104, { trusted: true, adminComment: 'fine by me', publicWorkers: true });

    expect(verdicts(outcome)).toEqual({ trusted: 'APPLIED', adminComment: 'APPLIED', publicWorkers: 'APPLIED' });
    expect(kinds(outcome)).toEqual([]);
    expect(userOf(twin, 104)).toMatchObject({ roles: { trusted: true }, adminComment: 'fine by me' });
  });

  test('of what broke off before the Horde did anything nobody knows whether it is still to come', async () => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'reset' } }] });

    const outcome = await update(twin, 104, { trusted: true });

    expect(verdicts(outcome)).toEqual({ trusted: 'UNKNOWN' });
    expect(outcome.problems).toMatchObject([
      { kind: 'UNKNOWN_OUTCOME', fields: ['trusted'] },
      { kind: 'SOURCE_FAILED', code: 'SOURCE_UNREACHABLE' },
    ]);
    expect(sendings(twin)).toHaveLength(1);
  });

  test.each([408, 499, 502, 503, 504, 524])('so it is where a gateway has waited in vain (%i)', async (status) => {
    const reply = { kind: 'reply', status, headers: { 'content-type': 'text/html' }, body: '<h1>waited in vain</h1>' } as const;
    await using twin = await writableHorde({ faults: [{ ...put, fault: reply }] });

    const outcome = await update(twin, 104, { trusted: true });

    expect(verdicts(outcome)).toEqual({ trusted: 'UNKNOWN' });
    expect(kinds(outcome)).toEqual(['UNKNOWN_OUTCOME', 'SOURCE_FAILED']);
  });

  test('kudos whose answer is lost are told as added when the statistic says so, and otherwise as unknown', async () => {
    await using cut = await writableHorde({ faults: [{ ...put, fault: { kind: 'cut', share: 0.5 } }] });
    await using reset = await writableHorde({ faults: [{ ...put, fault: { kind: 'reset' } }] });

    const [done, lost] = [
      await update(cut, 104, { addKudos: 50 }, cut.keys.admin),
      await update(reset, 104, { addKudos: 50 }, reset.keys.admin),
    ];

    expect([verdicts(done), kinds(done)]).toEqual([{ addKudos: 'APPLIED' }, []]);
    expect([verdicts(lost), kinds(lost)]).toEqual([{ addKudos: 'UNKNOWN' }, ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']]);
    expect([userOf(cut, 104).kudos, userOf(reset, 104).kudos]).toEqual([1284, 1234]);
  });

  test('what no answer tells and no read shows is unknown', async () => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'cut', share: 0.5 } }] });

    const outcome = await update(twin, 104, { usageMultiplier: 2, moderator: true }, twin.keys.admin);

    expect(verdicts(outcome)).toEqual({ usageMultiplier: 'UNKNOWN', moderator: 'APPLIED' });
  });

  test('a 500 in the middle leaves what came before it done, and says so', async () => {
    await using twin = await writableHorde();
    const breaking = (): never => {
      throw serverFault();
    };
    Object.defineProperty(userOf(twin, 104), 'workerInvited', { get: () => 0, set: breaking });

    const outcome = await update(twin, 104, { concurrency: 77, workerInvited: 3, trusted: true });

    expect(verdicts(outcome)).toEqual({ concurrency: 'APPLIED', workerInvited: 'NOT_APPLIED', trusted: 'NOT_APPLIED' });
    expect(kinds(outcome)).toEqual(['PARTLY_APPLIED', 'SOURCE_FAILED']);
    expect(userOf(twin, 104)).toMatchObject({ concurrency: 77, roles: { trusted: false } });
  });

  const headers = { 'content-type': 'application/json' };

  test.each([
    [429, '{"message":"60 per 1 minute"}', { kind: 'SOURCE_FAILED', code: 'SOURCE_RATE_LIMITED' }],
    [401, '{"message":"x","rc":"InvalidAPIKey"}', { kind: 'FORBIDDEN' }],
    [400, '{"message":"x","errors":{"usage_multiplier":"no"}}', { kind: 'INVALID' }],
  ])('a %i of the Horde’s own did nothing, and says how it is', async (status, body, problem) => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'reply', status, headers, body } }] });

    const outcome = await update(twin, 104, { usageMultiplier: 2 }, twin.keys.admin);

    expect(verdicts(outcome)).toEqual({ usageMultiplier: 'NOT_APPLIED' });
    expect(outcome.problems).toMatchObject([problem]);
  });

  test.each([
    [429, '{}'],
    [401, '{"detail":"x"}'],
    [401, '{"message":"x"}'],
    [403, '{"error":"x"}'],
    [400, '{"message":"Bad Request"}'],
    [409, '{"message":"Conflict"}'],
    [413, '{"message":"Payload Too Large"}'],
    [422, '{"message":"x","errors":{"body":"no"}}'],
  ])('a %i that may be a gateway’s (%s) leaves unknown what nothing shows, and tells the rest as it is', async (status, body) => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'reply', status, headers, body } }] });

    const outcome = await update(twin, 104, { usageMultiplier: 2, workerInvited: 9 }, twin.keys.admin);

    expect(verdicts(outcome)).toEqual({ usageMultiplier: 'UNKNOWN', workerInvited: 'NOT_APPLIED' });
    expect(kinds(outcome)[0]).toBe('UNKNOWN_OUTCOME');
  });

  test('an answer that never comes leaves unknown what does not show', async () => {
    await using twin = await writableHorde({ faults: [{ ...put, fault: { kind: 'hang' } }] });

    const outcome = await update(twin, 104, { trusted: true });

    expect(verdicts(outcome)).toEqual({ trusted: 'UNKNOWN' });
  });
});

describe('what is refused before anything is sent', () => {
  test.for([
    [{}, 'input: Name at least one field to change.'],
    [{ resetSuspicion: false, trusted: null }, 'input: Name at least one field to change.'],
    [
      { trusted: true, ifUnchanged: { vpn: null, contact: null } },
      'ifUnchanged.vpn: There is always one, so null cannot be expected. Leave it out where it may be anything.',
    ],
    [{ contact: 'x@y' }, 'contact: 5 to 50 characters.'],
    [{ contact: 'c'.repeat(51) }, 'contact: 5 to 50 characters.'],
    [{ username: 'ab' }, 'username: 3 to 30 characters.'],
    [{ username: '🦦'.repeat(31) }, 'username: 3 to 30 characters.'],
    [{ adminComment: 'four' }, 'adminComment: 5 to 500 characters.'],
    [{ usageMultiplier: 0.05 }, 'usageMultiplier: A number from 0.1 to 10.'],
    [{ usageMultiplier: Number.NaN }, 'usageMultiplier: A number from 0.1 to 10.'],
    [{ concurrency: 501 }, 'concurrency: A whole number from 0 to 500.'],
    [{ workerInvited: 2 ** 31 }, 'workerInvited: A whole number from -2147483648 to 2147483647.'],
    [{ addKudos: 10.9 }, 'addKudos: A whole number from -9007199254740991 to 9007199254740991.'],
  ] as const)('%o', async ([wishes, fault]) => {
    await using twin = await writableHorde();

    expect(await faultsOf(twin, 'updateHordeUser', { nativeId: '104', ...wishes })).toEqual([fault]);
    expect(twin.requests).toHaveLength(0);
  });

  test('all faults are told at once', async () => {
    await using twin = await writableHorde();

    const faults = await faultsOf(twin, 'updateHordeUser', { nativeId: '104', concurrency: -1, contact: 'x', username: 'x' });

    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['concurrency', 'username', 'contact']);
  });

  test('a key that is no moderator’s changes nothing half', async () => {
    await using twin = await writableHorde();
    const wishes = { publicWorkers: true, trusted: true };

    const own = await update(twin, 104, wishes, twin.keys.of(104));
    const foreign = await update(twin, 103, { contact: 'me@example.com' }, twin.keys.of(104));

    expect(own.problems).toEqual([
      { kind: 'FORBIDDEN', source: 'horde', message: 'This key is no moderator’s, and so may not change: trusted.' },
    ]);
    expect(kinds(foreign)).toEqual(['FORBIDDEN']);
    expect(sendings(twin)).toEqual([]);
  });

  test('without a key nothing is asked', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { trusted: true }, '');

    expect([kinds(outcome), twin.requests.length]).toEqual([['FORBIDDEN'], 0]);
  });

  test('a key that nobody has is told as such, and does not come back', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { trusted: true }, 'a-key-that-nobody-has');

    expect([kinds(outcome), sendings(twin)]).toEqual([['FORBIDDEN'], []]);
    expect(JSON.stringify(outcome)).not.toContain('a-key-that-nobody-has');
  });

  test('a user that is otherwise than expected is left alone', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { trusted: true, ifUnchanged: { kudos: 1_000, vpn: true, trusted: false } });

    expect(outcome.problems).toMatchObject([{ kind: 'CONFLICT', fields: [{ name: 'kudos', expected: 1_000, actual: 1234 }] }]);
    expect(sendings(twin)).toEqual([]);
  });
});

describe('who may', () => {
  test('a moderator who is no admin is refused the first field, and nothing is done', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { addKudos: 5, usageMultiplier: 2, concurrency: 44 });

    expect(verdicts(outcome)).toEqual({ addKudos: 'NOT_APPLIED', usageMultiplier: 'NOT_APPLIED', concurrency: 'NOT_APPLIED' });
    expect(outcome.problems).toEqual([
      {
        kind: 'FORBIDDEN',
        source: 'horde',
        message: 'Only an admin may change kudos, monthly kudos, the usage multiplier and who is a moderator.',
      },
    ]);
    expect(userOf(twin, 104)).toMatchObject({ kudos: 1234, concurrency: 30, usageMultiplier: 1 });
  });

  test('a refused single field is told by its name', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 104, { username: 'damn fool' });

    expect(outcome.problems).toEqual([
      { kind: 'INVALID', field: 'username', message: 'The source takes a word in it for profane.' },
    ]);
  });

  test('the anonymous key changes not even itself', async () => {
    await using twin = await writableHorde();

    const outcome = await update(twin, 0, { publicWorkers: false }, twin.keys.anonymous);

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ publicWorkers: 'NOT_APPLIED' }, ['FORBIDDEN']]);
    expect(userOf(twin, 0).publicWorkers).toBe(true);
  });

  test('an unknown user is not found', async () => {
    await using twin = await writableHorde();

    expect(kinds(await update(twin, 999_999, { trusted: true }))).toEqual(['NOT_FOUND']);
  });
});

test('a dry run tells what would change and sends nothing that changes', async () => {
  await using twin = await writableHorde();
  const input = { nativeId: '104', trusted: true, vpn: true, username: 'dunja', addKudos: 5 };

  const outcome = await write(twin, 'updateHordeUser', input, { dryRun: true });

  expect(outcome.fields).toMatchObject([
    { name: 'addKudos', before: 0, after: 0, verdict: 'WOULD_CHANGE' },
    { name: 'trusted', before: false, after: false, verdict: 'WOULD_CHANGE' },
    { name: 'vpn', before: true, after: true, verdict: 'UNCHANGED' },
    { name: 'username', before: 'dunja', after: 'dunja', verdict: 'UNCHANGED' },
  ]);
  expect(sendings(twin)).toEqual([]);
});

test('an update costs a read, the change and a read, and one more read each for what only strangers or owners see', async () => {
  await using twin = await writableHorde();

  await update(twin, 104, { trusted: true, contact: 'new@example.com' });
  const plain = twin.requests.length;
  twin.forget();
  await update(twin, 104, { publicWorkers: true });

  expect([plain, twin.requests.length]).toEqual([3, 5]);
});
