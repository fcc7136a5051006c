import { describe, expect, test } from 'vitest';
import { CAST_PASSWORD } from '../../src/twins/mcsmanager/population.ts';
import { truth } from '../fixtures/mcsmanager/writing.ts';
import { meddle } from '../meddling.ts';
import { told } from '../writing/plain-writes.ts';
import { people, requestsOf, startPanelWriting } from './mcsmanager-writing.ts';

const { ada, chidi, bao, hex, nobody, service } = people;
const password = 'Placeholder-1';

describe('an update', () => {
  test('sets every field the panel takes, in one edit between two reads', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run('updateMcsManagerUser', {
      nativeId: bao,
      userName: 'Bao',
      permission: 5,
      instances: [{ daemonId: 'd', instanceId: 'i' }],
      open2FA: true,
      isInit: false,
      registerTime: '1/1/2020, 1:00:00 AM',
      loginTime: 'never',
    });

    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: {
        userName: 'APPLIED',
        permission: 'APPLIED',
        instances: 'APPLIED',
        open2FA: 'APPLIED',
        isInit: 'APPLIED',
        registerTime: 'APPLIED',
        loginTime: 'APPLIED',
      },
      problems: [],
    });
    expect(truth(writing.twin, bao)).toMatchObject({
      userName: 'Bao',
      permission: 5,
      instances: [{ daemonId: 'd', instanceUuid: 'i' }],
      open2FA: true,
      isInit: false,
      registerTime: '1/1/2020, 1:00:00 AM',
      loginTime: 'never',
    });
    // In between it looks whether somebody else has the name.
    expect(requestsOf(writing.twin)).toEqual(['GET /auth/', 'GET /auth/search', 'PUT /auth', 'GET /auth/']);
  });

  test('of the bond to single sign-on is read back from the list, which alone tells', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run('updateMcsManagerUser', { nativeId: ada, ssoBound: false, ssoSub: '' });

    expect(outcome.fields).toMatchObject([
      { name: 'ssoBound', before: true, after: false, verdict: 'APPLIED' },
      { name: 'ssoSub', requested: '[secret]', verdict: 'ACCEPTED' },
    ]);
    expect(truth(writing.twin, ada)).toMatchObject({ ssoBound: false, ssoSub: '' });
  });

  test('by role sets its usual permission, and leaves alone who has the role already', async () => {
    await using writing = await startPanelWriting();
    truth(writing.twin, ada).permission = 11;

    await writing.run('updateMcsManagerUser', { nativeId: bao, role: 'ADMIN' });
    const outcome = await writing.run('updateMcsManagerUser', { nativeId: ada, role: 'ADMIN' });

    expect(truth(writing.twin, bao).permission).toBe(10);
    expect(truth(writing.twin, ada).permission).toBe(11);
    expect(told(outcome)).toEqual({ sent: false, verdicts: { role: 'UNCHANGED' }, problems: [] });
  });

  test('adds and takes away instances without touching the others', async () => {
    await using writing = await startPanelWriting();
    const [first, ...others] = truth(writing.twin, bao).instances;
    const gone = { daemonId: first?.daemonId ?? '', instanceId: first?.instanceUuid ?? '' };

    const outcome = await writing.run('updateMcsManagerUser', {
      nativeId: bao,
      addInstances: [{ daemonId: 'd', instanceId: 'new' }],
      removeInstances: [gone],
    });

    expect(outcome.fields).toMatchObject([
      { name: 'addInstances', before: [], after: [{ daemonId: 'd', instanceId: 'new' }], verdict: 'APPLIED' },
      { name: 'removeInstances', before: [], after: [gone], verdict: 'APPLIED' },
    ]);
    expect(truth(writing.twin, bao).instances).toEqual([...others, { daemonId: 'd', instanceUuid: 'new' }]);
  });

  test('refuses to add and to take away the same instance', async () => {
    await using writing = await startPanelWriting();
    const before = truth(writing.twin, bao).instances;
    const both = [{ daemonId: 'd', instanceId: 'new' }];

    const outcome = await writing.run('updateMcsManagerUser', { nativeId: bao, addInstances: both, removeInstances: both });

    expect(told(outcome)).toEqual({ sent: false, verdicts: {}, problems: ['INVALID'] });
    expect(truth(writing.twin, bao).instances).toEqual(before);
  });

  test('by several clients at once loses no instance', async () => {
    await using writing = await startPanelWriting();
    const before = truth(writing.twin, bao).instances.length;

    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((instanceId) =>
        writing.run('updateMcsManagerUser', { nativeId: bao, addInstances: [{ daemonId: 'd', instanceId }] }),
      ),
    );

    for (const outcome of outcomes) expect(told(outcome)).toMatchObject({ verdicts: { addInstances: 'APPLIED' }, problems: [] });
    expect(truth(writing.twin, bao).instances).toHaveLength(before + 5);
  });

  test('by two clients who both saw the same user: the second is told what the first has done', async () => {
    await using writing = await startPanelWriting();
    const change = (registerTime: string, permission: number) =>
      writing.run('updateMcsManagerUser', {
        nativeId: bao,
        registerTime,
        permission,
        ifUnchanged: { permission: 1, userName: 'bao' },
      });

    const [first, second] = await Promise.all([change('one', 2), change('two', 3)]);

    expect(told(first).problems).toEqual([]);
    expect(second.sent).toBe(false);
    expect(second.problems).toMatchObject([{ kind: 'CONFLICT', fields: [{ name: 'permission', expected: 1, actual: 2 }] }]);
    expect(truth(writing.twin, bao)).toMatchObject({ registerTime: 'one', permission: 2 });
  });

  test('mends a name that is no text, though the panel cannot search by name meanwhile', async () => {
    await using writing = await startPanelWriting();
    truth(writing.twin, bao).userName = 42;

    const outcome = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'bao' });

    expect(outcome.fields).toMatchObject([{ before: 42, after: 'bao', verdict: 'APPLIED' }]);
  });

  test('of nothing, or of the same thing in two ways, is refused without asking', async () => {
    await using writing = await startPanelWriting();
    const whole = { nativeId: bao, instances: [], addInstances: [] };

    for (const input of [{ nativeId: bao }, { nativeId: bao, role: 'USER', permission: 1 } as const, whole]) {
      expect((await writing.run('updateMcsManagerUser', input)).problems).toMatchObject([{ kind: 'INVALID' }]);
    }
    expect(requestsOf(writing.twin)).toEqual([]);
  });

  test('in a dry run sends nothing that changes anything', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'Bao' }, { dryRun: true });

    expect(told(outcome)).toEqual({ sent: false, verdicts: { userName: 'WOULD_CHANGE' }, problems: [] });
    expect(requestsOf(writing.twin)).toEqual(['GET /auth/', 'GET /auth/search']);
  });

  test('with an ordinary user’s own key is refused by the panel, for others and for oneself', async () => {
    await using writing = await startPanelWriting();
    const key = writing.twin.keys.of(bao);

    const others = await writing.run('updateMcsManagerUser', { nativeId: chidi, userName: 'x' }, { key });
    const own = await writing.run('updateMcsManagerUser', { nativeId: bao, isInit: false }, { key });

    expect(told(others)).toEqual({ sent: false, verdicts: { userName: 'NOT_SENT' }, problems: ['FORBIDDEN'] });
    expect(told(own)).toEqual({ sent: true, verdicts: { isInit: 'NOT_APPLIED' }, problems: ['FORBIDDEN'] });
    expect(truth(writing.twin, chidi).userName).toBe('chidi');
  });
});

