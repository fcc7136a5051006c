import { describe, expect, test } from 'vitest';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { changesSent, idOf } from '../sources/openwebui-writing.ts';
import { kinds, mutate, own, start, verdicts, world } from './openwebui-mutating.ts';
import type { RollcallOptions } from './rollcall.ts';

const { crew, keepers } = sampleGroupIds;
const bao = `webui:${idOf('bao')}`;

describe('users', () => {
  test('somebody is added, seen by the same answer, and their password nowhere', async () => {
    await using rollcall = await start({ openWebUI: { canary: 'CANARY' } });
    const input = { name: 'New Hand', email: 'New.Hand@x.example', password: 'quite long', role: 'user' };
    const payload = await mutate(rollcall, 'addOpenWebUIUser', input, {
      more: 'account { id name email role } user { displayName }',
    });
    const id = world(rollcall).users.byEmail('new.hand@x.example')?.id;

    expect(payload).toMatchObject({
      sent: true,
      errors: [],
      account: { id: `webui:${id}`, name: 'New Hand', email: 'new.hand@x.example', role: 'user' },
      user: { displayName: 'New Hand' },
    });
    expect(verdicts(payload)).toEqual({ name: 'APPLIED', email: 'APPLIED', role: 'APPLIED', password: 'ACCEPTED' });
    expect(`${JSON.stringify(payload)}${rollcall.logged.join('')}`).not.toMatch(/quite long|CANARY|eyJ/);
  });

  test('who has `write` alone may try what its administrators do there, is told what the look shows, and leaves no record', async () => {
    await using rollcall = await start({ config: (input) => ({ ...input, access: { anonymous: ['write'] } }) });
    const taken = world(rollcall).users.get(idOf('ada'))?.email;
    const tried = await mutate(rollcall, 'setOpenWebUIRole', { id: bao, role: 'admin', dryRun: true });
    const clash = await mutate(rollcall, 'updateOpenWebUIUser', { id: bao, email: taken, dryRun: true });
    const added = await rollcall.askText(
      'mutation { addOpenWebUIUser(input: { name: "N", email: "n@x.example", password: "p", dryRun: true }) { sent } }',
    );

    // Without `read` nobody is told what the role is.
    expect(tried).toMatchObject({ sent: false, errors: [], fields: [{ name: 'role', before: null, verdict: 'WOULD_CHANGE' }] });
    expect(clash).toMatchObject({ sent: false, errors: [{ __typename: 'Conflict' }] });
    expect(added.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(changesSent(rollcall.community.openWebUI)).toEqual([]);
    expect(rollcall.logged.filter((line) => /"msg":"write/.test(line))).toEqual([]);
  });

  test('all faults of an input are told at once, each by its field, and nothing is asked', async () => {
    await using rollcall = await start();
    const payload = await mutate(rollcall, 'addOpenWebUIUser', { name: ' ', email: 'x', password: '', role: 'captain' });

    expect(kinds(payload)).toEqual(Array(4).fill('ValidationError'));
    expect(rollcall.calls().openWebUI).toBe(0);
  });

  test.for(['0.6.42', '0.11.0', '0.12.4'] as const)(
    '%s: a user is changed, and the account is told as it is now',
    async (release) => {
      await using rollcall = await start({ openWebUI: { release } });
      const payload = await mutate(
        rollcall,
        'updateOpenWebUIUser',
        { id: bao, name: 'Captain', email: null, avatarUrl: null, ifUnchanged: { role: 'user' } },
        { more: 'account { name email avatarUrl } applied { name value } drift { name }' },
      );

      expect(payload).toMatchObject({
        errors: [],
        account: { name: 'Captain', email: 'bao@harbour.example' },
        applied: [
          { name: 'name', value: 'Captain' },
          { name: 'avatarUrl', value: null },
        ],
        drift: [],
      });
      expect(world(rollcall).users.get(idOf('bao'))).toMatchObject({ name: 'Captain', profile_image_url: '' });
    },
  );

  test('a dry run tells what would be, and sends nothing', async () => {
    await using rollcall = await start();
    const payload = await mutate(rollcall, 'setOpenWebUIRole', { id: bao, role: 'admin', dryRun: true });

    expect(payload).toMatchObject({
      dryRun: true,
      sent: false,
      fields: [{ requested: 'admin', before: 'user', after: 'user', verdict: 'WOULD_CHANGE' }],
    });
    expect(changesSent(rollcall.community.openWebUI)).toEqual([]);
  });

  test('a deleted user is gone from the answer, and to delete them again changes nothing', async () => {
    await using rollcall = await start();

    expect(await mutate(rollcall, 'deleteOpenWebUIUser', { id: bao }, { more: 'account { id }' })).toMatchObject({
      errors: [],
      account: null,
    });
    expect(await mutate(rollcall, 'deleteOpenWebUIUser', { id: bao }, { more: 'account { id }' })).toMatchObject({
      ...{ sent: false, errors: [], account: null },
      fields: [{ name: 'deleted', verdict: 'UNCHANGED' }],
    });
    expect(world(rollcall).users.get(idOf('bao'))).toBeUndefined();
  });

  test('a ban over all of a person’s accounts reaches this one', async () => {
    await using rollcall = await start();
    await rollcall.askText('mutation ($input: UserChangeInput!) { banUser(input: $input) { dryRun } }', {
      input: { id: bao, sources: ['webui'] },
    });

    expect(world(rollcall).users.get(idOf('bao'))?.role).toBe('pending');
  });
});

describe('scopes', () => {
  const config: RollcallOptions['config'] = (input) => ({ ...input, access: { anonymous: ['read', 'write'] } });

  test.for([
    ['addOpenWebUIUser', { name: 'N', email: 'n@x.example', password: 'long' }],
    ['deleteOpenWebUIUser', { id: bao }],
    ['updateOpenWebUIDefaultPermissions', { grants: [{ section: 'chat', key: 'edit', allowed: false }] }],
    ['createOpenWebUIGroup', { name: 'G' }],
    ['deleteOpenWebUIGroup', { groupId: crew }],
  ] as const)('%s needs write:admin', async ([name, input]) => {
    await using rollcall = await start({ config });

    await expect(mutate(rollcall, name, input)).rejects.toThrow('FORBIDDEN');
    expect(rollcall.calls().openWebUI).toBe(0);
  });

  test('for the rest `write` is enough, and no more is shown by it than may be read', async () => {
    await using rollcall = await start({ config });
    const payload = await mutate(rollcall, 'updateOpenWebUIUser', { id: bao, email: 'b@x.example', name: 'B' });

    expect(payload.fields).toEqual([
      { name: 'name', requested: 'B', before: 'Bao Nguyen', after: 'B', verdict: 'APPLIED' },
      { name: 'email', requested: 'b@x.example', before: null, after: null, verdict: 'APPLIED' },
    ]);
  });

  test('with a key of one’s own the source decides', async () => {
    await using rollcall = await start({ config: (input) => ({ ...input, access: { anonymous: [] } }) });
    const [refused, done] = [
      await mutate(rollcall, 'createOpenWebUIGroup', { name: 'G' }, own(rollcall, 'bao')),
      await mutate(rollcall, 'createOpenWebUIGroup', { name: 'G' }, own(rollcall, 'ada')),
    ];

    expect([kinds(refused), kinds(done)]).toEqual([['Forbidden'], []]);
  });
});

describe('groups and default permissions', () => {
  test('a group is no account, though it has an id', async () => {
    await using rollcall = await start();

    const made = await mutate(rollcall, 'createOpenWebUIGroup', { name: 'New' }, { more: 'groupId account { id } user { id }' });

    expect(made).toMatchObject({ errors: [], groupId: expect.stringMatching(/^[\da-f-]{36}$/), account: null, user: null });
  });

  test('to take somebody out whom nobody knows is told, and costs the others nothing', async () => {
    await using rollcall = await start();
    const groupId = sampleGroupIds.crew;
    const unknown = 'webui:00000000-0000-4000-8000-00000000dead';

    const told = await mutate(rollcall, 'removeOpenWebUIGroupMembers', { groupId, accounts: [bao, unknown] });

    expect(verdicts(told)).toEqual({
      [`accounts.${idOf('bao')}`]: 'APPLIED',
      'accounts.00000000-0000-4000-8000-00000000dead': 'NOT_APPLIED',
    });
    expect(kinds(told)).toEqual(['PartlyApplied']);
  });

  test('a group is made, changed, filled, emptied and ended', async () => {
    await using rollcall = await start();
    const { groups } = world(rollcall);
    const { groupId } = await mutate(rollcall, 'createOpenWebUIGroup', { name: 'Pilots' }, { more: 'groupId' });
    const id = String(groupId);

    await mutate(rollcall, 'updateOpenWebUIGroup', {
      groupId: id,
      permissions: { chat: { edit: true } },
      permissionsMode: 'REPLACE',
    });
    expect(groups.get(id)).toMatchObject({ name: 'Pilots', permissions: { chat: { edit: true } } });
    const accounts = [bao, 'webui:00000000-0000-4000-8000-00000000dead'];
    const added = await mutate(rollcall, 'addOpenWebUIGroupMembers', { groupId: id, accounts });
    expect([kinds(added), [...groups.members(id)]]).toEqual([['PartlyApplied'], [idOf('bao')]]);
    await mutate(rollcall, 'removeOpenWebUIGroupMembers', { groupId: id, accounts: [bao] });
    expect(groups.members(id).size).toBe(0);
    expect(kinds(await mutate(rollcall, 'deleteOpenWebUIGroup', { groupId: id }))).toEqual([]);
    expect(groups.get(id)).toBeUndefined();
  });

  test('an object for a permission is refused, and so is a change that does not say how', async () => {
    await using rollcall = await start();
    const change = (permissions: object, permissionsMode?: string) =>
      mutate(rollcall, 'updateOpenWebUIGroup', { groupId: keepers, permissions, permissionsMode });

    expect(kinds(await change({ chat: { edit: { deep: true } } }, 'MERGE'))).toEqual(['ValidationError']);
    expect(kinds(await change({ chat: { edit: true } }))).toEqual(['ValidationError']);
    expect(verdicts(await change({ features: { lantern: null } }, 'MERGE'))).toEqual({
      'permissions.features.lantern': 'APPLIED',
    });
  });

  test('a member on another source is no member', async () => {
    await using rollcall = await start();

    await expect(mutate(rollcall, 'addOpenWebUIGroupMembers', { groupId: crew, accounts: ['horde:102'] })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
  });

  test('permissions for everybody are changed one by one, and the graph shows it', async () => {
    await using rollcall = await start();
    const grants = [
      { section: 'chat', key: 'delete', allowed: false, expected: true },
      { section: 'chat', key: 'lantern', allowed: true },
    ];
    const payload = await mutate(rollcall, 'updateOpenWebUIDefaultPermissions', { grants });
    const { data } = await rollcall.askText('{ openWebUIDefaultPermissions { chat { delete edit } } }');

    expect(verdicts(payload)).toEqual({ 'chat.delete': 'APPLIED', 'chat.lantern': 'NOT_APPLIED' });
    expect(data).toEqual({ openWebUIDefaultPermissions: { chat: { delete: false, edit: true } } });
  });
});
