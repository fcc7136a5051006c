import { describe, expect, test } from 'vitest';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { changesSent, idOf, startWriting, summary, tokenOf } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;

describe('password and API key', () => {
  test.for(releases)('%s: a password is changed, and nobody is told it', async (release) => {
    await using writing = await startWriting({ release });
    const passwords = { currentPassword: seededPassword, newPassword: 'tide turns at 8' };
    const outcome = await writing.write('changeOpenWebUIPassword', passwords, { as: tokenOf(writing.twin, 'bao') });

    expect(summary(outcome)).toEqual({ sent: true, fields: { newPassword: 'ACCEPTED' }, problems: [] });
    expect(writing.twin.world.passwords.matches(idOf('bao'), 'tide turns at 8')).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain('tide turns');
  });

  test('a password changed is accepted even where the session ends with the old one', async () => {
    await using writing = await startWriting();
    writing.twin.faults.add({ path: '/api/v1/auths/', after: 1, fault: { kind: 'reply', status: 401 } });
    const passwords = { currentPassword: seededPassword, newPassword: 'tide turns at 8' };

    expect(summary(await writing.write('changeOpenWebUIPassword', passwords, { as: tokenOf(writing.twin, 'bao') }))).toEqual({
      sent: true,
      fields: { newPassword: 'ACCEPTED' },
      problems: [],
    });
  });

  test.for(releases)('%s: a key is told once, works, and is taken away', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'bao') };
    const made = await writing.write('createOpenWebUIApiKey', {}, how);
    const key = writing.twin.world.apiKeys.of(idOf('bao'));

    expect(summary(made)).toEqual({ sent: true, fields: { created: 'APPLIED' }, problems: [] });
    expect(made.receipt).toEqual({ apiKey: key });
    expect(summary(await writing.write('deleteOpenWebUIApiKey', {}, how))).toEqual({
      sent: true,
      fields: { deleted: 'APPLIED' },
      problems: [],
    });
    expect(writing.twin.world.apiKeys.of(idOf('bao'))).toBeUndefined();
  });

  test.for(releases)('%s: the very key that asks may be taken away', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('deleteOpenWebUIApiKey', {}, { as: writing.twin.keys.of(idOf('bao')) });

    expect(summary(outcome)).toEqual({ sent: true, fields: { deleted: 'APPLIED' }, problems: [] });
    expect(writing.twin.world.apiKeys.of(idOf('bao'))).toBeUndefined();
  });

  test('a key made with the one it replaces is told, though nobody can look at it any more', async () => {
    await using writing = await startWriting();
    const made = await writing.write('createOpenWebUIApiKey', {}, { as: writing.twin.keys.of(idOf('bao')) });

    expect(summary(made)).toEqual({ sent: true, fields: { created: 'ACCEPTED' }, problems: [] });
    expect(made.receipt).toEqual({ apiKey: writing.twin.world.apiKeys.of(idOf('bao')) });
  });

  test.for(releases)('%s: who may not have a key is told so, in a dry run too', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'fumiko') };

    for (const dryRun of [true, false]) {
      expect(summary(await writing.write('createOpenWebUIApiKey', {}, { ...how, dryRun }))).toEqual({
        sent: false,
        fields: { created: 'NOT_SENT' },
        problems: ['FORBIDDEN'],
      });
    }
    expect(changesSent(writing.twin)).toEqual([]);
  });
});
