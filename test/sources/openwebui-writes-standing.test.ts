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
