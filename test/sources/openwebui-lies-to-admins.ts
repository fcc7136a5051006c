import { expect } from 'vitest';
import { permissionSchema } from '../../src/twins/openwebui/permission-defaults.ts';
import type { Release } from '../../src/twins/openwebui/releases.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { primaryAdminId, seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { api, bao, type Lie, nobody, own, refused } from './openwebui-lies.ts';
import { idOf, userIn } from './openwebui-writing.ts';

const { crew } = sampleGroupIds;
const primaryStatus = (release: Release): number => (release === '0.6.42' ? 500 : 403);

export const liesToAdministrators: readonly Lie[] = [
  {
    lie: 'says yes to deleting a user whom nobody knows',
    asked: [`${api}/users/${nobody}`, { method: 'DELETE' }],
    status: 200,
    write: ({ write }) => write('deleteOpenWebUIUser', { nativeId: nobody }),
    // To us they are as gone as can be, and nothing is sent.
    told: { sent: false, fields: { deleted: 'UNCHANGED' }, problems: [] },
    truth: [({ world }) => world.users.size, 120],
  },
  {
    lie: 'says yes, up to 0.11, to deleting a group that nobody knows',
    asked: [`${api}/groups/id/${nobody}/delete`, { method: 'DELETE' }],
    status: (release) => (release === '0.12.4' ? 404 : 200),
    write: ({ write }) => write('deleteOpenWebUIGroup', { groupId: nobody }),
    told: refused('NOT_FOUND'),
    truth: [({ world }) => world.groups.all().length, 6],
  },
  {
    lie: 'refuses half a user before 0.9',
    asked: [`${api}/users/${bao}/update`, { body: { name: 'B' } }],
    status: (release) => (release === '0.6.42' ? 422 : 200),
    write: ({ write }) => write('updateOpenWebUIUser', { nativeId: bao, name: 'B' }),
    told: { sent: true, fields: { name: 'APPLIED' }, problems: [] },
    truth: [
      (twin) => userIn(twin, 'bao'),
      expect.objectContaining({ name: 'B', role: 'user', email: 'bao@harbour.example', profile_image_url: '/user.png' }),
    ],
  },
  {
    lie: 'stores an address in other letters than were sent',
    asked: [`${api}/users/${bao}/update`, { body: { role: 'user', name: 'B', profile_image_url: '', email: 'B@X.EXAMPLE' } }],
    status: 200,
    harm: [(twin) => userIn(twin, 'bao').email, 'b@x.example'],
    write: ({ write }) => write('updateOpenWebUIUser', { nativeId: bao, email: 'B@X.EXAMPLE' }),
    told: { sent: true, fields: { email: 'APPLIED' }, problems: [] },
    truth: [(twin) => userIn(twin, 'bao').email, 'b@x.example'],
  },
  {
    lie: 'fails, or calls it forbidden, when the first administrator is to be changed',
    asked: [
      `${api}/users/${primaryAdminId}/update`,
      { body: { role: 'user', name: 'X', email: 'x@x.example', profile_image_url: '' } },
    ],
    as: 'ada',
    status: primaryStatus,
    write: (w) => w.write('updateOpenWebUIUser', { nativeId: primaryAdminId, name: 'X', password: 'new one' }, own('ada')(w)),
    told: { sent: true, fields: { name: 'NOT_APPLIED', password: 'NOT_APPLIED' }, problems: ['FORBIDDEN'] },
    truth: [
      ({ world }) => [world.users.get(primaryAdminId)?.name, world.passwords.matches(primaryAdminId, 'new one')],
      ['Harbour Master', false],
    ],
  },
  {
    lie: 'fails, or calls it forbidden, when the first administrator is to be deleted',
    asked: [`${api}/users/${primaryAdminId}`, { method: 'DELETE' }],
    as: 'ada',
    status: primaryStatus,
    write: (w) => w.write('deleteOpenWebUIUser', { nativeId: primaryAdminId }, own('ada')(w)),
    told: { sent: true, fields: { deleted: 'NOT_APPLIED' }, problems: ['FORBIDDEN'] },
    truth: [({ world }) => world.users.get(primaryAdminId)?.role, 'admin'],
  },
  {
    lie: 'lets nobody delete themselves',
    asked: [`${api}/users/${idOf('ada')}`, { method: 'DELETE' }],
    as: 'ada',
    status: 403,
    write: (w) => w.write('deleteOpenWebUIUser', { nativeId: idOf('ada') }, own('ada')(w)),
    told: refused('FORBIDDEN'),
    truth: [(twin) => userIn(twin, 'ada').role, 'admin'],
  },
  {
    lie: 'calls a role too low a missing sign-in',
    asked: [`${api}/groups/create`, { body: { name: 'Mine', description: '' } }],
    as: 'bao',
    status: 401,
    write: (w) => w.write('createOpenWebUIGroup', { name: 'Mine' }, own('bao')(w)),
    told: { sent: false, fields: { name: 'NOT_SENT', description: 'NOT_SENT' }, problems: ['FORBIDDEN'] },
    truth: [({ world }) => world.groups.all().length, 6],
  },
  {
    lie: 'passes over members it does not know',
    asked: [`${api}/groups/id/${crew}/users/add`, { body: { user_ids: [nobody, idOf('hex')] } }],
    status: 200,
    write: ({ write }) => write('addOpenWebUIGroupMembers', { groupId: crew, userIds: [nobody, idOf('hex')] }),
    told: {
      sent: true,
      fields: { [`accounts.${nobody}`]: 'NOT_APPLIED', [`accounts.${idOf('hex')}`]: 'APPLIED' },
      problems: ['PARTLY_APPLIED'],
    },
    truth: [({ world }) => [nobody, idOf('hex')].map((id) => world.groups.members(crew).has(id)), [false, true]],
  },
  {
    lie: 'says yes to removing who is no member',
    asked: [`${api}/groups/id/${crew}/users/remove`, { body: { user_ids: [idOf('ada')] } }],
    status: 200,
    write: ({ write }) => write('removeOpenWebUIGroupMembers', { groupId: crew, userIds: [idOf('ada')] }),
    told: { sent: false, fields: { [`accounts.${idOf('ada')}`]: 'UNCHANGED' }, problems: [] },
    truth: [({ world }) => world.groups.members(crew).has(bao), true],
  },
  {
    lie: 'answers a change of an unknown group with an error inside an error',
    asked: [`${api}/groups/id/${nobody}/update`, { body: { name: 'X', description: '' } }],
    status: (release) => (release === '0.12.4' ? 404 : 400),
    write: ({ write }) => write('updateOpenWebUIGroup', { groupId: nobody, name: 'X' }),
    told: refused('NOT_FOUND', 'name'),
    truth: [({ world }) => world.groups.all().length, 6],
  },
  {
    lie: 'drops permissions it does not know',
    asked: (release) => [
      `${api}/users/default/permissions`,
      {
        body: {
          ...permissionSchema(release),
          chat: { ...permissionSchema(release)['chat'], lantern: true },
          harbour: { fog: true },
        },
      },
    ],
    status: 200,
    harm: [
      ({
        world: {
          defaultPermissions: { chat, harbour },
        },
      }) => ['lantern' in (chat as object), harbour],
      [false, undefined],
    ],
    write: ({ write }) =>
      write('updateOpenWebUIDefaultPermissions', {
        grants: [
          { section: 'chat', key: 'lantern', allowed: true },
          { section: 'harbour', key: 'fog', allowed: true },
          { section: 'chat', key: 'delete', allowed: false },
        ],
      }),
    told: {
      sent: true,
      fields: { 'chat.lantern': 'NOT_APPLIED', 'harbour.fog': 'NOT_APPLIED', 'chat.delete': 'APPLIED' },
      problems: ['PARTLY_APPLIED'],
    },
    truth: [
      ({ world }) => world.defaultPermissions,
      expect.objectContaining({
        chat: expect.objectContaining({ delete: false, edit: true, temporary_enforced: false }),
        sharing: expect.objectContaining({ public_tools: false, public_notes: false }),
      }),
    ],
  },
  {
    lie: 'grants what is missing inside a section of the permissions',
    asked: (release) => [
      `${api}/users/default/permissions`,
      { body: Object.fromEntries(Object.keys(permissionSchema(release)).map((section) => [section, {}])) },
    ],
    status: 200,
    harm: [
      ({ world }) => world.defaultPermissions['sharing'],
      expect.objectContaining({ public_tools: true, public_notes: true }),
    ],
    write: ({ write }) =>
      write('updateOpenWebUIDefaultPermissions', { grants: [{ section: 'sharing', key: 'models', allowed: true }] }),
    told: { sent: true, fields: { 'sharing.models': 'APPLIED' }, problems: [] },
    truth: [
      ({ world }) => world.defaultPermissions['sharing'],
      expect.objectContaining({ models: true, public_tools: false, public_notes: false }),
    ],
  },
  {
    lie: 'says 422 to permissions without a section',
    asked: [`${api}/users/default/permissions`, { body: {} }],
    status: 422,
    write: ({ write }) =>
      write('updateOpenWebUIDefaultPermissions', { grants: [{ section: 'chat', key: 'delete', allowed: false }] }),
    told: { sent: true, fields: { 'chat.delete': 'APPLIED' }, problems: [] },
    truth: [({ world }) => world.defaultPermissions['chat'], expect.objectContaining({ delete: false, edit: true })],
  },
  {
    lie: 'says 400 to an address that is taken, in whatever letters',
    asked: [
      `${api}/users/${bao}/update`,
      { body: { role: 'user', name: 'B', profile_image_url: '', email: 'ADA@harbour.example' } },
    ],
    status: 400,
    write: ({ write }) => write('updateOpenWebUIUser', { nativeId: bao, email: 'ADA@harbour.example', password: 'new one' }),
    told: { sent: false, fields: { email: 'NOT_SENT', password: 'NOT_SENT' }, problems: ['CONFLICT'] },
    truth: [
      ({ world }) => [world.users.get(bao)?.email, world.passwords.matches(bao, seededPassword)],
      ['bao@harbour.example', true],
    ],
  },
];
