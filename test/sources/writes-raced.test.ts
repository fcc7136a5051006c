import { describe, expect, test } from 'vitest';
import { meddle } from '../meddling.ts';
import { told } from '../writing/plain-writes.ts';
import { kinds, userOf, verdicts, writableHorde, write } from './horde-writing.ts';
import { people, startPanelWriting } from './mcsmanager-writing.ts';

const { bao } = people;

test('an instance that somebody else gave a user meanwhile stays in the list that the panel takes only whole', async () => {
  await using writing = await startPanelWriting();
  const { twin } = writing;
  const user = twin.world.users.get(bao);
  meddle(twin, { method: 'GET', path: /\/auth\/$/, after: 1 }, () => {
    if (user !== undefined) user.instances = [{ daemonId: 'd', instanceUuid: 'theirs' }];
  });

  const outcome = await writing.run('updateMcsManagerUser', {
    nativeId: bao,
    addInstances: [{ daemonId: 'd', instanceId: 'ours' }],
  });

  expect(told(outcome)).toEqual({ sent: true, verdicts: { addInstances: 'APPLIED' }, problems: [] });
  expect(user?.instances.map(({ instanceUuid }) => instanceUuid)).toEqual(['theirs', 'ours']);
});

test('a panel’s user has no field that can be expected as null', async () => {
  await using writing = await startPanelWriting();

  const outcome = await writing.run('updateMcsManagerUser', {
    ...{ nativeId: bao, isInit: true },
    ifUnchanged: { instances: null, userName: null },
  });

  expect(outcome.problems).toMatchObject([{ field: 'ifUnchanged.instances' }, { field: 'ifUnchanged.userName' }]);
  expect(writing.twin.requests).toEqual([]);
});

describe('null in what is expected of a Horde’s user', () => {
  test.for(['adminComment', 'contact'] as const)('means that there is no %s', async (name) => {
    await using twin = await writableHorde();
    const user = userOf(twin, 104);
    const overwrite = () =>
      write(twin, 'updateHordeUser', { nativeId: '104', [name]: 'overwritten', ifUnchanged: { [name]: null } });
    Object.assign(user, { adminComment: 'watch them', contact: 'd@x.example' });

    const taken = await overwrite();
    const before = user[name];
    Object.assign(user, { adminComment: null, contact: null });
    const free = await overwrite();

    expect([kinds(taken), before]).not.toContain('overwritten');
    expect(kinds(taken)).toEqual(['CONFLICT']);
    expect([kinds(free), verdicts(free)]).toEqual([[], { [name]: 'APPLIED' }]);
  });
});

test('a refused field is told as refused, by its name, and in words about writing', async () => {
  await using twin = await writableHorde();

  const outcome = await write(twin, 'updateHordeUser', { nativeId: '104', workerInvited: 8, username: 'damn fool' });

  expect(verdicts(outcome)).toEqual({ workerInvited: 'APPLIED', username: 'NOT_APPLIED' });
  expect(outcome.problems).toMatchObject([
    { kind: 'PARTLY_APPLIED', applied: ['workerInvited'], missing: ['username'] },
    { kind: 'INVALID', field: 'username', message: 'The source takes a word in it for profane.' },
  ]);
});

test.each([
  ['addKudos', -5_000, -1_209, 'balance'],
  ['addMonthlyKudos', -9_000, -0, 'monthly sum'],
])('%s that stops at a floor says how far it came', async (name, wanted, _came, what) => {
  await using twin = await writableHorde();

  const outcome = await write(twin, 'updateHordeUser', { nativeId: '104', [name]: wanted }, { key: twin.keys.admin });

  const after = outcome.fields[0]?.after;
  expect(outcome.problems).toMatchObject([
    { kind: 'PARTLY_APPLIED', missing: [name], message: expect.stringContaining(`${name} stopped at ${after} of ${wanted}`) },
  ]);
  expect(outcome.problems[0]?.message).toContain(what);
});