describe('a creation', () => {
  test('gives the new user everything asked for', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run('createMcsManagerUser', {
      userName: 'Nova',
      password,
      role: 'GUEST',
      instances: [{ daemonId: 'd', instanceId: 'i' }],
    });

    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { userName: 'APPLIED', role: 'APPLIED', instances: 'APPLIED', password: 'ACCEPTED' },
      problems: [],
    });
    expect(truth(writing.twin, outcome.id ?? '')).toMatchObject({
      userName: 'Nova',
      password,
      permission: 0,
      instances: [{ instanceUuid: 'i', daemonId: 'd' }],
    });
  });

  test('whose second step breaks off says that the user is there, and that nobody knows of the instances', async () => {
    await using writing = await startPanelWriting();
    writing.twin.faults.add({ method: 'PUT', fault: { kind: 'reset' } });

    const outcome = await writing.run('createMcsManagerUser', {
      userName: 'Nova',
      password,
      instances: [{ daemonId: 'd', instanceId: 'i' }],
    });

    expect(told(outcome)).toMatchObject({
      verdicts: { userName: 'APPLIED', permission: 'APPLIED', instances: 'UNKNOWN', password: 'ACCEPTED' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(outcome.problems[0]).toMatchObject({ fields: ['instances'] });
    expect(truth(writing.twin, outcome.id ?? '')).toMatchObject({ userName: 'Nova', instances: [] });
  });

  test('of one name three times at once makes one user', async () => {
    await using writing = await startPanelWriting();

    const outcomes = await Promise.all([1, 2, 3].map(() => writing.run('createMcsManagerUser', { userName: 'Nova', password })));

    expect(outcomes.map((outcome) => told(outcome).problems)).toEqual([[], ['CONFLICT'], ['CONFLICT']]);
    expect([...writing.twin.world.users.values()].filter(({ userName }) => userName === 'Nova')).toHaveLength(1);
  });
});

describe('a password', () => {
  test('set by an administrator costs the second factor only where that was agreed to', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run('setMcsManagerPassword', { nativeId: chidi, password, switchOff2FA: true });

    expect(told(outcome)).toEqual({ sent: true, verdicts: { password: 'ACCEPTED', open2FA: 'APPLIED' }, problems: [] });
    expect(truth(writing.twin, chidi)).toMatchObject({ password, open2FA: false });
  });

  test('set with an ordinary user’s own key leaves the second factor alone', async () => {
    await using writing = await startPanelWriting();
    const key = writing.twin.keys.of(chidi);

    const own = await writing.run('setMcsManagerPassword', { nativeId: chidi, password }, { key });
    const other = await writing.run('setMcsManagerPassword', { nativeId: bao, password }, { key });

    expect(told(own)).toEqual({ sent: true, verdicts: { password: 'ACCEPTED' }, problems: [] });
    expect(truth(writing.twin, chidi)).toMatchObject({ password, open2FA: true });
    expect(told(other).problems).toEqual(['FORBIDDEN']);
    expect(truth(writing.twin, bao).password).toBe(CAST_PASSWORD);
  });

  test('is hashed by the panel one at a time, for several users as well', async () => {
    const hashMs = 60;
    await using writing = await startPanelWriting({ twin: { hashMs } });
    const set = (nativeId: string) => writing.run('setMcsManagerPassword', { nativeId, password });

    await Promise.all([set(bao), set(hex), writing.run('createMcsManagerUser', { userName: 'Nova', password })]);

    const sent = writing.twin.requests.filter(({ method }) => method === 'PUT' || method === 'POST').map(({ at }) => at);
    const gaps = sent.slice(1).map((at, nth) => at - (sent[nth] ?? 0));
    expect(sent).toHaveLength(3);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(hashMs - 5);
  });
});

