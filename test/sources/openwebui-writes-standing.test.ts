import { describe, expect, test } from 'vitest';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { changesSent, idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;
const bao = idOf('bao');

describe('roles, bans and deletions', () => {
  test.for(releases)('%s: a role is set, unless it is no longer what the caller took it for', async (release) => {
    await using writing = await startWriting({ release });
    const set = (expectedRole: string) => writing.write('setOpenWebUIRole', { nativeId: bao, role: 'admin', expectedRole });

    expect(summary(await set('pending')).problems).toEqual(['CONFLICT']);
    expect(summary(await set('user'))).toEqual({ sent: true, fields: { role: 'APPLIED' }, problems: [] });
    expect(userIn(writing.twin, 'bao').role).toBe('admin');
  });

  test.for(releases)('%s: a ban is a waiting account, and unbanning lets it in as a user', async (release) => {
    await using writing = await startWriting({ release });

    expect(summary(await writing.write('ban', { nativeId: bao }))).toEqual({
      sent: true,
      fields: { role: 'APPLIED' },
      problems: [],
    });
    expect(userIn(writing.twin, 'bao').role).toBe('pending');
    await writing.write('unban', { nativeId: bao });
    expect(userIn(writing.twin, 'bao').role).toBe('user');
  });

  test('the account with whose key Rollcall asks is neither banned nor made less, in a dry run either', async () => {
    await using writing = await startWriting();
    const own = writing.twin.world.users.inserted().find(({ role }) => role === 'admin')?.id ?? '';
    const other = idOf('ada');
    const serviceKey = writing.twin.keys.of(other);
    const refused = (field: string) => ({ sent: false, fields: { [field]: 'NOT_SENT' }, problems: ['CONFLICT'] });

    for (const [nativeId, service] of [
      [own, undefined],
      [other, serviceKey],
    ] as const)
      for (const dryRun of [true, false]) {
        const how = { dryRun, ...(service === undefined ? {} : { service }) };
        expect(summary(await writing.write('ban', { nativeId }, how))).toEqual(refused('role'));
        expect(summary(await writing.write('setOpenWebUIRole', { nativeId, role: 'user' }, how))).toEqual(refused('role'));
        const update = { nativeId, role: 'pending' } as const;
        expect(summary(await writing.write('updateOpenWebUIUser', update, how))).toEqual(refused('role'));
      }

    expect(changesSent(writing.twin)).toEqual([]);
    expect(summary(await writing.write('updateOpenWebUIUser', { nativeId: own, name: 'Ada the First' })).problems).toEqual([]);
  });

  test('who asks with a key of their own may ban themselves', async () => {
    await using writing = await startWriting();
    const ada = idOf('ada');

    const outcome = await writing.write('ban', { nativeId: ada }, { as: writing.twin.keys.of(ada) });

    expect([outcome.sent, userIn(writing.twin, 'ada').role]).toEqual([true, 'pending']);
  });

  test('a ban leaves alone who is kept out by whatever word, and unbanning leaves administrators what they are', async () => {
    await using writing = await startWriting();

    expect(summary(await writing.write('ban', { nativeId: idOf('hex') }))).toMatchObject({
      sent: false,
      fields: { role: 'UNCHANGED' },
    });
    expect(summary(await writing.write('unban', { nativeId: idOf('ada') }))).toMatchObject({
      sent: false,
      fields: { role: 'UNCHANGED' },
    });
    expect([userIn(writing.twin, 'hex').role, userIn(writing.twin, 'ada').role]).toEqual(['banned', 'admin']);
  });

  test.for(releases)('%s: a deletion is true, and a dry run of it is none', async (release) => {
    await using writing = await startWriting({ release });

    expect(summary(await writing.write('delete', { nativeId: bao }, { dryRun: true })).fields).toEqual({
      deleted: 'WOULD_CHANGE',
    });
    expect(userIn(writing.twin, 'bao').name).toBe('Bao Nguyen');
    expect(summary(await writing.write('delete', { nativeId: bao }))).toEqual({
      sent: true,
      fields: { deleted: 'APPLIED' },
      problems: [],
    });
    expect(writing.twin.world.users.get(bao)).toBeUndefined();
    expect(changesSent(writing.twin)).toEqual([`DELETE /api/v1/users/${bao}`]);
  });

  test('who is not an administrator deletes nobody, whatever they may read', async () => {
    await using writing = await startWriting({ release: '0.6.42' });
    const outcome = await writing.write('deleteOpenWebUIUser', { nativeId: bao }, { as: tokenOf(writing.twin, 'chidi') });

    expect(summary(outcome)).toEqual({ sent: false, fields: { deleted: 'NOT_SENT' }, problems: ['FORBIDDEN'] });
    expect(writing.twin.world.passwords.matches(bao, seededPassword)).toBe(true);
  });
});
