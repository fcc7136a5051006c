import { describe, expect, test } from 'vitest';
import { changesSent, idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;
const bao = idOf('bao');
const someone = { name: 'New Hand', email: 'New.Hand@x.example', password: 'quite long' };

describe('adding a user', () => {
  test.for(releases)('%s: tells the id and nothing of the token that comes along', async (release) => {
    await using writing = await startWriting({ release, canary: 'CANARY' });
    const outcome = await writing.write('addOpenWebUIUser', { ...someone, role: 'user', avatarUrl: 'https://x.example/p.png' });
    const user = writing.twin.world.users.byEmail('new.hand@x.example');

    expect(summary(outcome)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', email: 'APPLIED', role: 'APPLIED', avatarUrl: 'APPLIED', password: 'ACCEPTED' },
      problems: [],
    });
    expect(outcome.id).toBe(user?.id);
    expect(user).toMatchObject({ name: 'New Hand', role: 'user', profile_image_url: 'https://x.example/p.png' });
    expect(writing.twin.world.passwords.matches(user?.id ?? '', 'quite long')).toBe(true);
    expect(JSON.stringify(outcome)).not.toMatch(/CANARY|eyJ|token|quite long/);
  });

  test('without a role makes somebody who waits to be let in', async () => {
    await using writing = await startWriting();
    await writing.write('addOpenWebUIUser', someone);

    expect(writing.twin.world.users.byEmail(someone.email)?.role).toBe('pending');
  });

  test.for(releases)('%s: an address that is taken, in whatever letters, is a conflict and is not sent', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('addOpenWebUIUser', { ...someone, email: 'BAO@harbour.example' });

    expect(summary(outcome)).toMatchObject({ sent: false, problems: ['CONFLICT'] });
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('an address with wildcards in it is looked for as it is', async () => {
    await using writing = await startWriting();
    await writing.write('addOpenWebUIUser', { ...someone, email: 'b%o@harbour.example' });

    expect(writing.twin.world.users.byEmail('b%o@harbour.example')?.name).toBe('New Hand');
    expect(userIn(writing.twin, 'bao').email).toBe('bao@harbour.example');
  });

  test.for(releases)('%s: a dry run sends nothing', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('addOpenWebUIUser', someone, { dryRun: true });

    expect(summary(outcome).fields).toEqual({
      name: 'WOULD_CHANGE',
      email: 'WOULD_CHANGE',
      role: 'WOULD_CHANGE',
      password: 'WOULD_CHANGE',
    });
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('an ordinary user is told in a dry run already that it is not theirs to do', async () => {
    await using writing = await startWriting();
    const outcome = await writing.write('addOpenWebUIUser', someone, { as: tokenOf(writing.twin, 'bao'), dryRun: true });

    expect(summary(outcome)).toMatchObject({ sent: false, problems: ['FORBIDDEN'] });
  });
});

describe('changing a user', () => {
  test.for(releases)('%s: every field at once, and the rest as it was', async (release) => {
    await using writing = await startWriting({ release });
    const before = structuredClone(userIn(writing.twin, 'bao'));
    const outcome = await writing.write('updateOpenWebUIUser', {
      nativeId: bao,
      name: 'Captain',
      email: 'Captain@x.example',
      role: 'admin',
      avatarUrl: '/favicon.png',
      password: 'new one',
    });

    expect(summary(outcome)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', email: 'APPLIED', role: 'APPLIED', avatarUrl: 'APPLIED', password: 'ACCEPTED' },
      problems: [],
    });
    expect(userIn(writing.twin, 'bao')).toEqual({
      ...before,
      name: 'Captain',
      email: 'captain@x.example',
      role: 'admin',
      profile_image_url: '/favicon.png',
    });
    expect(writing.twin.world.passwords.matches(bao, 'new one')).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain('new one');
  });

  test.for(releases)('%s: a picture is taken away by null, and having none is no change', async (release) => {
    await using writing = await startWriting({ release });
    const remove = () => writing.write('updateOpenWebUIUser', { nativeId: idOf('ada'), avatarUrl: null });

    expect(summary(await remove()).fields).toEqual({ avatarUrl: 'APPLIED' });
    expect(userIn(writing.twin, 'ada').profile_image_url).toBe('');
    expect(summary(await remove())).toEqual({ sent: false, fields: { avatarUrl: 'UNCHANGED' }, problems: [] });
  });

  test.for(releases)('%s: what is not as the caller took it to be is a conflict, and nothing is sent', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('updateOpenWebUIUser', {
      nativeId: bao,
      name: 'Captain',
      ifUnchanged: { role: 'admin', email: 'BAO@harbour.example' },
    });

    expect(outcome.problems).toEqual([
      {
        kind: 'CONFLICT',
        fields: [{ name: 'role', expected: 'admin', actual: 'user', facet: 'role' }],
        message: 'Changed meanwhile: role. Read it again and decide anew.',
      },
    ]);
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('only the changed fields go to a release that takes them alone, so that others’ changes are not undone', async () => {
    await using writing = await startWriting({ release: '0.11.0' });
    const { twin } = writing;
    // Another administrator is quicker, between the look and the write.
    const write = writing.make('updateOpenWebUIUser', { nativeId: bao, name: 'Captain' });
    if (write.sort !== 'change') throw new Error('an update is a change');
    const before = await write.read();
    twin.world.users.change(bao, { role: 'pending' });
    await write.send(write.fields, before);

    expect(userIn(twin, 'bao')).toMatchObject({ name: 'Captain', role: 'pending' });
  });

  test('a key that may not use the session’s address still changes users', async () => {
    await using writing = await startWriting();
    writing.twin.world.config.ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS = true;
    writing.twin.world.config.API_KEYS_ALLOWED_ENDPOINTS = '/api/v1/users';

    expect(summary(await writing.write('setOpenWebUIRole', { nativeId: bao, role: 'pending' }))).toMatchObject({ problems: [] });
  });

  test('nobody by this id is not found', async () => {
    await using writing = await startWriting();

    expect(summary(await writing.write('setOpenWebUIRole', { nativeId: 'nobody', role: 'user' }))).toMatchObject({
      problems: ['NOT_FOUND'],
    });
  });
});