describe('an API key', () => {
  test('is taken away from any user, but not from the one Rollcall asks with', async () => {
    await using writing = await startPanelWriting();

    const off = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: false });
    const ours = await writing.run('setMcsManagerApiKey', { nativeId: service, enabled: false });

    expect(off.fields).toMatchObject([{ name: 'enabled', before: true, after: false, verdict: 'APPLIED' }]);
    expect(truth(writing.twin, bao).apiKey).toBe('');
    expect(told(ours).problems).toEqual(['CONFLICT']);
    expect(truth(writing.twin, service).apiKey).not.toBe('');
  });

  test('is made anew for its holder, who is told it; the old one is dead', async () => {
    await using writing = await startPanelWriting({ twin: { canary: 'CANARY' } });
    const old = writing.twin.keys.of(bao);

    const outcome = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: true }, { key: old });

    expect(told(outcome)).toEqual({ sent: true, verdicts: { enabled: 'APPLIED', key: 'APPLIED' }, problems: [] });
    expect(outcome.receipt).toEqual({ key: writing.twin.keys.of(bao) });
    expect(writing.twin.keys.of(bao)).not.toBe(old);
    expect(writing.logged.join()).not.toContain('CANARY');
    expect(JSON.stringify(outcome.fields)).not.toContain('CANARY');
  });

  test('is made for another user by an administrator with a key of their own, never with the service’s', async () => {
    await using writing = await startPanelWriting();

    const own = await writing.run('setMcsManagerApiKey', { nativeId: hex, enabled: true }, { key: writing.twin.keys.of(ada) });
    const byService = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: true });

    expect(own.receipt).toEqual({ key: truth(writing.twin, hex).apiKey });
    // A banned user's key proves nothing.
    expect(told(own).verdicts).toEqual({ enabled: 'APPLIED', key: 'ACCEPTED' });
    expect(byService.problems).toMatchObject([{ kind: 'FORBIDDEN', message: expect.stringContaining('x-source-key-panel') }]);
  });

  test('for somebody who is deleted meanwhile is no success, and a dead key is not told', async () => {
    await using writing = await startPanelWriting();
    meddle(writing.twin, { method: 'PUT' }, () => void writing.twin.world.users.delete(bao));

    const outcome = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: true }, { key: writing.twin.keys.admin });

    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { enabled: 'NOT_APPLIED', key: 'NOT_APPLIED' },
      problems: ['NOT_FOUND'],
    });
    expect(outcome.receipt).toEqual({});
  });

  test('whose answer was lost is lost: that is said, and nothing is sent again', async () => {
    await using writing = await startPanelWriting();
    const old = writing.twin.keys.of(bao);
    writing.twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'cut', share: 0.2 } });

    const lost = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: true }, { key: old });
    writing.twin.faults.add({ method: 'PUT', times: 1, fault: { kind: 'reset' } });
    const never = await writing.run(
      'setMcsManagerApiKey',
      { nativeId: chidi, enabled: true },
      { key: writing.twin.keys.of(chidi) },
    );

    expect(told(lost)).toMatchObject({ verdicts: { key: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'] });
    expect(writing.twin.keys.of(bao)).not.toBe(old);
    expect(told(never)).toMatchObject({ verdicts: { key: 'UNKNOWN' } });
    expect(writing.twin.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  test('given up by its holder is gone, which is seen by its being refused', async () => {
    await using writing = await startPanelWriting();

    const outcome = await writing.run(
      'setMcsManagerApiKey',
      { nativeId: bao, enabled: false },
      { key: writing.twin.keys.of(bao) },
    );

    expect(told(outcome)).toEqual({ sent: true, verdicts: { enabled: 'APPLIED' }, problems: [] });
    expect(truth(writing.twin, bao).apiKey).toBe('');
  });

  test('of nobody is NOT_FOUND', async () => {
    await using writing = await startPanelWriting();
    const key = writing.twin.keys.of(ada);

    for (const enabled of [true, false]) {
      const outcome = await writing.run('setMcsManagerApiKey', { nativeId: nobody, enabled }, { key });
      expect(told(outcome)).toMatchObject({ sent: false, problems: ['NOT_FOUND'] });
    }
  });
});

describe('a permission', () => {
  test.for([
    [-1, 'BANNED'],
    [0, 'GUEST'],
    [1, 'USER'],
    [9, 'USER'],
    [10, 'ADMIN'],
    [11, 'ADMIN'],
    [2_147_483_647, 'ADMIN'],
  ] as const)('of %i is kept as it is, and makes a user of the role %s', async ([permission, role]) => {
    await using writing = await startPanelWriting();

    const made = await writing.run('createMcsManagerUser', { userName: 'Nova', password, permission });
    const expected = { nativeId: made.id ?? '', ifUnchanged: { permission, role }, userName: 'Stella' };
    const renamed = await writing.run('updateMcsManagerUser', expected);

    expect(told(made)).toMatchObject({ verdicts: { permission: 'APPLIED' }, problems: [] });
    expect(told(renamed)).toMatchObject({ verdicts: { userName: 'APPLIED' }, problems: [] });
    expect(truth(writing.twin, made.id ?? '').permission).toBe(permission);
  });

  test.for([-2, -10, -2_147_483_648])('of %i is none of the panel’s, and refused without asking', async (permission) => {
    await using writing = await startPanelWriting();

    const outcomes = [
      await writing.run('createMcsManagerUser', { userName: 'Nova', password, permission }),
      await writing.run('updateMcsManagerUser', { nativeId: bao, permission }),
      await writing.run('unbanMcsManagerUser', { nativeId: hex, permission }),
    ];

    for (const { problems } of outcomes) expect(problems).toMatchObject([{ kind: 'INVALID', field: 'permission' }]);
    expect(requestsOf(writing.twin)).toEqual([]);
  });
});

describe('a ban', () => {
  test('shows what the user was; its lifting makes them that, or an ordinary user', async () => {
    await using writing = await startPanelWriting();

    const ban = await writing.run('banMcsManagerUser', { nativeId: ada });
    const unban = await writing.run('unbanMcsManagerUser', { nativeId: ada, permission: 10 });
    await writing.run('unban', { nativeId: hex });

    expect(ban.fields).toMatchObject([{ name: 'permission', requested: -1, before: 10, after: -1, verdict: 'APPLIED' }]);
    expect(told(unban)).toMatchObject({ verdicts: { permission: 'APPLIED' }, problems: [] });
    expect(truth(writing.twin, ada).permission).toBe(10);
    expect(truth(writing.twin, hex).permission).toBe(1);
  });

  test('is not lifted from somebody who has none, nor to nothing', async () => {
    await using writing = await startPanelWriting();

    const other = await writing.run('unbanMcsManagerUser', { nativeId: bao, permission: 10 });
    const nothing = await writing.run('unbanMcsManagerUser', { nativeId: hex, permission: 0 });

    expect(told(other).problems).toEqual(['CONFLICT']);
    expect(told(nothing).problems).toEqual(['INVALID']);
    expect(truth(writing.twin, bao).permission).toBe(1);
  });
});

describe('the last administrator', () => {
  test('stays, whoever asks, whether deleted, banned or demoted', async () => {
    await using writing = await startPanelWriting();
    writing.twin.world.users.delete(ada);
    const key = writing.twin.keys.admin;

    const outcomes = [
      await writing.run('delete', { nativeId: service }, { key }),
      await writing.run('ban', { nativeId: service }, { key }),
      await writing.run('updateMcsManagerUser', { nativeId: service, permission: 1 }, { key }),
    ];

    for (const outcome of outcomes) expect(told(outcome)).toMatchObject({ sent: false, problems: ['CONFLICT'] });
    expect(truth(writing.twin, service).permission).toBe(10);
  });

  test('is still there when two administrators delete each other at once', async () => {
    await using writing = await startPanelWriting();
    const [one, other] = [writing.twin.keys.admin, writing.twin.keys.of(ada)];

    await Promise.all([
      writing.run('delete', { nativeId: ada }, { key: one }),
      writing.run('delete', { nativeId: service }, { key: other }),
    ]);

    const admins = [...writing.twin.world.users.values()].filter(({ permission }) => permission === 10);
    expect(admins).toHaveLength(1);
  });
});

test('a panel that takes no keys, or has none, refuses writes before anything is sent', async () => {
  await using writing = await startPanelWriting();
  writing.twin.world.settings.enableApiKey = false;

  const outcome = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'x' });

  expect(told(outcome)).toEqual({ sent: false, verdicts: { userName: 'NOT_SENT' }, problems: ['FORBIDDEN'] });
});

test('no secret is in an outcome or a log line: neither the panel’s nor those that were sent', async () => {
  await using writing = await startPanelWriting({ twin: { canary: 'CANARY' } });
  const secret = 'CANARY-Secret-1';

  const outcomes = [
    await writing.run('createMcsManagerUser', { userName: 'Nova', password: secret }),
    await writing.run('setMcsManagerPassword', { nativeId: chidi, password: secret, switchOff2FA: true }),
    await writing.run('setMcsManagerPassword', { nativeId: bao, password: 'CANARY' }),
    await writing.run('updateMcsManagerUser', { nativeId: ada, ssoBound: false, ssoSub: secret }),
    await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: false }),
  ];

  expect(outcomes.map((outcome) => told(outcome).problems)).toEqual([[], [], ['INVALID'], [], []]);
  expect(JSON.stringify(outcomes)).not.toContain('CANARY');
  expect(writing.logged.join()).not.toContain('CANARY');
  // Of each that was sent, that it was begun and how it ended.
  expect(writing.logged).toHaveLength(8);
});
