import { describe, expect, test } from 'vitest';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { changesSent, idOf, startWriting, summary, tokenOf } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;
const { crew, deckhands, keepers, readers } = sampleGroupIds;

describe('making and ending groups', () => {
  test.for(releases)('%s: a group is made, told by its id, and ended', async (release) => {
    await using writing = await startWriting({ release });
    const permissions = { workspace: { models: true } };
    const made = await writing.write('createOpenWebUIGroup', { name: 'Pilots', description: 'Know the sands.', permissions });

    expect(summary(made)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', description: 'APPLIED', permissions: 'APPLIED' },
      problems: [],
    });
    expect(writing.twin.world.groups.get(made.id ?? '')).toMatchObject({
      name: 'Pilots',
      description: 'Know the sands.',
      permissions,
    });
    expect(summary(await writing.write('deleteOpenWebUIGroup', { groupId: made.id ?? '' })).fields).toEqual({
      deleted: 'APPLIED',
    });
    expect(writing.twin.world.groups.get(made.id ?? '')).toBeUndefined();
  });

  test('a second group of the same name is another group', async () => {
    await using writing = await startWriting();
    const made = await writing.write('createOpenWebUIGroup', { name: 'Readers', description: 'of old' });

    expect(summary(made).problems).toEqual([]);
    expect(writing.twin.world.groups.all().filter(({ name }) => name === 'Readers')).toHaveLength(3);
  });

  test('a lost answer leads to the group that was not there before, though nobody can know whose it is', async () => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/groups/create', fault: { kind: 'cut', share: 0.5 } }] });
    const made = await writing.write('createOpenWebUIGroup', { name: 'Readers', description: 'of old' });

    expect(summary(made)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', description: 'APPLIED' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(writing.twin.world.groups.get(made.id ?? '')?.created_at).toBeGreaterThan(1_700_000_000);
    expect(writing.twin.requests.filter(({ path }) => path === '/api/v1/groups/create')).toHaveLength(1);
  });

  test('a request that broke off before anything was done is unknown', async () => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/groups/create', fault: { kind: 'reset' } }] });
    const made = await writing.write('createOpenWebUIGroup', { name: 'Readers' });

    expect(summary(made)).toEqual({
      sent: true,
      fields: { name: 'UNKNOWN', description: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(writing.twin.world.groups.all()).toHaveLength(6);
  });
});

describe('changing a group', () => {
  test.for(releases)('%s: a name alone leaves description, permissions and members', async (release) => {
    await using writing = await startWriting({ release });
    const before = structuredClone(writing.twin.world.groups.get(crew));
    const outcome = await writing.write('updateOpenWebUIGroup', { groupId: crew, name: 'All hands' });

    expect(summary(outcome)).toEqual({ sent: true, fields: { name: 'APPLIED' }, problems: [] });
    expect(writing.twin.world.groups.get(crew)).toEqual({ ...before, name: 'All hands', updated_at: expect.any(Number) });
  });

  test.for(releases)('%s: permissions are merged key by key, and null takes one out', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('updateOpenWebUIGroup', {
      groupId: keepers,
      permissionsMode: 'MERGE',
      permissions: { features: { lantern: null, notes: true }, chat: { file_upload: false } },
    });

    expect(summary(outcome).fields).toEqual({
      'permissions.features.lantern': 'APPLIED',
      'permissions.features.notes': 'APPLIED',
      'permissions.chat.file_upload': 'UNCHANGED',
    });
    expect(writing.twin.world.groups.get(keepers)?.permissions).toEqual({
      chat: { file_upload: false },
      features: { notes: true },
      harbour: { moorings: true, fog: 'false' },
    });
  });

  test.for(releases)('%s: permissions are replaced whole, and by nothing', async (release) => {
    await using writing = await startWriting({ release });
    const replace = (permissions: Record<string, Record<string, boolean>>) =>
      writing.write('updateOpenWebUIGroup', { groupId: keepers, permissionsMode: 'REPLACE', permissions });

    await replace({ chat: { edit: true } });
    expect(writing.twin.world.groups.get(keepers)?.permissions).toEqual({ chat: { edit: true } });
    expect(summary(await replace({})).fields).toEqual({ permissions: 'APPLIED' });
    expect(writing.twin.world.groups.get(keepers)?.permissions).toEqual({});
  });

  test('other permissions than the caller took it for are a conflict', async () => {
    await using writing = await startWriting();
    const outcome = await writing.write('updateOpenWebUIGroup', {
      groupId: crew,
      name: 'X',
      ifUnchanged: { permissions: null, description: 'Everybody aboard.' },
    });

    expect(outcome.problems).toMatchObject([{ kind: 'CONFLICT', fields: [{ name: 'permissions' }] }]);
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('a parent is set and taken away in 0.12, and nobody is put above themselves', async () => {
    await using writing = await startWriting({ release: '0.12.4' });
    const move = (groupId: string, parentGroupId: string | null) =>
      writing.write('updateOpenWebUIGroup', { groupId, parentGroupId });

    expect(summary(await move(readers, crew)).fields).toEqual({ parentGroupId: 'APPLIED' });
    expect(writing.twin.world.groups.get(readers)?.parent_group_id).toBe(crew);
    expect((await move(crew, deckhands)).problems).toEqual([
      { kind: 'INVALID', field: 'parentGroupId', message: 'A group cannot be above itself.' },
    ]);
    expect((await move(crew, 'unknown')).problems).toEqual([
      { kind: 'INVALID', field: 'parentGroupId', message: 'There is no such group.' },
    ]);
    expect(summary(await move(readers, null)).fields).toEqual({ parentGroupId: 'APPLIED' });
    expect(writing.twin.world.groups.get(readers)?.parent_group_id).toBeNull();
    const made = await writing.write('createOpenWebUIGroup', { name: 'Boys', parentGroupId: deckhands });
    expect(writing.twin.world.groups.get(made.id ?? '')?.parent_group_id).toBe(deckhands);
  });

  test.for(['0.6.42', '0.11.0'] as const)('%s has no parents, and says so', async (release) => {
    await using writing = await startWriting({ release });
    const created = await writing.write('createOpenWebUIGroup', { name: 'Boys', parentGroupId: deckhands });
    const moved = await writing.write('updateOpenWebUIGroup', { groupId: crew, parentGroupId: deckhands });

    for (const outcome of [created, moved])
      expect(outcome.problems).toMatchObject([{ kind: 'SOURCE_FAILED', code: 'SOURCE_UNSUPPORTED' }]);
    expect(changesSent(writing.twin)).toEqual([]);
  });
});

describe('members', () => {
  test.for(releases)('%s: are added and removed, each once', async (release) => {
    await using writing = await startWriting({ release });
    const userIds = [idOf('ada'), idOf('ada'), idOf('bao')];
    const { groups } = writing.twin.world;

    expect(summary(await writing.write('addOpenWebUIGroupMembers', { groupId: crew, userIds })).fields).toEqual({
      [`accounts.${idOf('ada')}`]: 'APPLIED',
      [`accounts.${idOf('bao')}`]: 'UNCHANGED',
    });
    expect(groups.members(crew).has(idOf('ada'))).toBe(true);
    expect(summary(await writing.write('removeOpenWebUIGroupMembers', { groupId: crew, userIds })).problems).toEqual([]);
    expect(userIds.some((id) => groups.members(crew).has(id))).toBe(false);
    expect(groups.members(crew).has(idOf('chidi'))).toBe(true);
  });

  test.for(releases)('%s: of a group that is not there nothing is sent', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write('addOpenWebUIGroupMembers', { groupId: 'nothing', userIds: [idOf('ada')] });

    expect(summary(outcome).problems).toEqual(['NOT_FOUND']);
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('a group that an ordinary user does not see is not called missing', async () => {
    await using writing = await startWriting();
    const outcome = await writing.write('deleteOpenWebUIGroup', { groupId: readers }, { as: tokenOf(writing.twin, 'bao') });

    expect(summary(outcome).problems).toEqual(['FORBIDDEN']);
    expect(writing.twin.world.groups.get(readers)?.name).toBe('Readers');
  });
});
