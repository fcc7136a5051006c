import { describe, expect, test } from 'vitest';
import type { WriteName, Writes } from '../../src/domain/writes.ts';
import { InvalidInputError } from '../../src/writing/refusals.ts';
import { idOf, startWriting } from './openwebui-writing.ts';

const someone = { name: 'New', email: 'new@x.example', password: 'quite long' };
const user = { nativeId: idOf('bao') };
const group = { groupId: '60000002-0000-4000-8000-000000000002' };

/** What is refused, and at which fields. */
const row = <Name extends WriteName>(name: Name, input: Writes[Name], ...fields: string[]) => ({ name, input, fields });

const rows = [
  row('addOpenWebUIUser', { ...someone, name: ' ' }, 'name'),
  row('addOpenWebUIUser', { ...someone, email: 'nowhere' }, 'email'),
  row('addOpenWebUIUser', { ...someone, email: 'two words@x.example' }, 'email'),
  row('addOpenWebUIUser', { ...someone, password: '' }, 'password'),
  row('addOpenWebUIUser', { ...someone, password: 'x'.repeat(73) }, 'password'),
  row('addOpenWebUIUser', { ...someone, password: 'é'.repeat(37) }, 'password'),
  row('addOpenWebUIUser', { ...someone, role: 'captain' }, 'role'),
  row('addOpenWebUIUser', { ...someone, avatarUrl: 'javascript:alert(1)' }, 'avatarUrl'),
  row('addOpenWebUIUser', { ...someone, avatarUrl: 'data:image/svg+xml;base64,AAAA' }, 'avatarUrl'),
  row('addOpenWebUIUser', { ...someone, avatarUrl: 'https://ada:pw@x.example/a.png' }, 'avatarUrl'),
  row('updateOpenWebUIUser', { ...user, avatarUrl: 'HTTP://ada@x.example/' }, 'avatarUrl'),
  row('updateOpenWebUIUser', { ...user, avatarUrl: 'https://:pw@x.example/' }, 'avatarUrl'),
  row('updateOpenWebUIUser', { ...user, avatarUrl: 'https://ada:p?w@x.example/' }, 'avatarUrl'),
  row('updateOpenWebUIProfile', { avatarUrl: 'https://ada:pw@x.example' }, 'avatarUrl'),
  row('addOpenWebUIUser', { name: '', email: '', password: '', role: '' }, 'name', 'email', 'password', 'role'),
  row('updateOpenWebUIUser', { ...user }, 'input'),
  row('updateOpenWebUIUser', { ...user, name: null, email: null }, 'input'),
  row('updateOpenWebUIUser', { nativeId: '../auths/add', name: 'X' }, 'id'),
  row('updateOpenWebUIUser', { ...user, role: 'ADMIN', email: '@', password: '', name: '' }, 'name', 'email', 'role', 'password'),
  row('setOpenWebUIRole', { ...user, role: 'banned' }, 'role'),
  row('deleteOpenWebUIUser', { nativeId: 'all' }, 'id'),
  row('ban', { nativeId: 'shared-chat' }, 'id'),
  row('unban', { nativeId: '' }, 'id'),
  row('delete', { nativeId: 'a/b' }, 'id'),
  row('updateOpenWebUIDefaultPermissions', { grants: [] }, 'input'),
  row('updateOpenWebUIDefaultPermissions', { grants: [{ section: '', key: 'delete', allowed: true }] }, 'grants.0'),
  row(
    'updateOpenWebUIDefaultPermissions',
    {
      grants: [
        { section: 'chat', key: 'delete', allowed: true },
        { section: 'chat', key: 'delete', allowed: false },
      ],
    },
    'grants.1',
  ),
  row('createOpenWebUIGroup', { name: '' }, 'name'),
  // The server would take it, and then fail for each of the group's members.
  row('createOpenWebUIGroup', { name: 'G', permissions: { chat: { delete: { really: true } } } }, 'permissions.chat.delete'),
  row('createOpenWebUIGroup', { name: 'G', permissions: { chat: true } }, 'permissions.chat'),
  row(
    'createOpenWebUIGroup',
    { name: 'G', permissions: { chat: { delete: 'false', edit: null } } },
    'permissions.chat.delete',
    'permissions.chat.edit',
  ),
  row('updateOpenWebUIGroup', { ...group }, 'input'),
  row('updateOpenWebUIGroup', { ...group, permissions: { chat: {} }, permissionsMode: 'MERGE' }, 'input'),
  row('updateOpenWebUIGroup', { ...group, permissions: { chat: { delete: true } } }, 'permissionsMode'),
  row(
    'updateOpenWebUIGroup',
    { ...group, permissions: { chat: { delete: {} } }, permissionsMode: 'MERGE' },
    'permissions.chat.delete',
  ),
  row(
    'updateOpenWebUIGroup',
    { ...group, permissions: { chat: { delete: null } }, permissionsMode: 'REPLACE' },
    'permissions.chat.delete',
  ),
  row('deleteOpenWebUIGroup', { groupId: 'x/delete' }, 'groupId'),
  row('addOpenWebUIGroupMembers', { ...group, userIds: [] }, 'input'),
  row('removeOpenWebUIGroupMembers', { ...group, userIds: ['', 'ok'] }, 'accounts'),
  row('updateOpenWebUIUser', { nativeId: 'x', name: 'B', ifUnchanged: { name: null, avatarUrl: null } }, 'ifUnchanged.name'),
  row(
    'updateOpenWebUIUser',
    { nativeId: 'x', name: 'B', ifUnchanged: { email: null, role: null } },
    'ifUnchanged.email',
    'ifUnchanged.role',
  ),
  row('setOpenWebUIRole', { nativeId: 'x', role: 'user', expectedRole: null }, 'expectedRole'),
  row('updateOpenWebUIGroup', { ...group, name: 'B', ifUnchanged: { name: null } }, 'ifUnchanged.name'),
  row('updateOpenWebUIProfile', { bio: 'B', ifUnchanged: { name: null, bio: null } }, 'ifUnchanged.name'),
  row('updateOpenWebUIProfile', {}, 'input'),
  row('updateOpenWebUIProfile', { dateOfBirth: '1988-02-30' }, 'dateOfBirth'),
  row('updateOpenWebUIProfile', { name: '', avatarUrl: 'ftp://x' }, 'name', 'avatarUrl'),
  row('updateOpenWebUISettings', { ui: {} }, 'input'),
  row('updateOpenWebUISettings', { ui: { toolServers: [{ url: 'https://x', key: '[masked]' }] } }, 'ui.toolServers'),
  row('updateOpenWebUISettings', { ui: { backgroundImageUrl: 'https://[masked]@x.example' } }, 'ui.backgroundImageUrl'),
  row('updateOpenWebUIInfo', { info: { token: '[masked]' } }, 'info.token'),
  row('setOpenWebUIStatus', {}, 'input'),
  row('setOpenWebUIStatus', { expiresAt: 'tomorrow' }, 'expiresAt'),
  row('setOpenWebUITimezone', { timezone: 'Harbour/Quay' }, 'timezone'),
  row('setOpenWebUITimezone', { timezone: '' }, 'timezone'),
  row('changeOpenWebUIPassword', { currentPassword: 'a', newPassword: '' }, 'newPassword'),
  row('changeOpenWebUIPassword', { currentPassword: 'a', newPassword: 'a' }, 'newPassword'),
  row('changeOpenWebUIPassword', { currentPassword: '', newPassword: 'x'.repeat(80) }, 'currentPassword', 'newPassword'),
];

