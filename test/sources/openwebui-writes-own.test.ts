import { describe, expect, test } from 'vitest';
import { changesSent, idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;

describe('the profile', () => {
  test.for(releases)('%s: null takes away, a picture too, and the other three stay', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'bao') };
    await writing.write('updateOpenWebUIProfile', { avatarUrl: 'https://x.example/b.png' }, how);
    const outcome = await writing.write('updateOpenWebUIProfile', { bio: null, avatarUrl: null }, how);

    expect(summary(outcome)).toEqual({ sent: true, fields: { bio: 'APPLIED', avatarUrl: 'APPLIED' }, problems: [] });
    expect(userIn(writing.twin, 'bao')).toMatchObject({
      bio: null,
      profile_image_url: '',
      gender: 'male',
      date_of_birth: '1988-02-29',
      name: 'Bao Nguyen',
    });
    expect(summary(await writing.write('updateOpenWebUIProfile', { avatarUrl: '' }, how)).fields).toEqual({
      avatarUrl: 'UNCHANGED',
    });
  });

  test('is read elsewhere where statuses are switched off, and loses nothing by it', async () => {
    await using writing = await startWriting();
    writing.twin.world.config.ENABLE_USER_STATUS = false;
    writing.twin.world.users.change(idOf('chidi'), { bio: 'Mends nets.' });
    const picture = userIn(writing.twin, 'chidi').profile_image_url;
    const outcome = await writing.write('updateOpenWebUIProfile', { gender: 'x' }, { as: tokenOf(writing.twin, 'chidi') });

    expect(summary(outcome).fields).toEqual({ gender: 'APPLIED' });
    expect(userIn(writing.twin, 'chidi')).toMatchObject({ gender: 'x', bio: 'Mends nets.', profile_image_url: picture });
  });

  test('without a key of the caller’s own it is the service’s account that changes', async () => {
    await using writing = await startWriting();

    expect(summary(await writing.write('updateOpenWebUIProfile', { bio: 'Keeps the book.' })).fields).toEqual({ bio: 'APPLIED' });
    expect(writing.twin.world.users.ordered('created_at', 'asc')[0]?.bio).toBe('Keeps the book.');
  });

  test('what is not as the caller took it to be is a conflict', async () => {
    await using writing = await startWriting();
    const outcome = await writing.write(
      'updateOpenWebUIProfile',
      { gender: 'x', ifUnchanged: { bio: null, dateOfBirth: '1988-02-29' } },
      { as: tokenOf(writing.twin, 'bao') },
    );

    expect(outcome.problems).toMatchObject([
      { kind: 'CONFLICT', fields: [{ name: 'bio', expected: null, actual: 'Reads every report.' }] },
    ]);
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('somebody not let in yet is refused', async () => {
    await using writing = await startWriting();

    expect(summary(await writing.write('updateOpenWebUIProfile', { bio: 'x' }, { as: tokenOf(writing.twin, 'gus') }))).toEqual({
      sent: true,
      fields: { bio: 'NOT_APPLIED' },
      problems: ['FORBIDDEN'],
    });
  });

  test('a key that nobody knows is refused', async () => {
    await using writing = await startWriting();

    expect(summary(await writing.write('updateOpenWebUIProfile', { bio: 'x' }, { as: 'sk-unknown' }))).toMatchObject({
      sent: false,
      problems: ['FORBIDDEN'],
    });
  });
});

describe('info, status and time zone', () => {
  test.for(releases)('%s: information is merged; null stays as null', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write(
      'updateOpenWebUIInfo',
      { info: { deck: null, berth: { row: 2 } } },
      { as: tokenOf(writing.twin, 'chidi') },
    );

    expect(summary(outcome).fields).toEqual({ 'info.deck': 'APPLIED', 'info.berth': 'APPLIED' });
    expect(userIn(writing.twin, 'chidi').info).toEqual({ location: 'Lagos', deck: null, berth: { row: 2 } });
  });

  test.for(releases)('%s: a status is set to the second, and no expiry is taken away', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'bao') };
    const set = await writing.write('setOpenWebUIStatus', { message: 'Below', expiresAt: '2030-01-02T03:04:05.678Z' }, how);
    const cleared = await writing.write('setOpenWebUIStatus', { expiresAt: null, message: 'Gone' }, how);

    expect(set.fields).toMatchObject([
      { name: 'message', after: 'Below', verdict: 'APPLIED' },
      { name: 'expiresAt', after: '2030-01-02T03:04:05.000Z', verdict: 'APPLIED' },
    ]);
    expect(cleared.problems).toMatchObject([{ kind: 'SOURCE_FAILED', code: 'SOURCE_UNSUPPORTED' }]);
    expect(userIn(writing.twin, 'bao')).toMatchObject({
      status_emoji: '🛟',
      status_message: 'Below',
      status_expires_at: 1_893_553_445,
    });
  });

  test('statuses that are switched off are told as forbidden', async () => {
    await using writing = await startWriting();
    writing.twin.world.config.ENABLE_USER_STATUS = false;

    expect(
      summary(await writing.write('setOpenWebUIStatus', { emoji: '⛵' }, { as: tokenOf(writing.twin, 'bao') })),
    ).toMatchObject({ sent: false, problems: ['FORBIDDEN'] });
  });

  test('a time zone is set, and where it cannot be read back only accepted', async () => {
    await using writing = await startWriting();
    const set = (timezone: string) => writing.write('setOpenWebUITimezone', { timezone }, { as: tokenOf(writing.twin, 'bao') });

    expect(summary(await set('Asia/Ho_Chi_Minh')).fields).toEqual({ timezone: 'APPLIED' });
    writing.twin.world.config.ENABLE_USER_STATUS = false;
    expect(summary(await set('Europe/Lisbon'))).toEqual({ sent: true, fields: { timezone: 'ACCEPTED' }, problems: [] });
    expect(userIn(writing.twin, 'bao').timezone).toBe('Europe/Lisbon');
  });
});
