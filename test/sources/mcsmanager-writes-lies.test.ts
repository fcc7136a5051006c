import { describe, expect, test } from 'vitest';
import type { WriteName, Writes } from '../../src/domain/writes.ts';
import type { McsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import type { PanelUser } from '../../src/twins/mcsmanager/world.ts';
import { asAdmin, create, edit, smallTwin } from '../fixtures/mcsmanager/writing.ts';
import { told } from '../writing/plain-writes.ts';
import { people, startPanelWriting } from './mcsmanager-writing.ts';

const { ada, chidi, bao, hex, nobody, service } = people;

/** What the panel says to a write as it comes, what Rollcall says to the same wish, and what is true afterwards. */
interface Lie {
  readonly lie: string;
  readonly arrange?: (twin: McsManagerTwin) => void;
  readonly panel: (twin: McsManagerTwin) => Promise<unknown>;
  readonly panelSays: object;
  /** What the panel has done where it is let: a part of the user. */
  readonly panelDid?: readonly [string, Partial<PanelUser> | undefined];
  readonly wish: Wish;
  readonly rollcallSays: object;
  /** Of whom, and what is true of them. Undefined: they are not there. */
  readonly truth: readonly [string, Partial<PanelUser> | undefined];
}

type Wish = { [Name in WriteName]: readonly [Name, Writes[Name]] }[WriteName];

const yes = { status: 200, body: { data: true } };
const notSent = (kind: string, ...fields: string[]) => ({
  sent: false,
  verdicts: Object.fromEntries(fields.map((name) => [name, 'NOT_SENT'])),
  problems: [kind],
});
const invalid = { sent: false, verdicts: {}, problems: ['INVALID'] };
const ref = { daemonId: 'd', instanceId: 'i' };

const lies: readonly Lie[] = [
  {
    lie: 'yes to an edit of somebody who does not exist',
    panel: (twin) => edit(twin, nobody, { userName: 'ghost' }),
    panelSays: yes,
    wish: ['updateMcsManagerUser', { nativeId: nobody, userName: 'ghost' }],
    rollcallSays: notSent('NOT_FOUND', 'userName'),
    truth: [nobody, undefined],
  },
  {
    lie: 'yes to a new password for somebody who does not exist',
    panel: (twin) => edit(twin, nobody, { passWord: 'Placeholder-1' }),
    panelSays: yes,
    wish: ['setMcsManagerPassword', { nativeId: nobody, password: 'Placeholder-1' }],
    rollcallSays: notSent('NOT_FOUND', 'password'),
    truth: [nobody, undefined],
  },
  {
    lie: 'yes to the deletion of somebody who does not exist',
    panel: (twin) => asAdmin(twin, 'DELETE', '/auth', { body: [nobody] }),
    panelSays: yes,
    wish: ['delete', { nativeId: nobody }],
    rollcallSays: { sent: false, verdicts: { deleted: 'UNCHANGED' }, problems: [] },
    truth: [nobody, undefined],
  },
  {
    lie: 'yes to making somebody a guest, which it ignores',
    panel: (twin) => edit(twin, chidi, { permission: 0 }),
    panelSays: yes,
    panelDid: [chidi, { permission: 1 }],
    wish: ['updateMcsManagerUser', { nativeId: chidi, permission: 0 }],
    rollcallSays: invalid,
    truth: [chidi, { permission: 1 }],
  },
  {
    lie: 'the same by the name of the role',
    panel: (twin) => edit(twin, chidi, { permission: 0 }),
    panelSays: yes,
    wish: ['updateMcsManagerUser', { nativeId: chidi, role: 'GUEST' }],
    rollcallSays: invalid,
    truth: [chidi, { permission: 1 }],
  },
  {
    lie: 'yes to an empty name and empty dates, which it ignores',
    panel: (twin) => edit(twin, chidi, { userName: '', registerTime: '', loginTime: '' }),
    panelSays: yes,
    panelDid: [chidi, { userName: 'chidi' }],
    wish: ['updateMcsManagerUser', { nativeId: chidi, userName: '', registerTime: '', loginTime: '' }],
    rollcallSays: { sent: false, verdicts: {}, problems: ['INVALID', 'INVALID', 'INVALID'] },
    truth: [chidi, { userName: 'chidi' }],
  },
  {
    lie: 'yes to a name that another user has, after which neither can sign in',
    panel: (twin) => edit(twin, chidi, { userName: 'bao' }),
    panelSays: yes,
    panelDid: [chidi, { userName: 'bao' }],
    wish: ['updateMcsManagerUser', { nativeId: chidi, userName: 'bao' }],
    rollcallSays: notSent('CONFLICT', 'userName'),
    truth: [chidi, { userName: 'chidi' }],
  },
  {
    lie: 'a failure that leaves all but the instances changed: an admin by half an edit',
    panel: (twin) => edit(twin, chidi, { userName: 'Chidi', permission: 10, instances: [{ daemonId: 'd', instanceUuid: '' }] }),
    panelSays: { status: 500 },
    panelDid: [chidi, { userName: 'Chidi', permission: 10 }],
    wish: [
      'updateMcsManagerUser',
      { nativeId: chidi, userName: 'Chidi', permission: 10, instances: [{ daemonId: 'd', instanceId: '' }] },
    ],
    rollcallSays: invalid,
    truth: [chidi, { userName: 'chidi', permission: 1 }],
  },
  {
    lie: 'the mask of the key taken for the key',
    panel: (twin) => edit(twin, chidi, { apiKey: '__MCSM_SECRET_DATA__' }),
    panelSays: yes,
    panelDid: [chidi, { apiKey: '__MCSM_SECRET_DATA__' }],
    wish: ['updateMcsManagerUser', { nativeId: chidi, ssoSub: '__MCSM_SECRET_DATA__' }],
    rollcallSays: invalid,
    truth: [chidi, { ssoSub: '' }],
  },
  {
    lie: 'a password that switches two-factor sign-in off without a word',
    panel: (twin) => edit(twin, chidi, { passWord: 'Placeholder-1' }),
    panelSays: yes,
    panelDid: [chidi, { open2FA: false, secret: '' }],
    wish: ['setMcsManagerPassword', { nativeId: chidi, password: 'Placeholder-1' }],
    rollcallSays: notSent('CONFLICT', 'password'),
    truth: [chidi, { open2FA: true, password: 'Harbour-Light-7' }],
  },
  {
    lie: 'yes to the ban of its last administrator but one’s own',
    arrange: (twin) => void twin.world.users.delete(ada),
    panel: (twin) => edit(twin, service, { permission: -1 }),
    panelSays: yes,
    panelDid: [service, { permission: -1 }],
    wish: ['ban', { nativeId: service }],
    rollcallSays: notSent('CONFLICT', 'permission'),
    truth: [service, { permission: 10 }],
  },
  {
    lie: 'yes to the deletion of whoever asks',
    panel: (twin) => asAdmin(twin, 'DELETE', '/auth', { body: [service] }),
    panelSays: yes,
    panelDid: [service, undefined],
    wish: ['delete', { nativeId: service }],
    rollcallSays: notSent('CONFLICT', 'deleted'),
    truth: [service, { permission: 10 }],
  },
  {
    lie: 'a right as text, which its own filter then misses, taken for the number',
    arrange: (twin) => Object.assign(twin.world.users.get(bao) ?? {}, { permission: '1' }),
    panel: (twin) => edit(twin, bao, { permission: '1' }),
    panelSays: yes,
    panelDid: [bao, { permission: '1' }],
    wish: ['updateMcsManagerUser', { nativeId: bao, permission: 1 }],
    rollcallSays: { sent: true, verdicts: { permission: 'APPLIED' }, problems: [] },
    truth: [bao, { permission: 1 }],
  },
  {
    lie: 'one status for a name in use and all else that goes wrong at creation',
    panel: (twin) => create(twin, { username: 'bao' }),
    panelSays: { status: 400 },
    wish: ['createMcsManagerUser', { userName: 'bao', password: 'Placeholder-1' }],
    rollcallSays: notSent('CONFLICT', 'userName', 'permission', 'password'),
    truth: [bao, { userName: 'bao', password: 'Harbour-Light-7' }],
  },
  {
    lie: 'a weak password told by a sentence in the panel’s language',
    panel: (twin) => edit(twin, bao, { passWord: 'short' }),
    panelSays: { status: 500 },
    wish: ['setMcsManagerPassword', { nativeId: bao, password: 'short' }],
    rollcallSays: invalid,
    truth: [bao, { password: 'Harbour-Light-7' }],
  },
  {
    lie: 'instances that are given twice, or are nowhere, taken as they come',
    panel: (twin) =>
      edit(twin, bao, {
        instances: [
          { daemonId: 'd', instanceUuid: 'i' },
          { daemonId: 'd', instanceUuid: 'i' },
        ],
      }),
    panelSays: yes,
    panelDid: [
      bao,
      {
        instances: [
          { daemonId: 'd', instanceUuid: 'i' },
          { daemonId: 'd', instanceUuid: 'i' },
        ],
      },
    ],
    wish: ['updateMcsManagerUser', { nativeId: bao, instances: [ref, ref] }],
    rollcallSays: { sent: true, verdicts: { instances: 'APPLIED' }, problems: [] },
    truth: [bao, { instances: [{ daemonId: 'd', instanceUuid: 'i' }] }],
  },
  {
    lie: 'an unban that would make an administrator an ordinary user',
    panel: (twin) => edit(twin, ada, { permission: 1 }),
    panelSays: yes,
    panelDid: [ada, { permission: 1 }],
    wish: ['unban', { nativeId: ada }],
    rollcallSays: { sent: false, verdicts: { permission: 'UNCHANGED' }, problems: [] },
    truth: [ada, { permission: 10 }],
  },
];

describe('what the panel says, what Rollcall says, what is true', () => {
  test.each(lies)('$lie', async ({ arrange, panel, panelSays, panelDid, wish, rollcallSays, truth }) => {
    await using bare = await smallTwin();
    await using writing = await startPanelWriting();
    for (const twin of [bare, writing.twin]) arrange?.(twin);

    expect(await panel(bare)).toMatchObject(panelSays);
    // Name and input belong together; that is lost on the way through a union.
    const outcome = await writing.run(...(wish as readonly ['ban', Writes['ban']]));

    if (panelDid !== undefined) expectUser(bare, panelDid);
    expect(told(outcome)).toEqual(rollcallSays);
    expectUser(writing.twin, truth);
  });
});

function expectUser(twin: McsManagerTwin, [uuid, expected]: readonly [string, Partial<PanelUser> | undefined]): void {
  const user = twin.world.users.get(uuid);
  if (expected === undefined) expect(user).toBeUndefined();
  else expect(user).toMatchObject(expected);
}

describe('an answer that is lost or made up', () => {
  const cut = { kind: 'cut', share: 0.5 } as const;
  const reset = { kind: 'reset' } as const;
  const hang = { kind: 'hang' } as const;
  const thrown = JSON.stringify({ status: 500, data: 'Some sentence', time: 1 });
  const failure = { kind: 'reply', status: 500, headers: { 'content-type': 'application/json' }, body: thrown } as const;
  const made = JSON.stringify({ status: 200, data: true, time: 1 });
  const madeUp = { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: made } as const;
  const gateway = { kind: 'reply', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' } as const;

  const unknown = { sent: true, verdicts: { userName: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'] };
  const notApplied = (...problems: string[]) => ({ sent: true, verdicts: { userName: 'NOT_APPLIED' }, problems });

  test.each([
    ['an edit that was done', cut, 'renamed', { sent: true, verdicts: { userName: 'APPLIED' }, problems: [] }],
    ['an edit whose connection broke', reset, 'bao', unknown],
    ['an edit that failed', failure, 'bao', notApplied('SOURCE_FAILED')],
    ['an edit that a proxy answers, having waited in vain', gateway, 'bao', unknown],
    ['a yes to an edit that was not done', madeUp, 'bao', notApplied('NOT_APPLIED')],
    ['an edit that may still be done', hang, 'bao', unknown],
  ] as const)('%s', async (_what, fault, userName, says) => {
    await using writing = await startPanelWriting({ http: { deadlineMs: 400 } });
    writing.twin.faults.add({ method: 'PUT', path: '/api/auth', fault });

    const outcome = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'renamed' });

    expect(told(outcome)).toEqual(says);
    expectUser(writing.twin, [bao, { userName }]);
    expect(writing.twin.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain('Some sentence');
  });

  test('a creation whose answer is lost is found by its name, and its password is unknown; one that was not done is no success', async () => {
    await using writing = await startPanelWriting();
    const add = (userName: string) => writing.run('createMcsManagerUser', { userName, password: 'Placeholder-1' });
    const applied = { userName: 'APPLIED', permission: 'APPLIED', password: 'UNKNOWN' };

    writing.twin.faults.add({ method: 'POST', times: 1, fault: cut });
    const done = await add('made');
    writing.twin.faults.add({ method: 'POST', times: 1, fault: reset });
    const lost = await add('not made');
    writing.twin.faults.add({ method: 'POST', times: 1, fault: madeUp });
    const imagined = await add('made up');

    const names = [...writing.twin.world.users.values()].map(({ userName }) => userName);
    expect(told(done)).toEqual({ sent: true, verdicts: applied, problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'] });
    expect(writing.twin.world.users.get(done.id ?? '')).toMatchObject({ userName: 'made' });
    expect(told(lost).problems).toEqual(['UNKNOWN_OUTCOME', 'SOURCE_FAILED']);
    expect(told(imagined).problems).toEqual(['SOURCE_FAILED']);
    expect([lost.id, imagined.id]).toEqual([null, null]);
    expect(names).toContain('made');
    expect(names).not.toContain('not made');
    expect(names).not.toContain('made up');
  });

  test('a deletion that was done is told as done, and one that was not as not', async () => {
    await using writing = await startPanelWriting();

    writing.twin.faults.add({ method: 'DELETE', times: 1, fault: cut });
    const done = await writing.run('delete', { nativeId: bao });
    writing.twin.faults.add({ method: 'DELETE', times: 1, fault: madeUp });
    const not = await writing.run('delete', { nativeId: chidi });

    expect(told(done)).toEqual({ sent: true, verdicts: { deleted: 'APPLIED' }, problems: [] });
    expect(told(not)).toEqual({ sent: true, verdicts: { deleted: 'NOT_APPLIED' }, problems: ['NOT_APPLIED'] });
    expectUser(writing.twin, [bao, undefined]);
    expectUser(writing.twin, [chidi, { userName: 'chidi' }]);
  });

  test('a password whose answer is lost is unknown, be it set or not', async () => {
    await using writing = await startPanelWriting();
    writing.twin.faults.add({ method: 'PUT', fault: cut });

    const outcome = await writing.run('setMcsManagerPassword', { nativeId: bao, password: 'Placeholder-1' });

    expect(told(outcome)).toEqual({
      sent: true,
      verdicts: { password: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
  });

  test('a failure to read back is not taken for "gone", nor for "not applied"', async () => {
    await using writing = await startPanelWriting();
    const read = { method: 'GET', path: '/api/auth/', after: 1, fault: failure };
    writing.twin.faults.add({ ...read, times: 1 });
    const once = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'first' });
    writing.twin.faults.clear();
    writing.twin.faults.add(read);
    const always = await writing.run('updateMcsManagerUser', { nativeId: bao, userName: 'second' });
    const deleted = await writing.run('delete', { nativeId: hex });

    expect(told(once)).toEqual({ sent: true, verdicts: { userName: 'APPLIED' }, problems: [] });
    expect(told(always)).toEqual({ sent: true, verdicts: { userName: 'UNKNOWN' }, problems: ['UNKNOWN_OUTCOME'] });
    expect(told(deleted)).toEqual({ sent: false, verdicts: { deleted: 'NOT_SENT' }, problems: ['SOURCE_FAILED'] });
    expectUser(writing.twin, [bao, { userName: 'second' }]);
    expectUser(writing.twin, [hex, { userName: 'hex' }]);
  });
});
