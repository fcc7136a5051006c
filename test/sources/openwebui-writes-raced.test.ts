import { describe, expect, test } from 'vitest';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { meddle } from '../meddling.ts';
import { changesSent, idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const bao = idOf('bao');
const { crew } = sampleGroupIds;
const applied = (...names: string[]) => ({
  sent: true,
  fields: Object.fromEntries(names.map((name) => [name, 'APPLIED'])),
  problems: [],
});

/** The second time that Rollcall looks, before it sends what the server takes only whole. */
const secondLook = (path: RegExp) => ({ method: 'GET', path, after: 1 });
const looks = {
  user: secondLook(new RegExp(`/users/${bao}$`)),
  profile: secondLook(/\/users\/user\/status$/),
  settings: secondLook(/\/users\/user\/settings$/),
  defaults: secondLook(/\/users\/default\/permissions$/),
  groups: secondLook(/\/groups\/$/),
};

describe('what somebody else wrote between a look and the write is kept, where the server takes only the whole', () => {
  test('a ban, in a rename before 0.9', async () => {
    await using writing = await startWriting({ release: '0.6.42' });
    const { twin } = writing;
    meddle(twin, looks.user, () => void twin.world.users.change(bao, { role: 'pending' }));

    const outcome = await writing.write('updateOpenWebUIUser', { nativeId: bao, name: 'Captain' });

    expect(summary(outcome)).toEqual(applied('name'));
    expect(userIn(twin, 'bao')).toMatchObject({ name: 'Captain', role: 'pending' });
  });

  test('a profile', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    meddle(twin, looks.profile, () => void twin.world.users.change(bao, { bio: 'Theirs.' }));

    const outcome = await writing.write('updateOpenWebUIProfile', { gender: 'other' }, { as: tokenOf(twin, 'bao') });

    expect(summary(outcome)).toEqual(applied('gender'));
    expect(userIn(twin, 'bao')).toMatchObject({ bio: 'Theirs.', gender: 'other' });
  });

  test('settings', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    meddle(twin, looks.settings, () => void twin.world.users.change(idOf('ada'), { settings: { ui: { theirs: 1 } } }));

    const outcome = await writing.write('updateOpenWebUISettings', { ui: { mine: 1 } }, { as: tokenOf(twin, 'ada') });

    expect(summary(outcome)).toEqual(applied('ui.mine'));
    expect(userIn(twin, 'ada').settings).toMatchObject({ ui: { theirs: 1, mine: 1 } });
  });

  test('default permissions', async () => {
    await using writing = await startWriting();
    const { world } = writing.twin;
    const chat = { ...(world.defaultPermissions['chat'] as object), share: false };
    meddle(writing.twin, looks.defaults, () => {
      world.defaultPermissions = { ...world.defaultPermissions, chat };
    });

    const grants = [{ section: 'chat', key: 'delete', allowed: false }];
    const outcome = await writing.write('updateOpenWebUIDefaultPermissions', { grants });

    expect(summary(outcome)).toEqual(applied('chat.delete'));
    expect(world.defaultPermissions['chat']).toMatchObject({ share: false, delete: false });
  });

  test('name, description and permissions of a group', async () => {
    await using writing = await startWriting();
    const { groups } = writing.twin.world;
    const theirs = { name: 'Theirs', description: 'theirs', permissions: { chat: { share: true } } };
    meddle(writing.twin, looks.groups, () => void groups.change(crew, theirs));

    const outcome = await writing.write('updateOpenWebUIGroup', {
      groupId: crew,
      permissions: { chat: { edit: true } },
      permissionsMode: 'MERGE',
    });

    expect(summary(outcome)).toEqual(applied('permissions.chat.edit'));
    expect(groups.get(crew)).toMatchObject({ ...theirs, permissions: { chat: { share: true, edit: true } } });
  });
});

describe('what somebody else wrote between a look and the write', () => {
  test('is a conflict where the caller had compared it, and nothing is sent', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    meddle(twin, looks.profile, () => void twin.world.users.change(bao, { bio: 'Theirs.' }));

    const outcome = await writing.write(
      'updateOpenWebUIProfile',
      { gender: 'other', ifUnchanged: { bio: 'Reads every report.' } },
      { as: tokenOf(twin, 'bao') },
    );

    expect(summary(outcome)).toEqual({ sent: false, fields: { gender: 'NOT_SENT' }, problems: ['CONFLICT'] });
    expect(changesSent(twin)).toEqual([]);
  });

  test('is told where it shows afterwards beside what was asked for', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    meddle(twin, { ...looks.profile, after: 2 }, () => void twin.world.users.change(bao, { bio: 'Theirs.' }));

    const outcome = await writing.write('updateOpenWebUIProfile', { gender: 'other' }, { as: tokenOf(twin, 'bao') });

    expect(summary(outcome)).toEqual({ sent: true, fields: { gender: 'APPLIED' }, problems: ['CONFLICT'] });
    expect(outcome.problems[0]?.message).toContain('bio');
  });
});

test.for(['admin', 'pending', 'user'])('a rename before 0.9 leaves the role %s, the address and the picture', async (role) => {
  await using writing = await startWriting({ release: '0.6.42' });
  const { world } = writing.twin;
  world.users.change(bao, { role });
  const { email, profile_image_url } = userIn(writing.twin, 'bao');

  const outcome = await writing.write('updateOpenWebUIUser', { nativeId: bao, name: 'Captain' });

  expect(summary(outcome)).toEqual(applied('name'));
  expect(userIn(writing.twin, 'bao')).toMatchObject({ name: 'Captain', role, email, profile_image_url });
});

describe('null in what is expected means that there is none', () => {
  test('of a profile', async () => {
    await using writing = await startWriting();
    const as = tokenOf(writing.twin, 'bao');
    const write = (bio: string | null) => writing.write('updateOpenWebUIProfile', { bio: 'New.', ifUnchanged: { bio } }, { as });

    const taken = await write(null);
    writing.twin.world.users.change(bao, { bio: null });
    const free = await write(null);

    expect([taken, free].map((outcome) => summary(outcome).problems)).toEqual([['CONFLICT'], []]);
  });

  test('of a permission that the release may not have', async () => {
    await using writing = await startWriting();
    const write = (key: string) =>
      writing.write('updateOpenWebUIDefaultPermissions', { grants: [{ section: 'chat', key, allowed: false, expected: null }] });

    expect([await write('delete'), await write('lantern')].map((outcome) => summary(outcome).problems)).toEqual([
      ['CONFLICT'],
      ['NOT_APPLIED'],
    ]);
  });

  test('of a group’s description, where none is stored as an empty one', async () => {
    await using writing = await startWriting();
    const write = () => writing.write('updateOpenWebUIGroup', { groupId: crew, name: 'New', ifUnchanged: { description: null } });

    const taken = await write();
    writing.twin.world.groups.change(crew, { description: '' });
    const free = await write();

    expect([taken, free].map((outcome) => summary(outcome).problems)).toEqual([['CONFLICT'], []]);
  });
});