describe('an input that cannot be meant is refused before anything is asked', () => {
  test.for(rows)('$name at $fields', async ({ name, input, fields }) => {
    await using writing = await startWriting({ size: 0 });

    const faults = faultsOf(() => writing.make(name, input));

    expect(faults.map(({ field }) => field)).toEqual(fields);
    expect(writing.twin.requests).toEqual([]);
  });

  test('no fault repeats a password', async () => {
    await using writing = await startWriting({ size: 0 });
    const password = `canary${'x'.repeat(80)}`;

    const faults = faultsOf(() => writing.make('addOpenWebUIUser', { ...someone, password }));

    expect(JSON.stringify(faults)).not.toContain('canary');
  });

  test.for(['createOpenWebUIApiKey', 'deleteOpenWebUIApiKey'] as const)('%s wants a key of the caller’s own', async (name) => {
    await using writing = await startWriting({ size: 0 });

    expect(() => writing.make(name, {})).toThrow('Bring a key of your own');
    expect(() => writing.make(name, {})).toThrow('x-source-key-webui');
    expect(writing.twin.requests).toEqual([]);
  });

  test('what the server takes for safe is let through', async () => {
    await using writing = await startWriting({ size: 0 });
    const pictures = [
      ...['', '/user.png', '/favicon.png', '/static/favicon.png', '/api/v1/users/x/profile/image'],
      ...['https://x.example/a b.png'.replace(' ', '%20'), 'http://localhost:1/', 'data:image/webp;base64,AAAA'],
      ...['https://x.example/@ada/a.png', 'https://x.example/a.png?of=ada@x.example'],
    ];

    for (const avatarUrl of pictures) expect(writing.make('addOpenWebUIUser', { ...someone, avatarUrl }).sort).toBe('creation');
    expect(writing.make('addOpenWebUIUser', { ...someone, password: 'é'.repeat(36) }).sort).toBe('creation');
  });
});

function faultsOf(make: () => unknown): readonly { readonly field: string; readonly message: string }[] {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
  return [];
}
